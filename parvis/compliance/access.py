"""Who may read the legal list, the council's room and the kit of a sale."""

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet

from parvis.compliance.models import ExpenseQuestion, LegalState
from parvis.compliance.models.checks import ExpenseQuestionQuerySet, seats_today
from parvis.compliance.models.papers import syndic_buildings
from parvis.compliance.models.states import LegalStateQuerySet
from parvis.kit.viewer import Viewer
from parvis.ledger.models import Expense
from parvis.property.access import buildings_in_scope, of_buildings_in_scope
from parvis.property.models import Building, CouncilSeat, Ownership, on_day


def buildings_owned(viewer: Viewer, *, day: dt.date) -> QuerySet[Building]:
    """Those where the viewer's clients own a lot that day, and whose syndicat the agency is.

    A tenant or a former owner has no legal list: the decree gives it to co-owners.
    """
    owned = Ownership.objects.filter(on_day(day), client_id__in=viewer.client_ids, lot__building=OuterRef("pk"))
    mine = Building.objects.visible_to(viewer).filter(Exists(owned))
    return mine & syndic_buildings(viewer.agency_id)


def buildings_with_seat(viewer: Viewer) -> QuerySet[Building]:
    """Those whose council the viewer sits on today; the room closes the day after the last of the term."""
    seats = seats_today(viewer).filter(building=OuterRef("pk"))
    return Building.objects.filter(Exists(seats), agency_id=viewer.agency_id, closed_on=None).order_by("name", "pk")


def seat_in(viewer: Viewer, building: Building) -> CouncilSeat | None:
    """The seat by which the viewer reads the council's papers of that building."""
    return seats_today(viewer).filter(building=building).select_related("client").first()


def expenses_to_check(viewer: Viewer) -> QuerySet[Expense]:
    """The lines of the accounts of those buildings."""
    seats = seats_today(viewer).filter(building=OuterRef("fiscal_year__building"))
    return Expense.objects.visible_to(viewer).filter(Exists(seats))


def buildings_to_watch(viewer: Viewer) -> QuerySet[Building]:
    """The syndicats of the agency in scope, for its staff alone."""
    return (buildings_in_scope(viewer) & syndic_buildings(viewer.agency_id)).order_by("name", "pk")


def states_to_watch(viewer: Viewer) -> LegalStateQuerySet:
    """Where each item stands, for the staff alone."""
    if not viewer.is_staff:
        return LegalState.objects.none()
    return LegalState.objects.filter(of_buildings_in_scope(viewer), agency_id=viewer.agency_id).current()


def questions_to_answer(viewer: Viewer) -> QuerySet[ExpenseQuestion]:
    """The questions of councils that wait for the agency, the oldest first."""
    return questions_of_agency(viewer).to_answer().order_by("waits_since", "pk")


def questions_of_agency(viewer: Viewer) -> ExpenseQuestionQuerySet:
    """Those about the buildings in scope, for the staff alone."""
    if not viewer.is_staff:
        return ExpenseQuestion.objects.none()
    in_scope = of_buildings_in_scope(viewer, "fiscal_year__building")
    return ExpenseQuestion.objects.filter(in_scope, agency_id=viewer.agency_id)
