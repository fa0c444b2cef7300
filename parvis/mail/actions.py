"""Queue a message, send what waits, try again by hand, forget what is old."""

import datetime as dt
import json
import time
from email.errors import MessageError

from cryptography.fernet import InvalidToken
from django.core.validators import validate_email
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_q.tasks import async_task

from parvis.agencies.models import Agency
from parvis.journal.actions import record
from parvis.kit.identifiers import new_public_id
from parvis.kit.refusals import Refusal
from parvis.kit.sealing import seal, unseal
from parvis.mail import mime, rules, smtp
from parvis.mail.frame import Written
from parvis.mail.models import OutboxMessage

SEND_WAITING = "parvis.mail.jobs.send_waiting"
BODY = "message body"
ERROR_LENGTH = 300
ROUND_LASTS = 60.0


class NotReplayable(Refusal):
    message = "Ce message n’a plus de contenu ou n’est plus utile : il ne peut pas repartir."


def queue_message(  # noqa: PLR0913 -- the parts of a message
    *,
    agency: Agency,
    kind: str,
    to_address: str,
    subject: str,
    text: str,
    html: str,
    expires_at: dt.datetime | None = None,
    unsubscribe_url: str = "",
) -> OutboxMessage:
    """Put a message in the outbox, in the caller's transaction: it leaves after the commit, or never existed.

    `parvis.mail.frame` writes `subject`, `text` and `html` from one text. Past `expires_at` the message is dropped.
    `unsubscribe_url` is where a kind of message that one may leave is left.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A message is queued in the transaction that wants it.")
    validate_email(to_address)
    public_id, now = new_public_id(), timezone.now()
    message = OutboxMessage.objects.create(
        agency=agency,
        public_id=public_id,
        kind=kind,
        to_address=to_address,
        subject=mime.one_line(subject),
        sealed_body=seal(json.dumps([text, html]), purpose=BODY),
        message_id=f"<{public_id}@{mime.sender(agency).domain}>",
        created_at=now,
        next_attempt_at=now,
        expires_at=expires_at,
        unsubscribe_url=unsubscribe_url,
    )
    transaction.on_commit(wake_worker, robust=True)
    return message


def queue_written(
    *,
    agency: Agency,
    kind: str,
    to_address: str,
    written: Written,
    expires_at: dt.datetime | None = None,
    unsubscribe_url: str = "",
) -> OutboxMessage:
    """Queue what `frame.write` made."""
    return queue_message(
        agency=agency,
        kind=kind,
        to_address=to_address,
        subject=written.subject,
        text=written.text,
        html=written.html,
        expires_at=expires_at,
        unsubscribe_url=unsubscribe_url,
    )


def wake_worker() -> None:
    """Have the worker send now; should this be lost, the schedule sends within the minute."""
    async_task(SEND_WAITING, task_name="send waiting messages")


def read_body(message: OutboxMessage) -> tuple[str, str]:
    """The text and the HTML of a message whose body was not erased yet."""
    text, html = json.loads(unseal(message.sealed_body, purpose=BODY))
    return text, html


def send_waiting(*, now: dt.datetime, lasting: float = ROUND_LASTS) -> int:
    """Send what is due, one message at a time, in order for each address; return how many left.

    A server that is away ends the round before any message counts an attempt; so do `lasting` seconds: the schedule
    makes the next one. A server that hangs up after some messages (many take so many a session) is called again.
    """
    drop_expired(now=now)
    started, sent = time.monotonic(), 0
    with smtp.Server() as server:
        while time.monotonic() - started < lasting and is_there(server, now=now) and (message := claim(now=now)):
            try:
                sent += deliver(message, server=server, now=now)
            except smtp.ServerUnreachable:
                if not server.taken:
                    break
                server.leave()
    return sent


def is_there(server: smtp.Server, *, now: dt.datetime) -> bool:
    """Whether something is due and the server answers. Its absence is no message's fault: none waits longer for it."""
    if server.is_open:
        return True
    first = OutboxMessage.objects.due(now).first()
    if first is None:
        return False
    try:
        server.connected()
    except smtp.ServerUnreachable as error:
        OutboxMessage.objects.filter(pk=first.pk).update(last_error=str(error)[:ERROR_LENGTH])
        return False
    return True


def drop_expired(*, now: dt.datetime) -> int:
    """A message that is of no use any more (a dead link) does not leave."""
    late = OutboxMessage.objects.waiting().filter(expires_at__lte=now)
    return late.update(state=OutboxMessage.State.EXPIRED, ended_at=now, next_attempt_at=None, sealed_body="")


