"""What the clock calls: who is told of what falls due."""

from parvis.kit.clock import database_now
from parvis.ledger.actions import due_dates


def tell_of_dues() -> int:
    """Every morning; return how many notices were made."""
    return due_dates.tell_of_dues(now=database_now())
