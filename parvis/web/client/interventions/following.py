"""One case as it is followed: what comes next, what happened, what was said and shown, what may be done."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from parvis.interventions.access import Rights, may
from parvis.interventions.models import (
    AuthorKind,
    CaseMessage,
    Intervention,
    InterventionEvent,
    Photo,
    Quote,
    Slot,
    WorkOrder,
)
from parvis.interventions.rules.steps import NextStep, Standing, next_step
from parvis.kit.days import paris_day
from parvis.kit.french_dates import long_date, weekday_date
from parvis.people.models import Viewer
from parvis.people.models.absences import answering
from parvis.web.client.interventions.case import Case, State, case_of
from parvis.web.client.interventions.pictures import Picture, case_picture
from parvis.web.client.interventions.steps import Story, story_of
from parvis.web.ui.contacts import contacts

BEFORE_THE_VISIT = (State.REPORTED, State.ACKNOWLEDGED, State.QUOTE_REQUESTED, State.AWAITING_APPROVAL, State.ON_HOLD)
VISIT_TO_COME = (State.ORDERED, State.SCHEDULED)
APPROVERS = {
    Quote.Approver.LANDLORD: "du propriétaire",
    Quote.Approver.COUNCIL: "du conseil syndical",
    Quote.Approver.AGENCY: "de l’agence",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message of the case and the photos that came with it."""

    author: str
    message: CaseMessage
    photos: list[Picture]


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedCase:
    """What the page of one case shows. `quotes` were put to the viewer; `slots` wait for their choice."""

    case: Case
    next: NextStep
    manager: str
    story: Story
    photos: list[Picture]
    messages: list[Said]
    orders: Sequence[WorkOrder]
    quotes: Sequence[Quote]
    slots: Sequence[Slot]
    merged_into: Intervention | None
    may: Rights
    is_rated: bool

    @property
    def number(self) -> str:
        return f"N°\u00a0{self.case.intervention.number}"

    @property
    def next_day(self) -> dt.date | None:
        """The day of the next step, where its sentence does not say it."""
        day = self.next.on
        is_said = day and (long_date(day) in self.next.text or weekday_date(day) in self.next.text)
        return None if is_said else day

    @property
    def repair(self) -> str:
        """What is said of the repair still to come; nothing once it has begun."""
        state = self.case.intervention.state
        if state in VISIT_TO_COME:
            return "À venir, après la visite."
        return "À venir." if state in BEFORE_THE_VISIT else ""


def followed(intervention: Intervention, *, viewer: Viewer) -> FollowedCase:
    """Needs the building, the reporter and who follows it."""
    case = case_of(intervention, viewer=viewer)
    today = paris_day(timezone.now())
    manager = manager_of(intervention, viewer=viewer, today=today)
    events = InterventionEvent.objects.visible_to(viewer).filter(intervention=intervention)
    pictures = pictures_of(intervention, viewer=viewer)
    quotes = Quote.objects.visible_to(viewer).filter(intervention=intervention)
    return FollowedCase(
        case=case,
        next=step_to_come(case, manager=manager, today=today),
        manager=manager,
        story=story_of(case, events=list(events), viewer=viewer),
        photos=pictures.get(None, []),
        messages=said_in(case, viewer=viewer, pictures=pictures),
        orders=list(intervention.orders.select_related("supplier")) if case.concerns_viewer else [],
        quotes=list(quotes.exclude(decision=Quote.Decision.WITHDRAWN)),
        slots=slots_of(intervention, viewer=viewer),
        merged_into=Intervention.objects.visible_to(viewer).filter(merged=intervention).first(),
        may=may(viewer, intervention, today=today),
        is_rated=is_rated(intervention),
    )


def manager_of(intervention: Intervention, *, viewer: Viewer, today: dt.date) -> str:
    """Who follows the case; else who looks after the building; whoever stands in while they are away."""
    if intervention.assigned_to:
        return str(answering(intervention.assigned_to, day=today))
    nearest = contacts(viewer, today=today, building_id=intervention.building_id)
    return nearest[0].stand_in or nearest[0].name if nearest else ""


def step_to_come(case: Case, *, manager: str, today: dt.date) -> NextStep:
    """« Prochaine étape », never empty; why a client has cancelled is not for the neighbours."""
    intervention = case.intervention
    begins, ends = intervention.appointment_begins_at, intervention.appointment_ends_at
    quote = intervention.quotes.filter(decision=Quote.Decision.WAITING).first()
    until = intervention.hold_until
    standing = Standing(
        state=intervention.state,
        today=today,
        manager=manager,
        supplier=intervention.shown_supplier,
        approver=APPROVERS[Quote.Approver(quote.approver)] if quote else "",
        announced=intervention.next_step,
        announced_on=intervention.next_step_on,
        acknowledge_before=intervention.acknowledge_before,
        appointment=(begins, ends) if begins and ends else None,
        held=(intervention.hold_reason, until) if until else None,
        done_on=paris_day(intervention.done_at) if intervention.done_at else None,
        ended_on=paris_day(intervention.ended_at) if intervention.ended_at else intervention.closed_on,
        reason=intervention.ending_reason if case.concerns_viewer else "",
        postal_code=intervention.building.postal_code,
    )
    return next_step(standing)


def pictures_of(intervention: Intervention, *, viewer: Viewer) -> dict[int | None, list[Picture]]:
    """Those that the viewer may see, by the message they came with."""
    photos = Photo.objects.visible_to(viewer).filter(intervention=intervention).exclude(state=Photo.State.REMOVED)
    found: dict[int | None, list[Picture]] = {}
    for rank, photo in enumerate(photos, 1):
        found.setdefault(photo.message_id, []).append(case_picture(photo, rank=rank))
    return found


def said_in(case: Case, *, viewer: Viewer, pictures: Mapping[int | None, list[Picture]]) -> list[Said]:
    """What was written, oldest first, with its photos."""
    messages = CaseMessage.objects.visible_to(viewer).filter(intervention=case.intervention)
    return [
        Said(author=writer_of(one, case=case, viewer=viewer), message=one, photos=pictures.get(one.pk, []))
        for one in messages
    ]


def writer_of(message: CaseMessage, *, case: Case, viewer: Viewer) -> str:
    """« Vous », « Élise Hamon, votre agence », a firm; another client by name only for those of the case."""
    if message.author_id == viewer.user_id:
        return "Vous"
    if message.author_kind == AuthorKind.STAFF:
        return f"{message.author_name}, votre agence"
    if message.author_kind == AuthorKind.CLIENT and not case.concerns_viewer:
        return "Un voisin"
    return message.author_name


def slots_of(intervention: Intervention, *, viewer: Viewer) -> list[Slot]:
    """The times that a firm proposes, while none is chosen."""
    if intervention.state != State.ORDERED:
        return []
    proposed = Slot.objects.visible_to(viewer).filter(order__intervention=intervention)
    in_force = (WorkOrder.State.SENT, WorkOrder.State.ANSWERED)
    still_free = proposed.filter(chosen_at=None, withdrawn_at=None, order__state__in=in_force)
    return list(still_free.filter(begins_at__gt=timezone.now()))


def is_rated(intervention: Intervention) -> bool:
    """Whether this end has its opinion already."""
    if intervention.state != State.CLOSED:
        return False
    return intervention.ratings.filter(closing=intervention.reopened_count).exists()
