"""The books of the demonstration respect the rules to the cent, whatever the day."""

import datetime as dt
from collections import defaultdict

import pytest

from parvis.demo.books import Account
from parvis.demo.buildings import BUDGET
from parvis.demo.charges import WORKS, exercise_words, fiscal_year_start
from parvis.demo.sources import chart_of_accounts
from parvis.ledger.rules import BalanceFacts, BalanceState, describe_balance, works_fund_minimum
from tests.demo.worlds import DAYS, FIRST_YEAR, TODAY, books, stage

SYNDIC = [building for building in stage().buildings if building.is_syndic]


def called(building, reference: str) -> int:
    """What all the accounts of that syndicat were asked under that reference (settlements count both ways)."""
    return sum(
        entry.debit_cents - entry.credit_cents
        for account in books()
        if account.creditor == f"SDC-{building.reference}"
        for entry in account.entries
        if entry.reference == reference
    )


@pytest.mark.parametrize("building", SYNDIC, ids=lambda building: building.reference)
@pytest.mark.parametrize("year", [FIRST_YEAR + 1, FIRST_YEAR + 2])
def test_four_calls_are_the_budget_and_its_works_fund(building, year):
    voted = sum(building.budget_cents(year).values())

    total = sum(called(building, f"AF-{year}-{quarter}") for quarter in (1, 2, 3, 4))

    assert total == voted + works_fund_minimum(budget_cents=voted)


@pytest.mark.parametrize("building", SYNDIC, ids=lambda building: building.reference)
def test_settlement_is_what_was_spent_less_what_was_called(building):
    year = FIRST_YEAR + 1
    spent, voted = building.expenses_cents(year), building.budget_cents(year)

    assert called(building, f"REG-{year}") == sum(spent.values()) - sum(voted.values())


@pytest.mark.parametrize("building", [b for b in SYNDIC if b.reference in WORKS], ids=lambda b: b.reference)
def test_works_are_called_to_the_cent(building):
    references = {e.reference for account in books() for e in account.entries if e.kind == "works" and e.debit_cents}
    cost = sum(operation.cost_cents for operation in WORKS[building.reference])

    assert sum(called(building, reference) for reference in references if reference.startswith("TX")) == cost


def test_a_budget_voted_late_adjusts_the_next_call_and_rewrites_none():
    late = next(building for building in SYNDIC if building.reference == "008")
    year = FIRST_YEAR + 2
    quarters = [called(late, f"AF-{year}-{quarter}") for quarter in (1, 2, 3, 4)]
    details = {e.detail for a in books() for e in a.entries if a.building == "008" and e.reference == f"AF-{year}-3"}

    assert quarters[0] < quarters[3] < quarters[2]
    assert all("Ajustement du budget voté" in detail for detail in details)


def test_budget_uses_the_headings_of_the_legal_chart():
    assert {line.account for line in BUDGET} <= chart_of_accounts().keys()
    assert chart_of_accounts()["602"] == "Électricité"


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_nothing_is_booked_in_the_future_and_calls_are_to_come(today):
    accounts = books(today)

    assert all(entry.booked_on <= today for account in accounts for entry in account.entries)
    assert all((call.issued_on or call.booked_on) <= today for account in accounts for call in account.calls)
    assert any(call.due_on > today for account in accounts for call in account.calls)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_every_state_of_a_balance_is_met(today):
    seen = defaultdict(set)
    for account in books(today):
        if not account.closed_on:
            seen[account.kind].add(describe_balance(facts(account, today), today=today).state)

    states = {BalanceState.DUE, BalanceState.LATE, BalanceState.ZERO, BalanceState.CREDIT, BalanceState.DIRECT_DEBIT}
    assert seen["co_owner"] >= states
    assert BalanceState.LATE in seen["tenant"]
    assert {BalanceState.CREDIT, BalanceState.ZERO} <= seen["landlord"]


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_plans_and_disputes_still_owe_something(today):
    owing = {(a.kind, a.arrangement) for a in books(today) if a.arrangement and a.balance_cents < 0}

    assert {("co_owner", "plan"), ("tenant", "plan"), ("co_owner", "dispute")} <= owing


def test_who_pays_by_direct_debit_is_never_late():
    for account in books():
        if account.payment_mode == "direct_debit":
            state = describe_balance(facts(account, TODAY), today=TODAY).state
            assert state != BalanceState.LATE, account.reference


