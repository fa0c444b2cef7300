"""The link of the confirmation message: used once by a human hand, renewed when it is too old."""

from django.db import transaction

from parvis.kit.clock import database_now
from parvis.mail.actions import queue_written
from parvis.people import emails
from parvis.people.actions import links, objections
from parvis.people.actions.first_connection import LASTS, Browser, is_known, journal, send_link
from parvis.people.actions.locks import hold_clients
from parvis.people.models import AccessFreeze, Activation, EmailLink
from parvis.people.rules import mask_email


@transaction.atomic
def confirm_address(*, link: EmailLink) -> Activation:
    """Confirm the address of the link's start; tell the address that the agency knows, if it is another.

    Refuses (`LinkRefused`) a link that was used, replaced or is too old, also when two uses meet.
    """
    row = waiting_start(link)
    links.use(link)
    confirm(row)
    return row


def waiting_start(link: EmailLink) -> Activation:
    """The start that waits for its address to be confirmed, its client held; refused when it does not any more."""
    if link.activation is not None:
        hold_clients([link.activation.client_id])
    rows = Activation.objects.live().select_related("client__agency")
    row = rows.filter(links=link, state=Activation.State.ADDRESS_GIVEN, email=link.email).first()
    if row is None:
        raise links.LinkRefused
    return row


def confirm(row: Activation) -> None:
    """Note that the address of the start is its client's. Also for an address that a provider has verified."""
    now = database_now()
    row.state, row.confirmed_at, row.expires_at = Activation.State.CONFIRMED, now, now + LASTS
    row.save()
    known = row.client.known_email
    masked = mask_email(row.email)
    if known and known.lower() != row.email:
        url = objections.of_start(row, trigger=AccessFreeze.Trigger.OTHER_ADDRESS, email=known)
        written = emails.other_address_confirmed(client=row.client, masked=masked, at=now, not_me_url=url)
        queue_written(agency=row.client.agency, kind="other-address-confirmed", to_address=known, written=written)
    journal("first-connection.address-confirmed", row, email=masked)


@transaction.atomic
def renew(*, link: EmailLink, host: str) -> None:
    """Send a new link to the address of one that is too old. Refused when its start goes on elsewhere."""
    row = waiting_start(link)
    if link.superseded_at is not None or link.used_at is not None:
        raise links.LinkRefused
    send_link(row, host=host)
    journal("first-connection.link-renewed", row)


def began_in(browser: Browser, activation: Activation) -> bool:
    """Whether this browser is the one of the start, so that it goes on without the password."""
    return is_known(Browser(token=browser.token), activation)
