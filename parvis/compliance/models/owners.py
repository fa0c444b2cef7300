"""What the books and the papers hold of the four items of one owner (décret 2019-502, art. 2)."""

import datetime as dt
from typing import NamedTuple

from django.db.models import Exists, Min, OuterRef, Q

from parvis.compliance.rules.owners import CLOSED_YEARS, OwnerFacts
from parvis.documents.models import Document, Kind
from parvis.kit.days import paris_day
from parvis.kit.viewer import Viewer
from parvis.ledger.models import Account, BudgetLine, Call, Expense, FiscalYear
from parvis.property.models import Building, Ownership, on_day

YEARS_READ = 4


class ClosedYear(NamedTuple):
    """An exercise that is closed, and what the books hold of it."""

    ends_on: dt.date
    approved_on: dt.date | None
    has_expenses: bool
    has_works_fund: bool


def owner_facts(viewer: Viewer, building: Building, *, day: dt.date) -> OwnerFacts | None:
    """The facts about what the viewer's clients own in the building; nothing for who may not read their accounts."""
    owned = Ownership.objects.filter(
        on_day(day), client_id__in=viewer.account_client_ids, lot__building=building, agency_id=viewer.agency_id
    )
    owned_since = owned.aggregate(first=Min("starts_on"))["first"]
    if owned_since is None:
        return None
    years = years_closed(viewer, building, since=owned_since)
    approved = [year for year in years if year.approved_on]
    papers = papers_of_owner(viewer, building)
    has_account = Account.objects.visible_to(viewer).filter(building=building, kind=Account.Kind.CO_OWNER).exists()
    told = [year for year in years[:CLOSED_YEARS] if year.has_expenses or Kind.CHARGES_SETTLEMENT in papers]
    funded = [year for year in years if year.has_works_fund]
    return OwnerFacts(
        day=day,
        owned_since=owned_since,
        closed_account_on=papers.get(Kind.CLOSED_ACCOUNT)
        or (approved[0].approved_on if approved and has_account else None),
        has_approved_year=bool(approved),
        closed_years=len(told),
        years_owned=len(years),
        charges_since=(told[0].approved_on or told[0].ends_on) if told else None,
        has_works_fund=bool(funded) or has_works_fund(building),
        works_fund_on=funded[0].ends_on if funded else None,
        first_call_on=first_call(viewer, building, papers=papers),
    )


def years_closed(viewer: Viewer, building: Building, *, since: dt.date) -> list[ClosedYear]:
    """The exercises closed while they owned, the newest first, each with what the books hold of it."""
    expenses = Expense.objects.filter(fiscal_year=OuterRef("pk"))
    funds = BudgetLine.objects.filter(fiscal_year=OuterRef("pk"), kind=BudgetLine.Kind.WORKS_FUND)
    closed = FiscalYear.objects.visible_to(viewer).filter(building=building, ends_on__gte=since)
    closed = closed.exclude(status=FiscalYear.Status.PROVISIONAL).order_by("-ends_on", "-pk")
    annotated = closed.annotate(
        has_expenses=Exists(expenses), has_works_fund=Exists(funds) | Q(works_fund_at_start_cents__isnull=False)
    )
    return [ClosedYear(*row) for row in annotated.values_list(*ClosedYear._fields)[:YEARS_READ]]


def has_works_fund(building: Building) -> bool:
    return BudgetLine.objects.filter(fiscal_year__building=building, kind=BudgetLine.Kind.WORKS_FUND).exists()


def papers_of_owner(viewer: Viewer, building: Building) -> dict[str, dt.date]:
    """Kind → the day the newest paper of that kind went online; for the calls, the day of the oldest."""
    kinds = (Kind.CLOSED_ACCOUNT, Kind.CHARGES_SETTLEMENT, Kind.FUNDS_CALL)
    of_building = Q(building=building) | Q(lot__building=building)
    mine = Document.objects.visible_to(viewer).filter(of_building, kind__in=kinds, client__isnull=False)
    found: dict[str, dt.date] = {}
    for kind, published_at, dated_on in mine.order_by("dated_on", "pk").values_list("kind", "published_at", "dated_on"):
        if kind == Kind.FUNDS_CALL:
            found.setdefault(kind, dated_on)
        elif published_at is not None:
            found[kind] = paris_day(published_at)
    return found


def first_call(viewer: Viewer, building: Building, *, papers: dict[str, dt.date]) -> dt.date | None:
    """The oldest call that the portal holds."""
    accounts = Account.objects.visible_to(viewer).filter(building=building, kind=Account.Kind.CO_OWNER)
    first = Call.objects.visible_to(viewer).filter(account__in=accounts).aggregate(day=Min("issued_on"))["day"]
    return min((day for day in (first, papers.get(Kind.FUNDS_CALL)) if day), default=None)
