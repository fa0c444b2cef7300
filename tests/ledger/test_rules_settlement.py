"""What a closed year cost each lot, and the works fund attached to it (rules 4.2 and 4.3)."""

from hypothesis import given
from hypothesis import strategies as st

from parvis.ledger.rules.explained import Key, Line, Section
from parvis.ledger.rules.settlement import KeyYear, explain_settlement, settle, works_fund_share

CENTS = st.integers(0, 500_000_00)
SHARES = st.dictionaries(st.integers(1, 60).map(str), st.integers(1, 900), min_size=1, max_size=20)


def key_of(shares, code="GEN"):
    return Key(code=code, label="Charges générales", total_shares=sum(shares.values()), shares=shares)


@given(SHARES, CENTS, CENTS)
def test_all_the_lots_settle_the_difference_between_expenses_and_provisions(shares, spent, voted):
    year = KeyYear(key=key_of(shares), voted_cents=voted, spent_cents=spent)

    owed = sum(settled.owed_cents for lot in shares for settled in settle([year], [lot]))

    assert owed == spent - voted


@given(SHARES, CENTS, CENTS)
def test_the_steps_of_a_settlement_are_what_it_asks(shares, spent, voted):
    year = KeyYear(key=key_of(shares), voted_cents=voted, spent_cents=spent)

    steps = explain_settlement([year], list(shares), budget="2025")

    assert [(step.share_cents, step.former_cents, step.cents) for step in steps] == [(spent, voted, spent - voted)]


@given(SHARES, st.lists(CENTS, max_size=4), CENTS)
def test_the_works_fund_of_all_the_lots_is_that_of_the_building(shares, yearly, taken):
    key = key_of(shares)
    paid = [Line(section=Section.WORKS_FUND, key=key, cents=cents) for cents in yearly]
    used = [Line(section=Section.WORKS, key=key, cents=taken)]

    assert sum(works_fund_share(paid=paid, used=used, lots=[lot]) for lot in shares) == sum(yearly) - taken


def test_a_worked_settlement():
    """Expenses of 42 000 €, provisions of 40 000 €: 10 of the 100 shares owe 200 €."""
    key = key_of({"1": 10, "2": 90})

    (settled,) = settle([KeyYear(key=key, voted_cents=4_000_000, spent_cents=4_200_000)], ["1"])

    assert (settled.spent_cents, settled.called_cents, settled.owed_cents) == (420_000, 400_000, 20_000)


def test_a_lot_outside_a_key_settles_nothing_of_it():
    lift = key_of({"2": 10}, code="ASC")

    assert settle([KeyYear(key=lift, voted_cents=1, spent_cents=2)], ["1"]) == ()
