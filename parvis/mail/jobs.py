"""What the clock and the queue call: rounds of sending, and forgetting."""

from django.utils import timezone

from parvis.mail import actions, anchors


def send_waiting() -> int:
    """After a commit, and every minute."""
    return actions.send_waiting(now=timezone.now())


def forget_old() -> int:
    """Every night."""
    return actions.forget_old(now=timezone.now())


def send_journal_heads() -> int:
    """Every night."""
    return anchors.send_journal_heads(now=timezone.now())
