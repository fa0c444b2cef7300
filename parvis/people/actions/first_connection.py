"""The first connection: one row a start, bound to a browser, from the secret of a letter to an access.

A start replaces the one before, with its links and its social account. Nothing here opens a session: a person is
signed in only once `finish` has made their login.
"""

import dataclasses
import datetime as dt

from django.db import transaction
from django.db.models.functions import Now

from parvis.journal.actions import record
from parvis.kit import throttle
from parvis.kit.clock import database_now
from parvis.kit.refusals import Refusal
from parvis.kit.typography import format_phone
from parvis.mail.actions import queue_written
from parvis.people import emails
from parvis.people.actions import links
from parvis.people.actions.locks import hold_clients
from parvis.people.models import AccessFreeze, Activation, Client, EmailLink, User
from parvis.people.rules import mask_email, normalise_email
from parvis.people.tokens import new_token, token_digest

LASTS = dt.timedelta(hours=24)
RESEND_AFTER = dt.timedelta(seconds=60)
# The first message, then 5 more a day, whatever is started again meanwhile.
MESSAGES_OF_A_DAY = throttle.Limit(name="confirmation-day", allowed=6, seconds=24 * 3600)


class AddressTaken(Refusal):
    """The agency wants one address for one client."""

    def __init__(self, *, phone: str) -> None:
        super().__init__(
            f"Cette adresse est déjà utilisée. Choisissez-en une autre ou appelez votre agence\u00a0: "
            f"{format_phone(phone)}."
        )


class TooSoon(Refusal):
    """A message has just left."""

    def __init__(self, *, wait_seconds: int) -> None:
        self.wait_seconds = wait_seconds
        seconds = f"{wait_seconds}\u00a0seconde{'s' if wait_seconds > 1 else ''}"
        super().__init__(f"Le message vient d’être envoyé. Vous pourrez le renvoyer dans {seconds}.")


class TooManyMessages(Refusal):
    message = "Vous avez demandé 5 messages aujourd’hui. Réessayez demain ou appelez votre agence."


class FrozenMeanwhile(Refusal):
    """The access was frozen while its secret was being compared: the words are those of a wrong secret."""

    message = "Identifiant ou mot de passe incorrect."


class StepLost(Refusal):
    """The start was replaced, finished or is too old: the person signs in again."""

    message = "Cette étape n’est plus ouverte. Reconnectez-vous pour reprendre."


@dataclasses.dataclass(frozen=True, kw_only=True)
class Browser:
    """What a session remembers of a first connection: the token it was bound with, the start whose link it used."""

    token: str = ""
    confirmed: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Started:
    """A first connection at its next step, and the token that binds it to this browser."""

    activation: Activation
    token: str = dataclasses.field(repr=False)


def begin(*, client: Client, own_password_hash: str, browser: Browser) -> Started:
    """Start, or go on in the browser that began or that used the link. Call it inside a transaction.

    `own_password_hash` is empty when the client came with a provisional code. Refuses (`FrozenMeanwhile`) a client
    whose access is frozen.
    """
    hold_clients([client.pk])
    if AccessFreeze.objects.open().filter(client=client).exists():
        raise FrozenMeanwhile
    token = new_token()
    live = Activation.objects.current().filter(client=client, is_provisional=not own_password_hash).first()
    if live is not None and is_known(browser, live):
        live.browser_hash = token_digest(token)
        live.save(update_fields=["browser_hash"])
        return Started(activation=live, token=token)
    end_live(client)
    now = database_now()
    started = Activation.objects.create(
        agency_id=client.agency_id,
        client=client,
        is_provisional=not own_password_hash,
        own_password_hash=own_password_hash,
        browser_hash=token_digest(token),
        started_at=now,
        expires_at=now + LASTS,
    )
    journal("first-connection.started", started)
    return Started(activation=started, token=token)


def is_known(browser: Browser, live: Activation) -> bool:
    """Whether this browser began the live start, or confirmed its address."""
    began = bool(browser.token) and token_digest(browser.token) == live.browser_hash
    return began or (live.state == Activation.State.CONFIRMED and browser.confirmed == live.public_id)


