"""How charges are called, to the cent. Pure: integer cents in, integer cents out."""

from collections.abc import Sequence

WORKS_FUND_BUDGET_PER_MILLE = 50
WORKS_FUND_PLAN_PER_MILLE = 25


def instalment(*, annual_cents: int, rank: int, count: int = 4) -> int:
    """Instalment `rank` (from 1) of `count` of an annual share: half-up rounding of what is called so far.

    The instalments add up to the annual share and differ by at most one cent.
    """
    return weighted_instalment(share_cents=annual_cents, rank=rank, weights=(1,) * count)


def weighted_instalment(*, share_cents: int, rank: int, weights: Sequence[int]) -> int:
    """The same where the calls are not equal: `weights` says the part of each (30, 40 and 30)."""
    if not 1 <= rank <= len(weights):
        raise ValueError(f"instalment {rank} of {len(weights)} does not exist")
    whole = sum(weights)
    called = sum(weights[:rank])
    return _half_up(share_cents * called, whole) - _half_up(share_cents * (called - weights[rank - 1]), whole)


def _half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)


def works_fund_minimum(*, budget_cents: int, plan_cents: int = 0) -> int:
    """Least yearly contribution to the works fund (loi 65-557, art. 14-2-1, à vérifier): 5 % of the budget.

    Once a works plan is adopted, 2.5 % of its amount where that is more. Rounded up to the cent.
    """
    of_budget = -(-budget_cents * WORKS_FUND_BUDGET_PER_MILLE // 1000)
    of_plan = -(-plan_cents * WORKS_FUND_PLAN_PER_MILLE // 1000)
    return max(of_budget, of_plan)
