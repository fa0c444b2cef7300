"""Budgets, works, expenses and what each call asks for, as the package tells them: the very sums of `charges`."""

import datetime as dt
from collections.abc import Iterator

from parvis.demo.books import CO_OWNER, Account
from parvis.demo.buildings import BUDGET, GENERAL, BudgetLine, Building
from parvis.demo.charges import (
    APPROVED_AFTER_MONTHS,
    APPROVED_ON_DAY,
    LATE_VOTERS,
    QUARTERS_BEFORE_LATE_VOTE,
    WORKS,
    Works,
    exercise_words,
    fiscal_year_start,
    fiscal_years,
    works_due_on,
)
from parvis.demo.months import add_months, days_after
from parvis.demo.payers import Due
from parvis.demo.roles import Stage
from parvis.demo.rows import Row, day
from parvis.demo.sources import chart_of_accounts
from parvis.kit.money import plain_cents
from parvis.ledger.rules import instalment, works_fund_minimum
from parvis.property.rules import allocate

WORKS_VOTED_DAYS_BEFORE = 120
FUND_CENTS_PER_UNIT = 31_500
INVOICES_A_YEAR = 4
PER_MILLE = 1000
# Account of the chart → who is paid, and what a landlord may ask of the tenant, per mille (décret 87-713).
SUPPLIERS = {
    "601": ("Eaux du Canal", 1000),
    "602": ("Énergie des Berges", 1000),
    "603": ("Chaleur Nord-Est", 1000),
    "604": ("Comptoir du Ménage", 1000),
    "611": ("Propreté du Faubourg", 1000),
    "614": ("Ascenseurs Réunis", 730),
    "615": ("Entreprise Marchand et fils", 0),
    "616": ("Assurances du Canal", 0),
    "6211": ("", 0),
    "6213": ("", 0),
}


def assembly_of(building: Building, year: int) -> dt.date:
    """The yearly assembly held during that exercise: it approves the one before, and votes the next budget."""
    return add_months(fiscal_year_start(building, year), APPROVED_AFTER_MONTHS).replace(day=APPROVED_ON_DAY)


def told_years(stage: Stage, building: Building, *, today: dt.date) -> list[int]:
    """The exercises of the accounts, and the one before: a late vote is compared with it."""
    years = list(fiscal_years(building, first_year=stage.first_year, today=today))
    return [years[0] - 1, *years]


def fiscal_year_rows(stage: Stage, *, today: dt.date) -> Iterator[Row]:
    for building in syndicats(stage):
        years = told_years(stage, building, today=today)
        for year in years:
            is_late = building.reference in LATE_VOTERS and year > years[0]
            ends_on, approved_on = (
                days_after(fiscal_year_start(building, year + 1), -1),
                assembly_of(building, year + 1),
            )
            status = "approved" if approved_on <= today else "closed" if ends_on < today else "provisional"
            yield {
                "building": building.reference,
                "reference": exercise_words(building, year),
                "begins_on": day(fiscal_year_start(building, year)),
                "ends_on": day(ends_on),
                "status": status,
                "voted_on": day(assembly_of(building, year if is_late else year - 1)),
                "approved_on": day(approved_on) if status == "approved" else "",
                "called_before_vote": str(QUARTERS_BEFORE_LATE_VOTE if is_late else 0),
                "works_fund_at_start": plain_cents(FUND_CENTS_PER_UNIT * building.source.units)
                if year == years[0]
                else "",
            }


def budget_rows(stage: Stage, *, today: dt.date) -> Iterator[Row]:
    for building in syndicats(stage):
        for year in told_years(stage, building, today=today):
            voted = building.budget_cents(year)
            fund = works_fund_minimum(budget_cents=sum(voted.values()))
            lines = [*((key, "current", cents) for key, cents in voted.items()), (GENERAL, "works_fund", fund)]
            for key, kind, cents in lines:
                yield {
                    "building": building.reference,
                    "fiscal_year": exercise_words(building, year),
                    "key": key,
                    "kind": kind,
                    "amount": plain_cents(cents),
                }


