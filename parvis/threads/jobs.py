"""What the clock calls: drafts that nobody came back for are forgotten."""

from parvis.kit.clock import database_now
from parvis.threads import actions


def forget_drafts() -> int:
    """Every night; return how many drafts were erased."""
    return actions.forget_drafts(now=database_now())
