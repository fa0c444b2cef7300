"""Instalments of an annual share, and the works fund (rules 4.1 and 4.3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.ledger.rules import instalment, works_fund_minimum
from parvis.property.rules import allocate


def quarters(annual_cents: int) -> list[int]:
    return [instalment(annual_cents=annual_cents, rank=rank) for rank in (1, 2, 3, 4)]


@given(annual_cents=st.integers(0, 10_000_000_00), count=st.integers(1, 12))
def test_instalments_add_up_and_differ_by_a_cent_at_most(annual_cents, count):
    parts = [instalment(annual_cents=annual_cents, rank=rank, count=count) for rank in range(1, count + 1)]

    assert sum(parts) == annual_cents
    assert max(parts) - min(parts) <= 1


@given(
    budget_cents=st.integers(0, 1_000_000_00),
    shares=st.dictionaries(st.integers(1, 90).map(str), st.integers(1, 900), min_size=1, max_size=30),
)
def test_all_the_calls_of_a_year_are_the_budget(budget_cents, shares):
    parts = allocate(amount_cents=budget_cents, shares=shares, total_shares=sum(shares.values()))

    assert sum(sum(quarters(annual)) for annual in parts.values()) == budget_cents


@pytest.mark.parametrize(
    ("annual_cents", "expected"),
    [
        (192_006, [48_002, 48_001, 48_002, 48_001]),  # source 106: four times 480,02 would call 2 cents too much
        (175_453, [43_863, 43_864, 43_863, 43_863]),  # 52 000 € × 287/8 506
        (38_000, [9_500, 9_500, 9_500, 9_500]),  # source 35
    ],
)
def test_worked_quarters(annual_cents, expected):
    assert quarters(annual_cents) == expected


@pytest.mark.parametrize("rank", [0, 5])
def test_no_fifth_quarter(rank):
    with pytest.raises(ValueError, match="does not exist"):
        instalment(annual_cents=100, rank=rank)


@pytest.mark.parametrize(
    ("budget_cents", "plan_cents", "expected"),
    [
        (5_700_000, 0, 285_000),
        (101, 0, 6),  # rounded up: 5,05 cents
        (5_700_000, 20_000_000, 500_000),  # 2,5 % of the plan is more
        (5_700_000, 4_000_000, 285_000),  # 5 % of the budget is more
    ],
)
def test_works_fund_is_never_under_the_legal_minimum(budget_cents, plan_cents, expected):
    assert works_fund_minimum(budget_cents=budget_cents, plan_cents=plan_cents) == expected
