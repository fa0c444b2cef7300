"""The figures of the kit of a sale: what the lots cost, what is owed, the arrears, the works fund."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from parvis.compliance.models.arrears import Arrears, arrears_of
from parvis.kit.viewer import Viewer
from parvis.ledger.building_books import BuildingBooks, CannotExplain
from parvis.ledger.models import Account, Call, FiscalYear
from parvis.property.models import Building, Lot
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
    debt_to_suppliers_cents: int | None = None

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
        """What the figures do not say, in words."""
        words = []
        if len(self.years) < YEARS or any(year.current_cents is None for year in self.years):
            words.append("les charges des deux derniers exercices")
        if self.debt_to_suppliers_cents is None:
            words.append("la dette du syndicat envers ses fournisseurs")
        if not self.accounts:
            words.append("les sommes dues au syndicat")
        if self.fund_share_cents is None:
            words.append("la part du fonds de travaux, s’il y en a un")
        return words


def sale_figures(viewer: Viewer, lots: Sequence[Lot], *, building: Building, day: dt.date) -> SaleFigures:
    """Those of the lots, for their owner. Reads the accounts that the viewer may read, and no other."""
    accounts = Account.objects.visible_to(viewer).filter(
        building=building, kind=Account.Kind.CO_OWNER, is_withheld=False
    )
    found = list(accounts.with_due_dates(day).select_related("lot"))
    books = BuildingBooks(building.pk, client_ids=[account.client_id for account in found])
    numbers = [lot.number for lot in lots]
    closed = books.closed_years()
    share, paid = fund_of(books, numbers, closed)
    return SaleFigures(
        building=building,
        lots=lots,
        day=day,
        years=[year_of(books, year, numbers, found) for year in closed[:YEARS]],
        accounts=found,
        to_come=list(Call.objects.filter(account__in=found, due_on__gt=day).order_by("due_on", "pk")),
        arrears=arrears_of(building, day=day),
        fund_share_cents=share,
        fund_year=closed[0] if closed else None,
        last_contribution_cents=paid,
    )


def year_of(books: BuildingBooks, year: FiscalYear, lots: Sequence[str], accounts: Sequence[Account]) -> YearOfCharges:
    try:
        current = sum(settled.spent_cents for settled in books.settled(year, lots))
    except (CannotExplain, SharesDoNotAddUp):
        return YearOfCharges(year=year, current_cents=None, works_cents=None)
    works = sum(step.cents for account in accounts for step in books.works_called(account, year))
    return YearOfCharges(year=year, current_cents=current, works_cents=works)


def fund_of(books: BuildingBooks, lots: Sequence[str], closed: Sequence[FiscalYear]) -> tuple[int | None, int | None]:
    """The part of the works fund attached to the lots at the end of the last closed exercise, and its last year's."""
    if not closed or not any(books.fund_lines(year) for year in books.years.values()):
        return None, None
    try:
        return books.fund_share(lots, until=closed[0]), books.fund_paid(closed[0], lots)
    except SharesDoNotAddUp:
        return None, None
