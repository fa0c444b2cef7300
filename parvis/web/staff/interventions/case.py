"""The file of one case: what is next, what may be done, what was said to clients, and apart, what stays inside."""

from dataclasses import dataclass

from parvis.interventions.models import (
    Audience,
    CaseMessage,
    Intervention,
    InterventionEvent,
    Photo,
    Quote,
    WaterDamage,
    WorkOrder,
)
from parvis.interventions.rules import machine
from parvis.kit.clock import database_now
from parvis.people.models import Viewer
from parvis.web.staff.interventions.lines import Line
from parvis.web.staff.interventions.moves import MOVES, Move

State = Intervention.State


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """`messages` are read outside the agency, `notes` never are."""

    line: Line
    moves: list[Move]
    events: list[InterventionEvent]
    photos: list[Photo]
    messages: list[CaseMessage]
    notes: list[CaseMessage]
    quotes: list[Quote]
    orders: list[WorkOrder]
    merged: list[Intervention]
    damage: WaterDamage | None

    @property
    def case(self) -> Intervention:
        return self.line.case

    @property
    def number(self) -> str:
        return f"N°\u00a0{self.case.number}"

    @property
    def may_merge(self) -> bool:
        return machine.is_possible(self.case.state, State.MERGED)


def case_page(case: Intervention, *, viewer: Viewer) -> CasePage:
    said = list(case.messages.prefetch_related("photos"))
    return CasePage(
        line=Line(case=case, now=database_now()),
        moves=moves_of(case),
        events=list(case.events.all()),
        photos=list(case.photos.kept().filter(message=None)),
        messages=[message for message in said if message.audience != Audience.INTERNAL],
        notes=[message for message in said if message.audience == Audience.INTERNAL],
        quotes=list(case.quotes.prefetch_related("opinions__client")),
        orders=list(case.orders.select_related("supplier").prefetch_related("slots")),
        merged=list(case.merged.select_related("reporter")),
        damage=WaterDamage.objects.visible_to(viewer).filter(intervention=case).prefetch_related("lots__lot").first(),
    )


def moves_of(case: Intervention) -> list[Move]:
    """The gestures that the state allows to the agency, in their usual order."""
    return [move for move in MOVES if is_open(move, case=case)]


def is_open(move: Move, *, case: Intervention) -> bool:
    """Whether the machine lets the agency make that gesture now; one more firm is sent where none will come."""
    if move.since and case.state not in move.since:
        return False
    if case.state == State.ON_HOLD and move.to is not None:
        return False
    if move.to == case.state == State.ORDERED:
        return not case.supplier_name
    if move.through and machine.STAFF in machine.who_may(case.state, move.through):
        return True
    return machine.STAFF in machine.who_may(case.state, move.to or case.held_from or State.ACKNOWLEDGED)
