"""What the clock and the queue call: rounds of sending, and forgetting."""

from django.utils import timezone

from parvis.mail import actions


def send_waiting() -> int:
    """After a commit, and every minute."""
    return actions.send_waiting(now=timezone.now())


def forget_old() -> int:
    """Every night."""
    return actions.forget_old(now=timezone.now())
