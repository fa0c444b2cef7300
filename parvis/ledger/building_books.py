"""What the agency says of a building's money, read once, and the rules applied to it: any number of calls explained."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple, Self

from django.db.models import Sum

from parvis.ledger.models import Account, BudgetLine, Call, CallPart, Expense, FiscalYear, WorksOperation
from parvis.ledger.rules.explained import (
    Budget,
    Explanation,
    Key,
    Line,
    Section,
    Step,
    explain_instalment,
    explain_works,
    in_order,
)
from parvis.ledger.rules.settlement import KeyYear, Settled, explain_settlement, settle, works_fund_share
from parvis.property.models import AllocationKey, LotShare, Ownership
from parvis.property.rules import SharesDoNotAddUp

SECTION_OF_KIND = {
    BudgetLine.Kind.CURRENT: Section.CURRENT,
    BudgetLine.Kind.WORKS_FUND: Section.WORKS_FUND,
    BudgetLine.Kind.ADVANCE: Section.ADVANCE,
}
TITLE_OF_KIND = {BudgetLine.Kind.WORKS_FUND: "Fonds de travaux", BudgetLine.Kind.ADVANCE: "Avance"}


class Gap(StrEnum):
    """Why a call cannot be explained; the page says it in words."""

    NO_DETAIL = "no_detail"
    NO_BUDGET = "no_budget"
    SHARES = "shares"
    NO_LOT = "no_lot"


class CannotExplain(Exception):
    """The agency has not given what the explanation needs."""

    def __init__(self, gap: Gap) -> None:
        super().__init__(gap)
        self.gap = gap


class Held(NamedTuple):
    """One stretch of ownership of a lot by a client."""

    client_id: int
    lot: str
    kind: str
    starts_on: dt.date
    ends_on: dt.date | None


@dataclass(frozen=True, kw_only=True)
class Works:
    """An operation and how its cost is called."""

    row: WorksOperation
    weights: Sequence[int]
    due_days: Sequence[dt.date]
    line: Line


class BuildingBooks:
    """The keys, budgets, works, expenses and owners of one building; ten queries, whatever is then asked of them."""

    def __init__(self, building_id: int, *, client_ids: Collection[int] | None = None) -> None:
        """`client_ids` are those whose calls will be explained: all the owners when nothing is said."""
        self.building_id = building_id
        self.client_ids = client_ids

    @classmethod
    def of_account(cls, account: Account) -> Self | None:
        """Those of an account with the building’s syndicat; rents have none, nor has what an ASL is owed."""
        if not account.is_with_syndicat or account.building_id is None:
            return None
        return cls(account.building_id, client_ids=(account.client_id,))

    # What is read

    @cached_property
    def keys(self) -> dict[int, Key]:
        shares: dict[int, dict[str, int]] = defaultdict(dict)
        rows = LotShare.objects.filter(key__building_id=self.building_id).order_by()
        for key_id, lot, weight in rows.values_list("key_id", "lot__number", "shares"):
            shares[key_id][lot] = weight
        return {
            row.pk: Key(code=row.code, label=row.label, total_shares=row.total_shares, shares=shares[row.pk])
            for row in AllocationKey.objects.filter(building_id=self.building_id)
        }

    @cached_property
    def years(self) -> dict[int, FiscalYear]:
        """In the order of time."""
        years = FiscalYear.objects.filter(building_id=self.building_id).order_by("begins_on", "pk")
        return {year.pk: year for year in years}

    @cached_property
    def voted(self) -> dict[int, tuple[Line, ...]]:
        """Exercise → the lines of its budget."""
        lines: dict[int, list[Line]] = defaultdict(list)
        for row in BudgetLine.objects.filter(fiscal_year__building_id=self.building_id):
            kind = BudgetLine.Kind(row.kind)
            lines[row.fiscal_year_id].append(
                Line(
                    section=SECTION_OF_KIND[kind],
                    key=self.keys[row.key_id],
                    cents=row.amount_cents,
                    title=TITLE_OF_KIND.get(kind, ""),
                )
            )
        return {year_id: tuple(found) for year_id, found in lines.items()}

    @cached_property
    def spent(self) -> dict[int, dict[int, int]]:
        """Exercise → key → its current expenses; works have their own calls."""
        found: dict[int, dict[int, int]] = defaultdict(dict)
        rows = Expense.objects.filter(fiscal_year__building_id=self.building_id, works_operation=None).order_by()
        for year_id, key_id, cents in rows.values_list("fiscal_year", "key").annotate(total=Sum("amount_cents")):
            found[year_id][key_id] = cents
        return found

    @cached_property
    def works(self) -> dict[int, Works]:
        operations = WorksOperation.objects.filter(building_id=self.building_id).prefetch_related("instalments")
        return {
            row.pk: Works(
                row=row,
                weights=[each.weight for each in row.instalments.all()],
                due_days=[each.due_on for each in row.instalments.all()],
                line=Line(
                    section=Section.WORKS,
                    key=self.keys[row.key_id],
                    cents=row.amount_cents - row.from_works_fund_cents,
                    title=row.title,
                ),
            )
            for row in operations
        }

    @cached_property
    def owners(self) -> dict[int, list[Held]]:
        rows = Ownership.objects.filter(lot__building_id=self.building_id)
        if self.client_ids is not None:
            rows = rows.filter(client_id__in=self.client_ids)
        held: dict[int, list[Held]] = defaultdict(list)
        for row in rows.order_by("pk").values_list("client_id", "lot__number", "kind", "starts_on", "ends_on"):
            held[row[0]].append(Held(*row))
        return held

    @cached_property
    def accounts_of(self) -> Counter[tuple[int, int]]:
        """How many accounts a client has with a creditor here: several are one for each lot."""
        rows = Account.objects.filter(building_id=self.building_id, kind=Account.Kind.CO_OWNER)
        if self.client_ids is not None:
            rows = rows.filter(client_id__in=self.client_ids)
        return Counter(rows.order_by().values_list("client_id", "creditor_id"))

    # What is asked

    def lots_of(self, account: Account, day: dt.date, *, for_works: bool = False) -> list[str]:
        """The lots whose charges the account bears that day.

        Where a right is split, the usufructuary bears the current charges and the bare owner the works.
        """
        left_out = Ownership.Kind.USUFRUCT if for_works else Ownership.Kind.BARE
        lots = {
            held.lot
            for held in self.owners[account.client_id]
            if held.kind != left_out and held.starts_on <= day and (held.ends_on is None or day <= held.ends_on)
        }
        if account.lot and self.accounts_of[account.client_id, account.creditor_id] > 1:
            lots &= {account.lot.number}
        return sorted(lots)

    def explain(self, call: Call, parts: Iterable[CallPart]) -> Explanation:
        """All that a call asks for. Raises `CannotExplain` where the agency has not said enough."""
        parts = list(parts)
        if not parts:
            raise CannotExplain(Gap.NO_DETAIL)
        try:
            steps = in_order(step for part in parts for step in self.steps_of(call, part))
        except SharesDoNotAddUp as error:
            raise CannotExplain(Gap.SHARES) from error
        return Explanation(steps=steps, called_cents=call.amount_cents)

    def steps_of(self, call: Call, part: CallPart) -> tuple[Step, ...]:
        if part.works_operation_id is not None:
            return self.works_steps(call, part, self.works[part.works_operation_id])
        year = self.years[part.fiscal_year_id or 0]
        if part.instalment is None:
            return self.settlement_steps(call, year)
        lots = self.lots_of(call.account, call.due_on)
        if not lots:
            raise CannotExplain(Gap.NO_LOT)
        return explain_instalment(self.budget_of(year, rank=part.instalment), lots, rank=part.instalment)

    def works_steps(self, call: Call, part: CallPart, works: Works) -> tuple[Step, ...]:
        lots, rank = self.lots_of(call.account, call.due_on, for_works=True), part.instalment or 0
        if not lots:
            raise CannotExplain(Gap.NO_LOT)
        if not 1 <= rank <= len(works.weights):
            raise CannotExplain(Gap.NO_BUDGET)
        return explain_works(works.line, lots, rank=rank, weights=works.weights)

    def settlement_steps(self, call: Call, year: FiscalYear) -> tuple[Step, ...]:
        """To who owns the lot the day the accounts are approved."""
        lots = self.lots_of(call.account, year.approved_on or call.issued_on)
        if not lots:
            raise CannotExplain(Gap.NO_LOT)
        return explain_settlement(self.key_years(year), lots, budget=year.reference)

    def budget_of(self, year: FiscalYear, *, rank: int) -> Budget:
        previous = self.year_before(year) if year.called_before_vote else None
        is_late = year.called_before_vote > 0 and rank <= year.called_before_vote + 1
        if year.pk not in self.voted or rank > year.instalments:
            raise CannotExplain(Gap.NO_BUDGET)
        if is_late and (previous is None or previous.pk not in self.voted):
            raise CannotExplain(Gap.NO_BUDGET)
        return Budget(
            reference=year.reference,
            lines=self.voted[year.pk],
            count=year.instalments,
            called_before_vote=year.called_before_vote,
            previous=self.voted.get(previous.pk, ()) if previous else (),
            previous_reference=previous.reference if previous else "",
        )

    def year_before(self, year: FiscalYear) -> FiscalYear | None:
        before = [other for other in self.years.values() if other.begins_on < year.begins_on]
        return before[-1] if before else None

    def key_years(self, year: FiscalYear) -> list[KeyYear]:
        """What each key was voted and cost that year. Raises `CannotExplain` when no expense is known."""
        voted = {line.key.code: line.cents for line in self.voted.get(year.pk, ()) if line.section is Section.CURRENT}
        spent = {self.keys[key_id].code: cents for key_id, cents in self.spent[year.pk].items()}
        if not spent:
            raise CannotExplain(Gap.NO_BUDGET)
        return [
            KeyYear(key=key, voted_cents=voted.get(key.code, 0), spent_cents=spent.get(key.code, 0))
            for key in self.keys.values()
            if key.code in voted or key.code in spent
        ]

    def settled(self, year: FiscalYear, lots: Collection[str]) -> tuple[Settled, ...]:
        return settle(self.key_years(year), lots)

    def provisions(self, account: Account, year: FiscalYear) -> tuple[Step, ...]:
        """The instalments of a budget that fell due while the account held some lots.

        Each falls due on the first day of its period (loi 65-557, art. 14-1).
        """
        return tuple(
            step
            for rank, day in enumerate(due_days_of(year), start=1)
            if (lots := self.lots_of(account, day))
            for step in explain_instalment(self.budget_of(year, rank=rank), lots, rank=rank)
        )

    def settlement(self, account: Account, year: FiscalYear, *, today: dt.date) -> tuple[Settled, ...]:
        """What is left to settle of a year, for who holds the lots the day it falls due (décret 67-223, art. 6-2).

        That is the day of the approval; until then, who holds them today.
        """
        return self.settled(year, self.lots_of(account, year.approved_on or today))

    def is_borne_whole(self, account: Account, year: FiscalYear, *, today: dt.date) -> bool:
        """Whether the account held the same lots from the first instalment of a year to its settlement."""
        days = [*due_days_of(year), year.approved_on or today]
        held = {tuple(self.lots_of(account, day)) for day in days}
        return len(held) == 1 and held != {()}

    def works_called(self, account: Account, year: FiscalYear) -> tuple[Step, ...]:
        """The calls of works due in that year, for whoever held the lots on each due day."""
        return tuple(
            step
            for works in self.works.values()
            for rank, due_on in enumerate(works.due_days, start=1)
            if year.covers(due_on)
            for step in explain_works(
                works.line, self.lots_of(account, due_on, for_works=True), rank=rank, weights=works.weights
            )
        )

    def fund_paid(self, year: FiscalYear, lots: Collection[str]) -> int:
        """What the year called for the works fund."""
        return works_fund_share(paid=self.fund_lines(year), used=(), lots=lots)

    def fund_share(self, lots: Collection[str], *, until: FiscalYear) -> int:
        """The part of the works fund attached to the lots on the last day of that exercise.

        It starts from what the agency says the fund held at the first exercise known.
        """
        years = [year for year in self.years.values() if year.begins_on <= until.begins_on]
        paid = [line for year in years for line in self.fund_lines(year)]
        first, lines = years[0], next((found for year in years if (found := self.fund_lines(year))), [])
        if first.works_fund_at_start_cents and lines:
            paid.append(Line(section=Section.WORKS_FUND, key=lines[0].key, cents=first.works_fund_at_start_cents))
        used = [
            Line(section=Section.WORKS, key=works.line.key, cents=works.row.from_works_fund_cents)
            for works in self.works.values()
            if first.begins_on <= works.row.voted_on <= until.ends_on
        ]
        return works_fund_share(paid=paid, used=used, lots=lots)

    def fund_lines(self, year: FiscalYear) -> list[Line]:
        return [line for line in self.voted.get(year.pk, ()) if line.section is Section.WORKS_FUND]

    def closed_years(self) -> list[FiscalYear]:
        """Those whose accounts are closed, the latest first."""
        return [year for year in reversed(self.years.values()) if year.status != FiscalYear.Status.PROVISIONAL]


def due_days_of(year: FiscalYear) -> list[dt.date]:
    """The first day of each period of an exercise."""
    first = year.begins_on.year * 12 + year.begins_on.month - 1
    months = year.ends_on.year * 12 + year.ends_on.month - first
    starts = [first + months * rank // year.instalments for rank in range(year.instalments)]
    return [dt.date(start // 12, start % 12 + 1, 1) if start > first else year.begins_on for start in starts]


def parts_by_call(parts: Iterable[CallPart]) -> Mapping[int, list[CallPart]]:
    found: dict[int, list[CallPart]] = defaultdict(list)
    for part in parts:
        found[part.call_id].append(part)
    return found
