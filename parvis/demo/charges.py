"""What an owners' association asks of its co-owners, by rules 4.1 to 4.3: calls, works, settlements, to the cent."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from parvis.demo.buildings import GENERAL, KEY_LABELS, Building
from parvis.demo.cast import Client
from parvis.demo.months import add_months, days_after
from parvis.demo.payers import Due
from parvis.demo.roles import Stage, Tenure
from parvis.kit.money import format_cents
from parvis.ledger.rules import instalment, works_fund_minimum
from parvis.property.rules import allocate

ISSUED_DAYS_BEFORE = 30
QUARTERS = (1, 2, 3, 4)
ORDINALS = ("1er", "2e", "3e", "4e")
APPROVED_AFTER_MONTHS, APPROVED_ON_DAY = 5, 18
SETTLED_WITHIN_DAYS = 30
LATE_VOTERS = ("008",)
QUARTERS_BEFORE_LATE_VOTE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Works:
    """An operation voted outside the budget (loi 65-557, art. 14-2), called on its own dates."""

    title: str
    cost_cents: int
    first_due: tuple[int, int]
    calls: int = 3
    months_apart: int = 3


# A call that the agency made wrong, so that its difference shows: building, flat, years after the first one, quarter,
# and what was called too much.
WRONG_CALL = ("005", "1", 3, 1, 1_240)

# Building → its operations; `first_due` counts the years from the first one of the accounts.
WORKS = {
    "001": (Works(title="réfection de la toiture", cost_cents=8_400_000, first_due=(1, 2)),),
    "002": (Works(title="remplacement des portes de garage", cost_cents=2_160_050, first_due=(2, 11)),),
    "004": (Works(title="ravalement de la façade sur rue", cost_cents=6_325_000, first_due=(2, 8), calls=4),),
    "009": (Works(title="réfection de la cage d’escalier", cost_cents=1_234_567, first_due=(2, 5), calls=2),),
}


@dataclass
class Ledger:
    """The lines that one association asks of its payers: payer's reference → lines in any order."""

    building: Building
    payers: dict[str, Client] = field(default_factory=dict)
    dues: dict[str, list[Due]] = field(default_factory=dict)

    def ask(self, client: Client, due: Due) -> None:
        self.payers[client.reference] = client
        self.dues.setdefault(client.reference, []).append(due)


def fiscal_year_start(building: Building, year: int) -> dt.date:
    return dt.date(year, building.source.fiscal_month, 1)


def fiscal_years(building: Building, *, first_year: int, today: dt.date) -> Iterator[int]:
    """The exercises of the accounts, by the year they begin: three whole years at least, up to the current one."""
    year = first_year if building.source.fiscal_month == 1 else first_year - 1
    while fiscal_year_start(building, year) <= days_after(today, ISSUED_DAYS_BEFORE):
        yield year
        year += 1


def quarter_due(building: Building, year: int, quarter: int) -> dt.date:
    return add_months(fiscal_year_start(building, year), 3 * (quarter - 1))


def exercise_words(building: Building, year: int) -> str:
    return str(year) if building.source.fiscal_month == 1 else f"{year}-{year + 1}"


def association_ledger(stage: Stage, building: Building, *, today: dt.date) -> Ledger:
    """All that was asked by `today` in that building, and the calls already issued for later."""
    ledger = Ledger(building=building)
    years = list(fiscal_years(building, first_year=stage.first_year, today=today))
    for year in years:
        for quarter in QUARTERS:
            call_quarter(stage, ledger, year=year, quarter=quarter)
        settle(stage, ledger, year)
    for operation in WORKS.get(building.reference, ()):
        call_works(stage, ledger, operation)
    return ledger


def annual_shares(building: Building, budget: dict[str, int]) -> dict[str, dict[str, int]]:
    """Key → lot → annual share of that budget; the works fund stands beside, as one more key."""
    parts = {
        key: allocate(amount_cents=cents, shares=building.shares[key], total_shares=sum(building.shares[key].values()))
        for key, cents in budget.items()
    }
    fund = works_fund_minimum(budget_cents=sum(budget.values()))
    shares = building.shares[GENERAL]
    parts["FDT"] = allocate(amount_cents=fund, shares=shares, total_shares=sum(shares.values()))
    return parts


