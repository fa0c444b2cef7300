"""What the second step shows."""

from dataclasses import dataclass

from parvis.people.actions import second_step
from parvis.people.actions.ways_in import has_factor
from parvis.people.models import PendingSignIn
from parvis.people.rules import mask_email


@dataclass(frozen=True, kw_only=True)
class Step:
    """Where a code goes, whether one has left, and when another may; whether a second proof is asked every time."""

    address: str
    may_mail: bool
    has_mailed: bool
    has_factor: bool
    is_every_time: bool
    resend_in_seconds: int


def step_of(pending: PendingSignIn) -> Step:
    proves_more = has_factor(pending.user)
    return Step(
        address=mask_email(pending.user.email) if pending.user.email else "",
        may_mail=second_step.may_mail_code(pending, has_factor=proves_more),
        has_mailed=pending.messages_sent > 0,
        has_factor=proves_more,
        is_every_time=pending.user.is_staff and proves_more,
        resend_in_seconds=second_step.seconds_before_resend(pending),
    )