def told_works(stage: Stage, *, today: dt.date) -> Iterator[tuple[Building, str, Works, dt.date]]:
    """Each operation voted by `today`, its reference and the day of its vote."""
    for building in syndicats(stage):
        for rank, operation in enumerate(WORKS.get(building.reference, ()), start=1):
            voted_on = days_after(works_due_on(stage, operation, rank=1), -WORKS_VOTED_DAYS_BEFORE)
            if voted_on <= today:
                yield building, f"OP-{rank}", operation, voted_on


def works_rows(stage: Stage, *, today: dt.date) -> Iterator[Row]:
    for building, reference, operation, voted_on in told_works(stage, today=today):
        yield {
            "building": building.reference,
            "reference": reference,
            "key": GENERAL,
            "title": f"{operation.title[:1].upper()}{operation.title[1:]}",
            "amount": plain_cents(operation.cost_cents),
            "voted_on": day(voted_on),
        }


def works_instalment_rows(stage: Stage, *, today: dt.date) -> Iterator[Row]:
    for building, reference, operation, _voted_on in told_works(stage, today=today):
        for rank in range(1, operation.calls + 1):
            yield {
                "building": building.reference,
                "works_operation": reference,
                "rank": str(rank),
                "due_on": day(works_due_on(stage, operation, rank=rank)),
            }


def expense_rows(stage: Stage, *, today: dt.date) -> Iterator[Row]:
    """The expenses of each key, spread over its headings and the quarters; those to come are not known yet."""
    for building in syndicats(stage):
        for year in told_years(stage, building, today=today):
            for key, cents in building.expenses_cents(year).items():
                headings = {line.account: line for line in BUDGET if line.key == key}
                weights = {account: line.euros_per_unit for account, line in headings.items()}
                parts = allocate(amount_cents=cents, shares=weights, total_shares=sum(weights.values()))
                for account, part in parts.items():
                    yield from invoices(building, year=year, line=headings[account], cents=part, today=today)


def invoices(building: Building, *, year: int, line: BudgetLine, cents: int, today: dt.date) -> Iterator[Row]:
    supplier, recoverable = SUPPLIERS[line.account]
    for rank in range(1, INVOICES_A_YEAR + 1):
        booked_on = days_after(add_months(fiscal_year_start(building, year), 3 * rank - 1), 9)
        amount = instalment(annual_cents=cents, rank=rank, count=INVOICES_A_YEAR)
        reference = f"{line.account}-{line.key}-{rank}"
        if booked_on <= today:
            yield {
                "building": building.reference,
                "fiscal_year": exercise_words(building, year),
                "reference": reference,
                "key": line.key,
                "chart_account": line.account,
                "label": chart_of_accounts()[line.account],
                "supplier_name": supplier,
                "booked_on": day(booked_on),
                "amount": plain_cents(amount),
                "recoverable": plain_cents(amount * recoverable // PER_MILLE),
                "piece": f"FAC-{building.reference}-{year}-{reference}",
            }


def call_part_rows(stage: Stage, accounts: list[Account], *, today: dt.date) -> Iterator[Row]:
    """What each call of a syndicat asks for."""
    works = {
        (building.reference, works_due_on(stage, operation, rank=rank)): (reference, rank)
        for building, reference, operation, _voted_on in told_works(stage, today=today)
        for rank in range(1, operation.calls + 1)
    }
    buildings = {building.reference: building for building in syndicats(stage)}
    for account in accounts:
        if account.kind == CO_OWNER and account.creditor == f"SDC-{account.building}":
            for call in account.calls:
                told = {"account": account.reference, "call": call.reference, "building": account.building}
                yield told | asked_for(buildings[account.building], call, works)


def asked_for(building: Building, call: Due, works: dict[tuple[str, dt.date], tuple[str, int]]) -> Row:
    if call.kind == "works":
        operation, rank = works[building.reference, call.due_on]
        return {"works_operation": operation, "instalment": str(rank)}
    _kind, year, *quarter = call.reference.split("-")
    exercise = {"fiscal_year": exercise_words(building, int(year))}
    return exercise | ({"instalment": quarter[0]} if quarter else {})


def syndicats(stage: Stage) -> list[Building]:
    return [building for building in stage.buildings if building.is_syndic]