def quarter_parts(building: Building, *, year: int, quarter: int) -> dict[str, dict[str, int]]:
    """Key → lot → what the quarter calls; a budget voted late calls its difference once, as « AJU » (rules 4.1)."""
    voted = annual_shares(building, building.budget_cents(year))
    if building.reference not in LATE_VOTERS:
        return {key: instalments(parts, quarter) for key, parts in voted.items()}
    before = annual_shares(building, building.budget_cents(year - 1))
    called = before if quarter <= QUARTERS_BEFORE_LATE_VOTE else voted
    parts = {key: instalments(lots, quarter) for key, lots in called.items()}
    if quarter == QUARTERS_BEFORE_LATE_VOTE + 1:
        parts["AJU"] = adjustment(before, voted)
    return parts


def instalments(parts: dict[str, int], quarter: int) -> dict[str, int]:
    return {lot: instalment(annual_cents=cents, rank=quarter) for lot, cents in parts.items()}


def adjustment(before: dict[str, dict[str, int]], voted: dict[str, dict[str, int]]) -> dict[str, int]:
    """Lot → what the quarters already called would have asked more under the budget voted since."""
    total: dict[str, int] = {}
    for quarter in range(1, QUARTERS_BEFORE_LATE_VOTE + 1):
        for key, parts in voted.items():
            old, new = instalments(before[key], quarter), instalments(parts, quarter)
            for lot, cents in new.items():
                total[lot] = total.get(lot, 0) + cents - old[lot]
    return total


def call_quarter(stage: Stage, ledger: Ledger, *, year: int, quarter: int) -> None:
    """One call a payer: all their lots and keys, the works fund, one total."""
    building = ledger.building
    parts = quarter_parts(building, year=year, quarter=quarter)
    due_on = quarter_due(building, year, quarter)
    for client, tenures in held_on(stage, building, due_on):
        lots = [lot.number for tenure in tenures for lot in tenure.unit.lots]
        sums = {key: sum(by_lot.get(lot, 0) for lot in lots) for key, by_lot in parts.items()}
        due = quarter_call(building, year=year, quarter=quarter, sums=sums)
        is_wrong = (building.reference, lots[0], year - stage.first_year, quarter) == WRONG_CALL[:-1]
        ledger.ask(client, replace(due, cents=due.cents + WRONG_CALL[-1]) if is_wrong else due)


def quarter_call(building: Building, *, year: int, quarter: int, sums: dict[str, int]) -> Due:
    """Booked when issued, or when due where the building sends one schedule for the year."""
    due_on = quarter_due(building, year, quarter)
    is_scheduled = building.source.books_on == "due"
    issued_on = days_after(fiscal_year_start(building, year) if is_scheduled else due_on, -ISSUED_DAYS_BEFORE)
    return Due(
        reference=f"AF-{year}-{quarter}",
        booked_on=due_on if is_scheduled else issued_on,
        issued_on=issued_on,
        due_on=due_on,
        cents=sum(sums.values()),
        kind="call",
        label=f"Appel de charges, {ORDINALS[quarter - 1]} trimestre {exercise_words(building, year)}",
        detail=sections(sums),
    )


def sections(sums: dict[str, int]) -> str:
    """What the total of a call is made of, in words."""
    labels = {**KEY_LABELS, "FDT": "Fonds de travaux", "AJU": "Ajustement du budget voté"}
    return ", ".join(f"{labels[key]} {format_cents(cents)}" for key, cents in sums.items() if cents)


def held_on(stage: Stage, building: Building, day: dt.date) -> list[tuple[Client, list[Tenure]]]:
    """Who bears the current charges of which units that day."""
    by_client: dict[str, tuple[Client, list[Tenure]]] = {}
    for tenure in stage.tenures:
        if tenure.unit.building is building and tenure.covers(day):
            by_client.setdefault(tenure.payer.reference, (tenure.payer, []))[1].append(tenure)
    return list(by_client.values())