def test_no_account_is_called_twice_for_one_day():
    for account in books():
        days = [call.due_on for call in account.calls]
        assert len(days) == len(set(days)), account.reference


def test_landlords_receive_what_their_tenants_paid():
    paid = sum(
        entry.credit_cents
        for account in books()
        if account.kind == "tenant"
        for entry in account.entries
        if entry.kind == "payment" and entry.reference not in ("R-DG", "SOLDE")
    )

    assert sum(e.credit_cents for a in books() if a.kind == "landlord" for e in a.entries) == paid


def test_fees_are_seven_point_two_percent_of_each_rent():
    for account in (account for account in books() if account.kind == "landlord"):
        by_reference = {entry.reference[2:]: entry for entry in account.entries if entry.kind == "rent"}
        for fee in (entry for entry in account.entries if entry.kind == "fees"):
            assert abs(fee.debit_cents * 1000 - by_reference[fee.reference[2:]].credit_cents * 72) <= 500


def test_payouts_never_take_more_than_there_is():
    for account in (account for account in books() if account.kind == "landlord"):
        balance = 0
        for entry in sorted(account.entries, key=lambda entry: (entry.booked_on, entry.kind != "payout")):
            balance += entry.credit_cents - entry.debit_cents
            assert entry.kind != "payout" or balance >= 0


def test_a_seller_leaves_with_nothing_owed_and_a_buyer_pays_from_then_on():
    building = next(building for building in SYNDIC if building.reference == "001")
    seller, buyer = (tenure for tenure in stage().tenures if tenure.unit is building.units[7])
    accounts = {a.client.reference: a for a in books() if a.creditor == "SDC-001"}

    assert accounts[seller.payer.reference].balance_cents == 0
    assert accounts[seller.payer.reference].closed_on
    assert max(c.due_on for c in accounts[seller.payer.reference].calls) <= seller.ends_on
    assert min(c.due_on for c in accounts[buyer.payer.reference].calls) > seller.ends_on


def test_bare_owner_bears_the_works_and_usufructuary_the_charges():
    tenure = next(tenure for tenure in stage().tenures if tenure.holders[0].kind == "usufruct")
    kinds = {a.client.reference: {c.kind for c in a.calls} for a in books() if a.creditor == "SDC-001"}

    assert kinds[tenure.works_payer.reference] == {"works"}
    assert "works" not in kinds[tenure.payer.reference]


@pytest.mark.parametrize("later", [dt.date(2026, 11, 24), dt.date(2026, 12, 31), dt.date(2027, 2, 3)], ids=str)
def test_a_later_day_only_adds_lines(later):
    after = {account.reference: {entry.reference: entry for entry in account.entries} for account in books(later)}

    for account in books():
        for entry in account.entries:
            assert after[account.reference][entry.reference] == entry


def test_exercises_are_named_by_their_years():
    months = {building.source.fiscal_month for building in SYNDIC}
    january = next(building for building in SYNDIC if building.source.fiscal_month == 1)
    july = next(building for building in SYNDIC if building.source.fiscal_month == 7)

    assert len(months) >= 6
    assert (exercise_words(january, 2026), exercise_words(july, 2026)) == ("2026", "2026-2027")
    assert fiscal_year_start(july, 2026) == dt.date(2026, 7, 1)


def facts(account: Account, today: dt.date) -> BalanceFacts:
    """What the portal will know of this account, computed apart from it."""
    to_come = sorted((call.due_on, call.cents) for call in account.calls if call.due_on >= today)
    return BalanceFacts(
        kind=account.kind,
        balance_cents=account.balance_cents,
        not_yet_due_cents=sum(e.debit_cents for e in account.entries if e.due_on and e.due_on > today),
        next_due_on=to_come[0][0] if to_come else None,
        next_due_cents=to_come[0][1] if to_come else None,
        oldest_unpaid_on=oldest_unpaid(account, today),
        next_payout_on=account.next_payout_on,
        payment_mode=account.payment_mode,
        arrangement=account.arrangement,
    )


def oldest_unpaid(account: Account, today: dt.date) -> dt.date | None:
    """Credits pay the oldest debits first; the due date of the first one left, if it has come."""
    credit = sum(entry.credit_cents for entry in account.entries)
    for entry in sorted(account.entries, key=lambda entry: entry.due_on or entry.booked_on):
        credit -= entry.debit_cents
        if credit < 0:
            due_on = entry.due_on or entry.booked_on
            return due_on if due_on <= today else None
    return None
