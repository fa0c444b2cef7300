"""What a landlord reads of the management of their homes: figures, statements by month or quarter, the 2044 summary."""

import datetime as dt
from dataclasses import dataclass

from parvis.kit.money import plain_cents
from parvis.ledger.models import Account
from parvis.ledger.models.lettings import managed_lots, movements_of, rents_of_month
from parvis.ledger.rules.property_income import IncomeSummary, Statement, income_summary, statement
from parvis.people.models import Viewer
from parvis.property.models import Lot
from parvis.web.client.letting.periods import Period, months_of, parse_period, quarters_of
from parvis.web.ui.holders import of_holder


@dataclass(frozen=True, slots=True, kw_only=True)
class RentOfMonth:
    """The rent of one home this month."""

    home: str
    asked_cents: int
    received_cents: int

    @property
    def words(self) -> str:
        if self.received_cents == self.asked_cents:
            return "Reçu"
        return "Reçu en partie" if self.received_cents else "Attendu"

    @property
    def tone(self) -> str:
        return "ok" if self.received_cents == self.asked_cents else "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class LettingPage:
    """One year of an account."""

    account: Account
    of_holder: str
    year: int
    years: list[int]
    told: Statement
    months: list[Period]
    quarters: list[Period]
    rents: list[RentOfMonth]
    today: dt.date

    @property
    def has_payout(self) -> bool:
        return self.account.next_payout_on is not None and self.account.balance_cents > 0


def landlord_account(viewer: Viewer, public_id: str) -> Account | None:
    """The viewer's landlord account of that id, unless it is withheld: no figure of it is sure."""
    accounts = Account.objects.visible_to(viewer).filter(
        public_id=public_id, kind=Account.Kind.LANDLORD, is_withheld=False
    )
    return accounts.select_related("client", "agency", "building").first()


def letting_page(viewer: Viewer, account: Account, *, asked_year: str, today: dt.date) -> LettingPage:
    """The year asked for, or the last one with movements; only what is begun can be told."""
    movements = movements_of(account)
    years = sorted({movement.booked_on.year for movement in movements}, reverse=True)
    year = next((known for known in years if str(known) == asked_year), years[0] if years else today.year)
    return LettingPage(
        account=account,
        of_holder=of_holder(account.client, viewer=viewer),
        year=year,
        years=years,
        told=statement(movements, first=dt.date(year, 1, 1), last=dt.date(year, 12, 31)),
        months=[period for period in months_of(year) if period.first <= today][::-1],
        quarters=[period for period in quarters_of(year) if period.first <= today][::-1],
        rents=[
            RentOfMonth(
                home=f"{lot.label}, lot\u00a0{lot.number}, {lot.building.name}",
                asked_cents=state.asked.total_cents,
                received_cents=state.received.total_cents,
            )
            for lot, state in rents_of_month(account, month=today)
        ],
        today=today,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementPage:
    account: Account
    of_holder: str
    period: Period
    told: Statement
    today: dt.date

    @property
    def status(self) -> str:
        """A period that runs still is provisional, and says until when it is told."""
        return "Arrêté" if self.period.last < self.account.as_of else "Provisoire"

    @property
    def status_words(self) -> str:
        return f"{self.status}\u00a0: la période n’est pas finie." if self.status == "Provisoire" else "Arrêté."


def statement_page(viewer: Viewer, account: Account, *, slug: str, today: dt.date) -> StatementPage | None:
    period = parse_period(slug)
    if period is None or period.first > today:
        return None
    told = statement(movements_of(account), first=period.first, last=period.last)
    return StatementPage(
        account=account, of_holder=of_holder(account.client, viewer=viewer), period=period, told=told, today=today
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomePage:
    account: Account
    of_holder: str
    summary: IncomeSummary
    dwellings: list[str]
    is_provisional: bool

    @property
    def rows(self) -> list[list[str]]:
        """The CSV: known lines with their amount, the others to complete."""
        header = ["Ligne", "Nature", "Montant", "Remarque"]
        known = [[line.line, line.title, plain_cents(line.cents or 0), ""] for line in self.summary.known]
        asked = [[line.line, line.title, "", "à compléter par vous"] for line in self.summary.to_complete]
        loose = [
            ["", line.label, plain_cents(line.cents), "à classer avec votre agence"]
            for line in self.summary.unclassified
        ]
        return [header, *sorted(known + asked), *loose]


def income_page(viewer: Viewer, account: Account, *, year: int, today: dt.date) -> IncomePage | None:
    """The summary of a year that has movements."""
    movements = movements_of(account)
    if not any(movement.booked_on.year == year for movement in movements):
        return None
    lots = dwellings_of(account, year=year)
    return IncomePage(
        account=account,
        of_holder=of_holder(account.client, viewer=viewer),
        summary=income_summary(movements, year=year, dwellings=len(lots)),
        dwellings=[f"{lot.label}, lot\u00a0{lot.number}, {lot.building.name}" for lot in lots],
        is_provisional=year >= today.year,
    )


def dwellings_of(account: Account, *, year: int) -> list[Lot]:
    """The homes let that year: a cellar or a parking goes with its flat."""
    lots = managed_lots(account, first=dt.date(year, 1, 1), last=dt.date(year, 12, 31))
    return list(lots.filter(kind=Lot.Kind.MAIN))
