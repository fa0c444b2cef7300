"""The figures of the kit of a sale: what the lots cost, what is owed, the arrears, the works fund."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parvis.compliance.models.arrears import Arrears, accounts_of, arrears_of
from parvis.kit.viewer import Viewer
from parvis.ledger.building_books import BuildingBooks, CannotExplain
from parvis.ledger.models import Account, Call, FiscalYear
from parvis.ledger.rules.explained import Step, explain_works
from parvis.property.models import Building, Lot, Ownership, on_day
from parvis.property.rules import SharesDoNotAddUp

YEARS = 2


@dataclass(frozen=True, kw_only=True)
class YearOfCharges:
    """A closed exercise: its charges on the lots, current and outside the budget, in cents (none: not known)."""

    year: FiscalYear
    current_cents: int | None
    works_cents: int | None


@dataclass(frozen=True, kw_only=True)
class SaleFigures:
    """In cents; none where the books do not tell."""

    building: Building
    lots: Sequence[Lot]
    day: dt.date
    years: Sequence[YearOfCharges]
    accounts: Sequence[Account]
    to_come: Sequence[Call]
    arrears: Arrears
    fund_share_cents: int | None
    fund_year: FiscalYear | None
    last_contribution_cents: int | None

    @property
    def owed_cents(self) -> int:
        """Due and unpaid by the seller, all accounts of the building together."""
        overdue = (-account.balance_cents - account.not_yet_due_cents for account in self.accounts)
        return sum(cents for cents in overdue if cents > 0)

    @property
    def to_come_cents(self) -> int:
        """Called and not due yet: for whoever owns the lot on the due day."""
        return sum(call.amount_cents for call in self.to_come)

    @property
    def unknown(self) -> list[str]:
        """What the figures do not say, in words. What the syndicat owes its suppliers, no file of the agency tells."""
        words = []
        if len(self.years) < YEARS or any(year.current_cents is None for year in self.years):
            words.append("les charges des deux derniers exercices")
        words.append("la dette du syndicat envers ses fournisseurs")
        if not self.accounts:
            words.append("les sommes dues au syndicat")
        if self.fund_share_cents is None:
            words.append("la part du fonds de travaux, s’il y en a un")
        return words


def sale_figures(viewer: Viewer, lots: Sequence[Lot], *, building: Building, day: dt.date) -> SaleFigures:
    """Those of the lots, for their owner. Reads the accounts that the viewer may read, and no other."""
    found = accounts_of_lots(viewer, lots, building=building, day=day)
    books = BuildingBooks(building.pk, client_ids=[account.client_id for account in found])
    numbers = [lot.number for lot in lots]
    closed = books.closed_years()
    share, paid = fund_of(books, numbers, closed)
    return SaleFigures(
        building=building,
        lots=lots,
        day=day,
        years=[year_of(books, year, numbers) for year in closed[:YEARS]],
        accounts=found,
        to_come=list(Call.objects.filter(account__in=found, due_on__gt=day).order_by("due_on", "pk")),
        arrears=arrears_of(building, day=day),
        fund_share_cents=share,
        fund_year=closed[0] if closed else None,
        last_contribution_cents=paid,
    )


def accounts_of_lots(viewer: Viewer, lots: Sequence[Lot], *, building: Building, day: dt.date) -> list[Account]:
    """Those by which the owners of the lots pay their syndicat; where each lot has its own, those of the lots."""
    owners = Ownership.objects.visible_to(viewer).filter(on_day(day), lot__in=lots).order_by().values("client_id")
    mine = Account.objects.visible_to(viewer).filter(pk__in=accounts_of(building).values("pk"), client__in=owners)
    found = list(mine.with_due_dates(day).select_related("lot"))
    return [account for account in found if account.lot in lots] or found


def year_of(books: BuildingBooks, year: FiscalYear, lots: Sequence[str]) -> YearOfCharges:
    try:
        current = sum(settled.spent_cents for settled in books.settled(year, lots))
        works = sum(step.cents for step in works_of(books, year, lots))
    except (CannotExplain, SharesDoNotAddUp):
        return YearOfCharges(year=year, current_cents=None, works_cents=None)
    return YearOfCharges(year=year, current_cents=current, works_cents=works)


def works_of(books: BuildingBooks, year: FiscalYear, lots: Sequence[str]) -> Iterator[Step]:
    """The share of these lots, and of no other, in the calls of works due in that year."""
    for works in books.works.values():
        for rank, due_on in enumerate(works.due_days, start=1):
            if year.covers(due_on):
                yield from explain_works(works.line, lots, rank=rank, weights=works.weights)


def fund_of(books: BuildingBooks, lots: Sequence[str], closed: Sequence[FiscalYear]) -> tuple[int | None, int | None]:
    """The part of the works fund attached to the lots at the end of the last closed exercise, and its last year's."""
    if not closed or not any(books.fund_lines(year) for year in books.years.values()):
        return None, None
    try:
        return books.fund_share(lots, until=closed[0]), books.fund_paid(closed[0], lots)
    except SharesDoNotAddUp:
        return None, None
