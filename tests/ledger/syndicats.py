"""A syndicat with its budget, its works and its expenses, for one co-owner of tests."""

import datetime as dt
from dataclasses import dataclass, field

from parvis.ledger.models import (
    Account,
    BudgetLine,
    Call,
    CallPart,
    Expense,
    FiscalYear,
    WorksInstalment,
    WorksOperation,
)
from parvis.people.models import Client
from parvis.property.models import AllocationKey, Building, Lot, LotShare, Ownership
from tests.factories import (
    LONG_AGO,
    AccountFactory,
    AllocationKeyFactory,
    BuildingFactory,
    CallFactory,
    CreditorFactory,
    LotFactory,
)

# Source 106: 57 000 € shared in 9 470, of which the client has 319.
SHARES, TOTAL_SHARES, BUDGET_CENTS = 319, 9_470, 5_700_000
QUARTERS = (48_002, 48_001, 48_002, 48_001)


@dataclass
class Syndicat:
    """The client owns lot 1; somebody else has all the rest in lot 2."""

    client: Client
    starts_on: dt.date = LONG_AGO
    ends_on: dt.date | None = None
    building: Building = field(init=False)
    lot: Lot = field(init=False)
    key: AllocationKey = field(init=False)
    account: Account = field(init=False)

    def __post_init__(self) -> None:
        agency = self.client.agency
        self.building = BuildingFactory(agency=agency)
        self.lot = LotFactory(building=self.building, number="1")
        other = LotFactory(building=self.building, number="2")
        self.key = AllocationKeyFactory(building=self.building, total_shares=TOTAL_SHARES)
        LotShare.objects.create(key=self.key, lot=self.lot, shares=SHARES)
        LotShare.objects.create(key=self.key, lot=other, shares=TOTAL_SHARES - SHARES)
        Ownership.objects.create(
            agency=agency, client=self.client, lot=self.lot, starts_on=self.starts_on, ends_on=self.ends_on
        )
        creditor = CreditorFactory(agency=agency)
        self.account = AccountFactory(client=self.client, creditor=creditor, building=self.building)

    def year(self, begins: int, **changes: object) -> FiscalYear:
        """The exercise of a calendar year, its budget voted."""
        cents = changes.pop("budget_cents", BUDGET_CENTS)
        year = FiscalYear.objects.create(
            agency=self.client.agency,
            building=self.building,
            reference=str(begins),
            begins_on=dt.date(begins, 1, 1),
            ends_on=dt.date(begins, 12, 31),
            **changes,
        )
        BudgetLine.objects.create(fiscal_year=year, key=self.key, amount_cents=cents)
        return year

    def approved(self, begins: int, *, spent_cents: int) -> FiscalYear:
        """An exercise that is over, with its one expense."""
        year = self.year(begins, status="approved", approved_on=dt.date(begins + 1, 6, 18))
        self.spend(year, spent_cents)
        return year

    def spend(self, year: FiscalYear, cents: int) -> Expense:
        return Expense.objects.create(
            agency=self.client.agency,
            fiscal_year=year,
            key=self.key,
            reference=f"F{year.reference}",
            chart_account="616",
            label="Assurance",
            booked_on=year.begins_on,
            amount_cents=cents,
        )

    def fund(self, year: FiscalYear, cents: int) -> BudgetLine:
        return BudgetLine.objects.create(fiscal_year=year, key=self.key, kind="works_fund", amount_cents=cents)

    def works(self, cents: int, *due_days: dt.date, from_fund: int = 0) -> WorksOperation:
        operation = WorksOperation.objects.create(
            agency=self.client.agency,
            building=self.building,
            key=self.key,
            reference=f"OP{len(due_days)}",
            title="réfection de la toiture",
            amount_cents=cents,
            from_works_fund_cents=from_fund,
            voted_on=due_days[0],
        )
        for rank, day in enumerate(due_days, start=1):
            WorksInstalment.objects.create(operation=operation, rank=rank, due_on=day)
        return operation

    def call(self, cents: int, *, due_on: dt.date, **part: object) -> Call:
        """A call that says what it asks for; without part, it says nothing."""
        call: Call = CallFactory(account=self.account, amount_cents=cents, due_on=due_on, issued_on=due_on)
        if part:
            CallPart.objects.create(call=call, **part)
        return call

    def quarter(self, year: FiscalYear, rank: int, *, more: int = 0) -> Call:
        day = dt.date(year.begins_on.year, 3 * rank - 2, 1)
        return self.call(QUARTERS[rank - 1] + more, due_on=day, fiscal_year=year, instalment=rank)
