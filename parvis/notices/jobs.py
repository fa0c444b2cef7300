"""What the clock calls: old notices are forgotten."""

from parvis.kit.clock import database_now
from parvis.notices import actions


def forget_old() -> int:
    """Every night; return how many notices were erased."""
    return actions.forget_old(now=database_now())
