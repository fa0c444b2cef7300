"""What a member of the staff may see and do of the cases, the orders and the announcements; what a firm may."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from parvis.interventions.models import (
    Announcement,
    CaseMessage,
    Intervention,
    InterventionEvent,
    InterventionQuerySet,
    Photo,
    Quote,
    WorkOrder,
)
from parvis.interventions.models.desk import AnnouncementQuerySet
from parvis.interventions.rules.delays import ALIKE_FOR, reopen_before
from parvis.interventions.rules.titles import Sketch, is_alike
from parvis.kit.viewer import Viewer
from parvis.people.models import StaffMember, User
from parvis.people.models import Viewer as LoginViewer
from parvis.people.rules import Duty, roles_with
from parvis.property.access import buildings_in_scope, of_buildings_in_scope
from parvis.property.models import BuildingAssignment, on_day

FOLLOWS_HOMES = (StaffMember.Role.RENTAL_MANAGER, StaffMember.Role.MANAGER)
FOLLOWS_COMMON_PARTS = (StaffMember.Role.MANAGER, StaffMember.Role.RENTAL_MANAGER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What a client may do of a case that they see."""

    writes: bool = False
    cancels: bool = False
    confirms: bool = False
    reopens: bool = False
    declares_again: bool = False
    rates: bool = False


def may(viewer: Viewer, intervention: Intervention, *, today: dt.date) -> Rights:
    """Whoever reported it, and those of the lot; a neighbour reads. Only its reporter cancels and rates."""
    state = Intervention.State(intervention.state)
    is_reporter = intervention.reporter_id in viewer.client_ids
    if not (is_reporter or intervention.scope == Intervention.Scope.PRIVATE):
        return Rights()
    is_closed = state == Intervention.State.CLOSED
    over_on = intervention.closed_on
    in_time = is_closed and (over_on is None or today <= reopen_before(over_on))
    return Rights(
        writes=not intervention.is_ended,
        cancels=is_reporter and state == Intervention.State.REPORTED,
        confirms=state == Intervention.State.DONE,
        reopens=in_time or state == Intervention.State.DONE,
        declares_again=is_closed and not in_time,
        rates=is_reporter and is_closed,
    )


def is_open_to(user: User, intervention: Intervention, *, to: str = "", today: dt.date) -> bool:
    """Whether a client's login may bring a case there, or write in it: one that they see, and have that right on."""
    viewer = LoginViewer.of(user)
    if not Intervention.objects.visible_to(viewer).filter(pk=intervention.pk).exists():
        return False
    rights = may(viewer, intervention, today=today)
    known = {"cancelled": rights.cancels, "closed": rights.confirms, "acknowledged": rights.reopens}
    return known.get(to, rights.writes)


def alike(cases: "QuerySet[Intervention]", sketch: Sketch, *, today: dt.date) -> list[Intervention]:
    """Those of `cases` in progress that seem to be about the same thing, the newest first."""
    near = cases.in_progress().filter(  # type: ignore[attr-defined]  # the query set of the model
        building_id=sketch.building_id,
        lot_id=sketch.lot_id,
        category=sketch.category,
        reported_on__gte=today - ALIKE_FOR,
    )
    return [case for case in near.order_by("-reported_on", "-pk") if is_alike(sketch, sketch_of(case))]


def sketch_of(case: Intervention) -> Sketch:
    return Sketch(building_id=case.building_id, lot_id=case.lot_id, category=case.category, place=case.place)


def follower_of(*, building_id: int, is_common: bool, day: dt.date) -> StaffMember | None:
    """Who follows a new case there: who looks after the building and may open it, by what the case is about."""
    assigned = BuildingAssignment.objects.filter(on_day(day), building_id=building_id, staff_member__left_on=None)
    roles = FOLLOWS_COMMON_PARTS if is_common else FOLLOWS_HOMES
    members = [held.staff_member for held in assigned.select_related("staff_member").order_by("pk")]
    able = [member for member in members if may_follow(member, roles)]
    return min(able, key=lambda member: rank_among(roles, member), default=None)


def may_follow(member: StaffMember, roles: Sequence[str]) -> bool:
    """Whoever opens the cases at the desk; without an access there, whose job it is."""
    return member.desk_role in roles_with(Duty.CASES) or (not member.desk_role and member.role in roles)


def rank_among(roles: Sequence[str], member: StaffMember) -> int:
    """By what they do at the desk or in the books, whichever comes first; then those who open the cases anyhow."""
    return min((roles.index(role) for role in (member.desk_role, member.role) if role in roles), default=len(roles))


# What a member of the staff sees: nothing for anybody else


def cases_of_agency(viewer: Viewer) -> InterventionQuerySet:
    """The cases of the buildings in their scope."""
    if not viewer.is_staff:
        return Intervention.objects.none()
    return Intervention.objects.filter(of_buildings_in_scope(viewer), agency_id=viewer.agency_id)


def events_of_agency(viewer: Viewer) -> "QuerySet[InterventionEvent]":
    return InterventionEvent.objects.filter(intervention__in=cases_of_agency(viewer).order_by())


def messages_of_agency(viewer: Viewer) -> "QuerySet[CaseMessage]":
    return CaseMessage.objects.filter(intervention__in=cases_of_agency(viewer).order_by())


def lost_their_firm() -> Q:
    """The cases whose firm will not come, and that no other was sent for."""
    declined = WorkOrder.objects.filter(intervention=OuterRef("pk"), state=WorkOrder.State.DECLINED)
    return Q(Exists(declined.order_by()), state=Intervention.State.ORDERED, supplier=None)


def photos_of_agency(viewer: Viewer) -> "QuerySet[Photo]":
    return Photo.objects.filter(intervention__in=cases_of_agency(viewer).order_by())


def quotes_of_agency(viewer: Viewer) -> "QuerySet[Quote]":
    return Quote.objects.filter(intervention__in=cases_of_agency(viewer).order_by())


def orders_of_agency(viewer: Viewer) -> "QuerySet[WorkOrder]":
    return WorkOrder.objects.filter(intervention__in=cases_of_agency(viewer).order_by())


# What a firm sees, by the link of its order


def photos_for_supplier(order: WorkOrder) -> "QuerySet[Photo]":
    """The photos of the case that are not the agency's alone, once checked."""
    return Photo.objects.for_supplier().filter(intervention_id=order.intervention_id, state=Photo.State.READY)


def announcements_in_scope(viewer: Viewer) -> AnnouncementQuerySet:
    """Those to the buildings that a member of the staff sees, past ones too; none for anybody else."""
    return Announcement.objects.filter(building__in=buildings_in_scope(viewer).order_by())
