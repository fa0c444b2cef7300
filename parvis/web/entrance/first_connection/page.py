"""What « Consultez votre boîte mail » shows."""

import datetime as dt
from dataclasses import dataclass

from parvis.mail.models import OutboxMessage
from parvis.people.actions.first_connection import seconds_before_resend
from parvis.people.models import Activation
from parvis.people.rules import mask_email


@dataclass(frozen=True, kw_only=True)
class Mailbox:
    """Where the message went, until when its link works, whether another may be sent, what became of it."""

    address: str
    expires_at: dt.datetime
    resend_in_seconds: int
    is_confirmed: bool
    is_undeliverable: bool


def mailbox(activation: Activation) -> Mailbox:
    return Mailbox(
        address=shown_address(activation),
        expires_at=activation.expires_at,
        resend_in_seconds=seconds_before_resend(activation),
        is_confirmed=activation.state == Activation.State.CONFIRMED,
        is_undeliverable=was_refused(activation),
    )


def shown_address(activation: Activation) -> str:
    """The address as the client typed it; masked when it is the one that the agency knows."""
    is_known = activation.email == activation.client.known_email.lower()
    return mask_email(activation.email) if is_known else activation.email


def was_refused(activation: Activation) -> bool:
    """Whether the mail server refused the last message sent to this address."""
    messages = OutboxMessage.objects.filter(
        agency_id=activation.agency_id,
        kind="confirm-address",
        to_address=activation.email,
        created_at__gte=activation.started_at,
    )
    last = messages.order_by("-created_at", "-pk").first()
    return last is not None and last.state == OutboxMessage.State.REFUSED
