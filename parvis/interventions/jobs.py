"""What the clock and the queue call."""

from parvis.interventions.actions import announcements, drafts, moves, photos
from parvis.kit.clock import database_now


def tell_of_announcements() -> int:
    """After each announcement, and every day; return how many notices were made."""
    return announcements.tell_of_recent(now=database_now())


def close_unanswered() -> int:
    """Every hour; return how many cases were closed, done for ten days without a word."""
    return moves.close_unanswered(now=database_now())


def scan_waiting() -> int:
    """Every minute; return how many photos were decided."""
    return photos.scan_waiting()


def forget_drafts() -> int:
    """Every night; return how many reports begun and left were forgotten."""
    return drafts.forget_old(now=database_now())
