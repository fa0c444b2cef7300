"""Splitting a sum over the lots of a building (rules 4.1)."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.property.rules import SharesDoNotAddUp, allocate, lot_order

SHARES = st.dictionaries(st.integers(1, 400).map(str), st.integers(1, 2000), min_size=1, max_size=60)
AMOUNTS = st.integers(0, 50_000_000_00)


@given(amount_cents=AMOUNTS, shares=SHARES)
def test_lots_add_up_to_the_budget(amount_cents, shares):
    parts = allocate(amount_cents=amount_cents, shares=shares, total_shares=sum(shares.values()))

    assert sum(parts.values()) == amount_cents
    assert parts.keys() == shares.keys()


@given(amount_cents=AMOUNTS, shares=SHARES)
def test_no_lot_is_a_cent_away_from_its_exact_share(amount_cents, shares):
    total = sum(shares.values())

    parts = allocate(amount_cents=amount_cents, shares=shares, total_shares=total)

    assert all(abs(parts[lot] * total - amount_cents * shares[lot]) < total for lot in shares)


@given(amount_cents=AMOUNTS, shares=SHARES)
def test_a_larger_share_never_pays_less(amount_cents, shares):
    parts = allocate(amount_cents=amount_cents, shares=shares, total_shares=sum(shares.values()))

    by_share = sorted(shares, key=lambda lot: shares[lot])
    assert all(parts[a] <= parts[b] for a, b in itertools.pairwise(by_share) if shares[a] < shares[b])


def test_three_equal_lots_the_first_bears_the_cent():
    """1 000,00 € over 3 equal lots (rules 4.1, computed)."""
    parts = allocate(amount_cents=100_000, shares={"3": 1, "10": 1, "2": 1}, total_shares=3)

    assert parts == {"2": 33_334, "3": 33_333, "10": 33_333}


def test_equal_remainders_the_larger_share_bears_the_cent():
    """The exact shares end in half a cent: the larger share first, then the lower lot number."""
    assert allocate(amount_cents=2, shares={"1": 1, "2": 1, "3": 2}, total_shares=4) == {"1": 1, "2": 0, "3": 1}
    assert allocate(amount_cents=1, shares={"1": 3, "2": 3}, total_shares=6) == {"1": 1, "2": 0}
    assert allocate(amount_cents=2, shares={"1": 1, "2": 3}, total_shares=4) == {"1": 0, "2": 2}


@pytest.mark.parametrize(
    ("budget_cents", "share", "total", "expected"),
    [
        (5_700_000, 319, 9_470, 192_006),  # 57 000 € × 319/9 470 (rules 4.1, source 106)
        (5_200_000, 287, 8_506, 175_453),  # 52 000 € × 287/8 506 (rules 4.1, computed)
    ],
)
def test_worked_shares(budget_cents, share, total, expected):
    parts = allocate(amount_cents=budget_cents, shares={"14": share, "rest": total - share}, total_shares=total)

    assert parts["14"] == expected


def test_two_keys_of_one_lot():
    """10/100 × 800 € + 30/70 × 700 € = 380 € (rules 4.1, source 35)."""
    general = allocate(amount_cents=80_000, shares={"1": 10, "2": 90}, total_shares=100)
    lift = allocate(amount_cents=70_000, shares={"1": 30, "2": 40}, total_shares=70)

    assert general["1"] + lift["1"] == 38_000


@pytest.mark.parametrize(("shares", "total"), [({"1": 10}, 11), ({"1": 10, "2": 5}, 10), ({}, 0)])
def test_refuses_shares_that_are_not_the_deed(shares, total):
    with pytest.raises(SharesDoNotAddUp):
        allocate(amount_cents=100, shares=shares, total_shares=total)


def test_lots_are_counted_as_people_count():
    assert sorted(["10", "12A", "2", "12"], key=lot_order) == ["2", "10", "12", "12A"]
