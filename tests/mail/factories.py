"""A message in the outbox, minimal."""

import datetime as dt

from django.utils import timezone

from parvis.agencies.models import Agency
from parvis.mail import actions
from parvis.mail.models import OutboxMessage
from tests.factories import AgencyFactory

TEXT = "Bonjour Madame Fontaine,\n\nConfirmez votre adresse :\n\nhttps://espace.exemple.fr/c/7FQ29KXM\n"
HTML = '<p>Bonjour Madame Fontaine,</p><p><a href="https://espace.exemple.fr/c/7FQ29KXM">Confirmer</a></p>'


def queued(
    *,
    to: str = "alice@exemple.fr",
    subject: str = "Confirmez votre adresse email",
    agency: Agency | None = None,
    expires_at: dt.datetime | None = None,
) -> OutboxMessage:
    return actions.queue_message(
        agency=agency or AgencyFactory.create(),
        kind="test",
        to_address=to,
        subject=subject,
        text=TEXT,
        html=HTML,
        expires_at=expires_at,
    )


def refused(message: OutboxMessage, *, error: str = "550 5.1.1 unknown user") -> OutboxMessage:
    """As the addressee's server left it."""
    actions.refuse(message, error=error, now=timezone.now())
    message.refresh_from_db()
    return message
