"""Write to the agency, answer, close; keep what somebody typed when their session ended."""

import dataclasses
import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone

from parvis.documents.actions import FileRefused, Paper, keep
from parvis.documents.actions.publishing import put_online
from parvis.documents.models import Document, StoredFile
from parvis.journal.actions import record
from parvis.kit import throttle
from parvis.kit.days import paris_day
from parvis.kit.french_dates import long_date
from parvis.kit.refusals import Refusal
from parvis.mail.actions import queue_written
from parvis.notices.actions import notify
from parvis.notices.models import Notice
from parvis.people.models import Client, User
from parvis.property.models import Lot
from parvis.threads import emails
from parvis.threads.models import Draft, Message, Thread
from parvis.threads.rules import DRAFT_KEPT

OF_AN_HOUR = throttle.Limit(name="thread-messages-hour", allowed=10, seconds=3600)
OF_A_DAY = throttle.Limit(name="thread-messages-day", allowed=40, seconds=24 * 3600)


class TooManyMessages(Refusal):
    """A person, or a program in their name, writes without end."""

    message = "Vous avez envoyé beaucoup de messages. Réessayez dans une heure, ou appelez votre agence."


class AttachmentRefused(Refusal):
    """The file is not taken, and why: shown beside its field."""


class ThreadClosed(Refusal):
    message = "Cette conversation est close. Écrivez un nouveau message."


@dataclasses.dataclass(frozen=True, kw_only=True)
class Author:
    """Who writes: a login, the name that the reader sees, how the login is greeted."""

    user: User
    name: str
    greeting: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Letter:
    """What was typed. `sending_key` was drawn with the form: sent twice, it is one message."""

    body: str
    sending_key: str
    file_name: str = ""
    file_content: bytes = b""


def open_thread(*, client: Client, lot: Lot | None, subject: str, letter: Letter, by: Author) -> Thread:
    """Write to the agency about one subject; whoever reads the client's accounts may. Sent twice: the same thread.

    Raises TooManyMessages past ten an hour or forty a day, AttachmentRefused for a file that is not taken.
    """
    sent = sent_before(letter, by=by)
    if sent is not None:
        return sent.thread
    admit(by.user)
    file = kept_file(letter)
    try:
        return write_first(client=client, lot=lot, subject=subject, letter=letter, file=file, by=by)
    except IntegrityError:
        return the_same(letter, by=by).thread


@transaction.atomic
def write_first(
    *, client: Client, lot: Lot | None, subject: str, letter: Letter, file: StoredFile | None, by: Author
) -> Thread:
    """The thread and its first message, the receipt, the word to the agency."""
    now = timezone.now()
    thread = Thread.objects.create(
        agency=client.agency, client=client, lot=lot, subject=subject, opened_at=now, latest_at=now
    )
    message = add_message(thread, letter=letter, by=by, at=now, is_from_agency=False)
    if file is not None:
        attach(message, file=file, by=by)
    Draft.objects.filter(user=by.user).delete()
    tell_of_arrival(thread, message=message, by=by)
    record(agency_id=thread.agency_id, verb="thread.opened", actor=actor(by), subject=("thread", thread.public_id))
    return thread


def add_to_thread(*, thread: Thread, letter: Letter, by: Author) -> Message:
    """The client goes on: the thread waits for the agency again. Refused once it is closed."""
    sent = sent_before(letter, by=by)
    if sent is not None:
        return sent
    admit(by.user)
    try:
        return write_next(thread=thread, letter=letter, by=by)
    except IntegrityError:
        return the_same(letter, by=by)


@transaction.atomic
def write_next(*, thread: Thread, letter: Letter, by: Author) -> Message:
    locked = locked_open(thread)
    message = add_message(locked, letter=letter, by=by, at=timezone.now(), is_from_agency=False)
    move(locked, to=Thread.State.WAITING, at=message.sent_at)
    Draft.objects.filter(user=by.user).delete()
    tell_of_arrival(locked, message=message, by=by)
    record(agency_id=locked.agency_id, verb="thread.continued", actor=actor(by), subject=("thread", locked.public_id))
    return message


def answer(*, thread: Thread, letter: Letter, by: Author) -> Message:
    """The agency answers; the client is told, with the answer itself. Refused once the thread is closed."""
    sent = sent_before(letter, by=by)
    if sent is not None:
        return sent
    try:
        return write_answer(thread=thread, letter=letter, by=by)
    except IntegrityError:
        return the_same(letter, by=by)