def settle(stage: Stage, ledger: Ledger, year: int) -> None:
    """Once the accounts are approved: real expenses less provisions, to who owns the lot that day (rules 4.2)."""
    building = ledger.building
    approved_on = add_months(fiscal_year_start(building, year + 1), APPROVED_AFTER_MONTHS).replace(day=APPROVED_ON_DAY)
    spent = annual_shares(building, building.expenses_cents(year))
    called = annual_shares(building, building.budget_cents(year))
    for client, tenures in held_on(stage, building, approved_on):
        lots = [lot.number for tenure in tenures for lot in tenure.unit.lots]
        owed = sum(spent[key].get(lot, 0) - called[key].get(lot, 0) for key in building.shares for lot in lots)
        if owed:
            ledger.ask(client, settlement(building, year=year, approved_on=approved_on, cents=owed))


def settlement(building: Building, *, year: int, approved_on: dt.date, cents: int) -> Due:
    return Due(
        reference=f"REG-{year}",
        booked_on=approved_on,
        issued_on=approved_on,
        due_on=days_after(approved_on, SETTLED_WITHIN_DAYS) if cents > 0 else approved_on,
        cents=cents,
        kind="settlement",
        label=f"Régularisation des charges {exercise_words(building, year)}",
        detail="Dépenses réelles moins provisions appelées",
    )


def call_works(stage: Stage, ledger: Ledger, operation: Works) -> None:
    """The calls of a works operation, borne by the bare owner where the ownership is split."""
    shares = ledger.building.shares[GENERAL]
    parts = allocate(amount_cents=operation.cost_cents, shares=shares, total_shares=sum(shares.values()))
    for rank in range(1, operation.calls + 1):
        due_on = works_due_on(stage, operation, rank=rank)
        for client, lots in works_payers(stage, ledger.building, due_on):
            cents = sum(instalment(annual_cents=parts[lot], rank=rank, count=operation.calls) for lot in lots)
            ledger.ask(client, works_call(operation, rank=rank, due_on=due_on, cents=cents))


def works_due_on(stage: Stage, operation: Works, *, rank: int) -> dt.date:
    first = dt.date(stage.first_year + operation.first_due[0], operation.first_due[1], 1)
    return add_months(first, operation.months_apart * (rank - 1)).replace(day=15)


def works_payers(stage: Stage, building: Building, day: dt.date) -> list[tuple[Client, list[str]]]:
    """Who bears the works of which lots that day."""
    by_client: dict[str, tuple[Client, list[str]]] = {}
    for tenure in stage.tenures:
        if tenure.unit.building is building and tenure.covers(day):
            lots = by_client.setdefault(tenure.works_payer.reference, (tenure.works_payer, []))[1]
            lots += [lot.number for lot in tenure.unit.lots]
    return list(by_client.values())


def works_call(operation: Works, *, rank: int, due_on: dt.date, cents: int) -> Due:
    issued_on = days_after(due_on, -ISSUED_DAYS_BEFORE)
    return Due(
        reference=f"TX-{due_on:%Y-%m}",
        booked_on=issued_on,
        issued_on=issued_on,
        due_on=due_on,
        cents=cents,
        kind="works",
        label=f"Travaux\u00a0: {operation.title}, appel {rank} sur {operation.calls}",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeAssociation:
    """An ASL beside the syndicats: its own creditor, its own accounts."""

    reference: str
    name: str
    buildings: tuple[str, ...]
    yearly_cents: int
    due_month: int


FREE_ASSOCIATION = FreeAssociation(
    reference="ASL-01",
    name="Association syndicale libre des Berges",
    buildings=("005", "010"),
    yearly_cents=9_640,
    due_month=4,
)


def free_association_ledger(stage: Stage, building: Building, *, today: dt.date) -> Ledger:
    """One call a year and a unit."""
    ledger = Ledger(building=building)
    for year in range(stage.first_year, today.year + 1):
        due_on = dt.date(year, FREE_ASSOCIATION.due_month, 1)
        for client, tenures in held_on(stage, building, due_on):
            ledger.ask(client, free_association_call(due_on, cents=FREE_ASSOCIATION.yearly_cents * len(tenures)))
    return ledger


def free_association_call(due_on: dt.date, *, cents: int) -> Due:
    issued_on = days_after(due_on, -ISSUED_DAYS_BEFORE)
    return Due(
        reference=f"ASL-{due_on.year}",
        booked_on=issued_on,
        issued_on=issued_on,
        due_on=due_on,
        cents=cents,
        kind="call",
        label=f"Cotisation {due_on.year} de l’association syndicale",
    )