def end_live(client: Client) -> None:
    """Stop what an earlier start left pending: its browser, its links, its social account."""
    live = Activation.objects.live().filter(client=client)
    links.supersede(EmailLink.objects.filter(activation__in=list(live)))
    live.update(
        state=Activation.State.SUPERSEDED,
        ended_at=Now(),
        own_password_hash="",
        social_provider="",
        social_issuer="",
        social_subject="",
    )


def of_browser(token: str) -> Activation | None:
    """The live start bound to the browser that holds this token."""
    if not token:
        return None
    starts = Activation.objects.current().filter(browser_hash=token_digest(token))
    return starts.select_related("client__agency").first()


def locked(activation: Activation) -> Activation:
    """The row as it is now, its client held: nobody else changes it. StepLost when it is no longer live."""
    hold_clients([activation.client_id])
    rows = Activation.objects.current().select_related("client__agency")
    row = rows.filter(pk=activation.pk, browser_hash=activation.browser_hash).first()
    if row is None:
        raise StepLost
    return row


@transaction.atomic
def give_address(*, activation: Activation, email: str, host: str) -> Activation:
    """Take the courriel that the client gives (again, or another) and send its link there.

    The same one given twice in a minute is a button pressed twice: one message. Refuses a taken address where the
    agency wants it, and a seventh message in a day.
    """
    row = locked(activation)
    email = normalise_email(email)
    if row.state == Activation.State.ADDRESS_GIVEN and row.email == email and seconds_before_resend(row):
        return row
    if not row.client.agency.allows_shared_email and is_taken(email, agency_id=row.agency_id):
        raise AddressTaken(phone=row.client.agency.phone)
    row.email, row.state, row.confirmed_at = email, Activation.State.ADDRESS_GIVEN, None
    send_link(row, host=host)
    journal("first-connection.address-given", row, email=mask_email(email))
    return row


def is_taken(email: str, *, agency_id: int) -> bool:
    return bool(User.objects.filter(agency_id=agency_id, email=email).exists())


def send_link(row: Activation, *, host: str) -> None:
    """Save the start and queue its confirmation message, within the limits of a day; the link before stops working."""
    if throttle.admit(MESSAGES_OF_A_DAY, key=str(row.client_id)):
        raise TooManyMessages
    made = links.new_confirmation(row)
    row.messages_sent, row.last_message_at = row.messages_sent + 1, made.link.created_at
    row.expires_at = made.link.expires_at
    row.save()
    agency = row.client.agency
    url = agency.link(made.path, asked_host=host)
    written = emails.confirm_address(client=row.client, url=url, expires_at=made.link.expires_at)
    queue_written(
        agency=agency,
        kind="confirm-address",
        to_address=row.email,
        written=written,
        expires_at=made.link.expires_at,
    )


@transaction.atomic
def send_again(*, activation: Activation, host: str) -> Activation:
    """Send the message again to the same address: a minute after the one before, five times a day."""
    row = locked(activation)
    if row.state != Activation.State.ADDRESS_GIVEN:
        raise StepLost
    wait = seconds_before_resend(row)
    if wait:
        raise TooSoon(wait_seconds=wait)
    send_link(row, host=host)
    journal("first-connection.message-sent-again", row)
    return row


def seconds_before_resend(activation: Activation) -> int:
    """The wait before another message may leave; 0 when it may."""
    if activation.last_message_at is None:
        return 0
    left = activation.last_message_at + RESEND_AFTER - database_now()
    return max(0, -int(-left.total_seconds() // 1))


def journal(verb: str, activation: Activation, *, email: str = "") -> None:
    """Write the step in the journal; a (masked) address stays erasable."""
    record(
        agency_id=activation.agency_id,
        verb=verb,
        actor=("client", activation.client.public_id),
        subject=("first-connection", activation.public_id),
        personal_detail={"email": email} if email else None,
    )