@transaction.atomic
def write_answer(*, thread: Thread, letter: Letter, by: Author) -> Message:
    locked = locked_open(thread)
    message = add_message(locked, letter=letter, by=by, at=timezone.now(), is_from_agency=True)
    move(locked, to=Thread.State.ANSWERED, at=message.sent_at)
    notify(
        clients=[locked.client],
        kind=Notice.Kind.MESSAGE,
        text=f"Votre agence a répondu à votre message « {locked.get_subject_display()} ».",
        target=("message", locked.public_id),
        written=emails.answered(thread=locked, message=message),
        key=f"answer-{message.public_id}",
    )
    record(agency_id=locked.agency_id, verb="thread.answered", actor=actor(by), subject=("thread", locked.public_id))
    return message


@transaction.atomic
def close(*, thread: Thread, by: Author) -> Thread:
    """The agency has nothing more to do for it. Refused when it is closed already."""
    locked = locked_open(thread)
    move(locked, to=Thread.State.CLOSED, at=locked.latest_at)
    record(agency_id=locked.agency_id, verb="thread.closed", actor=actor(by), subject=("thread", locked.public_id))
    return locked


def keep_draft(*, user: User, subject: str, place: str, body: str) -> None:
    """Note what was typed, once the session has ended; the last one replaces those before."""
    kept = {"subject": subject, "place": place, "body": body, "kept_at": timezone.now()}
    Draft.objects.update_or_create(user=user, defaults=kept)


def forget_drafts(*, now: dt.datetime) -> int:
    """Erase what nobody came back for within two days."""
    erased, _ = Draft.objects.filter(kept_at__lt=now - DRAFT_KEPT).delete()
    return erased


# What these verbs share


def kept_file(letter: Letter) -> StoredFile | None:
    """The file that comes with the message, checked and kept, before any row is locked."""
    if not letter.file_content:
        return None
    try:
        return keep(letter.file_content, name=letter.file_name)
    except FileRefused as refusal:
        raise AttachmentRefused(refusal.message) from refusal


def attach(message: Message, *, file: StoredFile, by: Author) -> None:
    """The file becomes a document of the client, in « Mes envois »."""
    thread = message.thread
    paper = Paper(
        agency=thread.agency,
        kind=Document.Kind.SENT_BY_CLIENT,
        title=f"Pièce jointe à votre message du {long_date(message.sent_at)}",
        dated_on=paris_day(message.sent_at),
        audience=Document.Audience.ACCOUNT,
        client=thread.client,
        lot=thread.lot,
    )
    message.attachment = put_online(paper, file=file, by=actor(by))
    message.save(update_fields=["attachment"])


def admit(user: User) -> None:
    if throttle.admit(OF_AN_HOUR, key=user.public_id) or throttle.admit(OF_A_DAY, key=user.public_id):
        raise TooManyMessages


def sent_before(letter: Letter, *, by: Author) -> Message | None:
    """The same message, already sent."""
    mine = Message.objects.filter(author=by.user, sending_key=letter.sending_key)
    return mine.select_related("thread__agency").first()


def the_same(letter: Letter, *, by: Author) -> Message:
    """The message that another request of the same form has just sent."""
    return Message.objects.select_related("thread__agency").get(author=by.user, sending_key=letter.sending_key)


def locked_open(thread: Thread) -> Thread:
    threads = Thread.objects.select_related("agency", "client").select_for_update(of=("self",))
    locked = threads.get(pk=thread.pk)
    if locked.is_closed:
        raise ThreadClosed
    return locked


def add_message(thread: Thread, *, letter: Letter, by: Author, at: dt.datetime, is_from_agency: bool) -> Message:
    return Message.objects.create(
        thread=thread,
        author=by.user,
        author_name=by.name,
        is_from_agency=is_from_agency,
        body=letter.body,
        sending_key=letter.sending_key,
        sent_at=at,
    )


def move(thread: Thread, *, to: Thread.State, at: dt.datetime) -> None:
    thread.state, thread.latest_at = to, at
    thread.save(update_fields=["state", "latest_at"])


def tell_of_arrival(thread: Thread, *, message: Message, by: Author) -> None:
    """The receipt to whoever wrote, the word to the agency."""
    agency = thread.agency
    if by.user.email:
        receipt = emails.received(thread=thread, message=message, greeting=by.greeting)
        queue_written(agency=agency, kind="thread-received", to_address=by.user.email, written=receipt)
    waiting = emails.waiting(thread=thread, message=message)
    queue_written(agency=agency, kind="thread-waiting", to_address=agency.email, written=waiting)


def actor(by: Author) -> tuple[str, str]:
    return ("user", by.user.public_id)