def claim(*, now: dt.datetime) -> OutboxMessage | None:
    """Take the oldest due message for as long as an attempt may last; nobody else sends it meanwhile.

    The transaction ends before the server is spoken to: a slow server never holds the database.
    """
    with transaction.atomic():
        skip_locked = connection.features.has_select_for_update_skip_locked
        due = OutboxMessage.objects.due(now).select_related("agency")
        message = due.select_for_update(of=("self",), skip_locked=skip_locked).first()
        if message is None:
            return None
        message.attempts += 1
        message.next_attempt_at = now + rules.LEASE
        message.save(update_fields=["attempts", "next_attempt_at"])
    return message


def deliver(message: OutboxMessage, *, server: smtp.Server, now: dt.datetime) -> bool:
    """Try once and note how it went; True when the server took the message.

    Raises ServerUnreachable, the attempt noted. A worker that dies before the note sends again, with the same
    Message-ID: at least once, never lost.
    """
    try:
        hand_over(message, server=server)
    except smtp.RecipientRefused as error:
        refuse(message, error=str(error), now=now)
        return False
    except (InvalidToken, ValueError, MessageError) as error:
        refuse(message, error=f"illisible : {type(error).__name__}", now=now)
        return False
    except smtp.SendingFailed as error:
        postpone(message, error=str(error), now=now)
        if isinstance(error, smtp.ServerUnreachable):
            raise
        return False
    note_sent(message, now=now)
    return True


def hand_over(message: OutboxMessage, *, server: smtp.Server) -> None:
    """Write the message for the wire and give it to the server.

    Raises InvalidToken when the secret key of its body is gone, ValueError or MessageError for an address that
    cannot be written.
    """
    text, html = read_body(message)
    server.send(
        sender=mime.sender(message.agency).addr_spec,
        recipient=mime.ascii_address(message.to_address),
        message=mime.as_bytes(message, text=text, html=html, eight_bit=server.takes_eight_bits),
    )


def note_sent(message: OutboxMessage, *, now: dt.datetime) -> None:
    OutboxMessage.objects.filter(pk=message.pk).update(
        state=OutboxMessage.State.SENT, ended_at=now, next_attempt_at=None, last_error=""
    )


def postpone(message: OutboxMessage, *, error: str, now: dt.datetime) -> None:
    """Wait longer after each failure; after five days the message goes to the list of refusals."""
    if message.attempts >= rules.LAST_ATTEMPT:
        refuse(message, error=f"abandonné : {error}", now=now)
        return
    still_mine(message).update(
        next_attempt_at=now + rules.delay_after(message.attempts), last_error=error[:ERROR_LENGTH]
    )


@transaction.atomic
def refuse(message: OutboxMessage, *, error: str, now: dt.datetime) -> None:
    """End the message: only a person can have it leave again."""
    ended = still_mine(message).update(
        state=OutboxMessage.State.REFUSED, ended_at=now, next_attempt_at=None, last_error=error[:ERROR_LENGTH]
    )
    if ended:
        record(agency_id=message.agency_id, verb="message.refused", subject=("message", message.public_id))


def still_mine(message: OutboxMessage) -> QuerySet[OutboxMessage]:
    """The row, unless another worker took it since (the lease had run out)."""
    return OutboxMessage.objects.waiting().filter(pk=message.pk, attempts=message.attempts)


@transaction.atomic
def replay(*, message: OutboxMessage, by: tuple[str, str] = ("system", "")) -> OutboxMessage:
    """Send a refused message again, from the first delay. Refused when its body is gone or its time has passed."""
    now = timezone.now()
    message = OutboxMessage.objects.select_for_update(of=("self",)).get(pk=message.pk)
    is_late = message.expires_at is not None and message.expires_at <= now
    if message.state != OutboxMessage.State.REFUSED or not message.sealed_body or is_late:
        raise NotReplayable
    message.state, message.attempts = OutboxMessage.State.QUEUED, 0
    message.next_attempt_at, message.ended_at = now, None
    message.save(update_fields=["state", "attempts", "next_attempt_at", "ended_at"])
    record(agency_id=message.agency_id, verb="message.replayed", actor=by, subject=("message", message.public_id))
    transaction.on_commit(wake_worker, robust=True)
    return message


def forget_old(*, now: dt.datetime) -> int:
    """Erase the bodies of messages ended for two weeks, and the rows of a year; return how many bodies."""
    ended = OutboxMessage.objects.exclude(state=OutboxMessage.State.QUEUED)
    ended.filter(ended_at__lt=now - rules.ROW_KEPT).delete()
    return ended.filter(ended_at__lt=now - rules.BODY_KEPT).exclude(sealed_body="").update(sealed_body="")
