"""Files that the staff bring in: received, looked at by a job, described line by line, then put online.

Nothing is lost between two steps: each file has its row before its bytes, and leaves it only for a document.
"""

import datetime as dt
import functools
import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.files import File
from django.db import IntegrityError, transaction
from django_q.tasks import async_task

from parvis.documents.actions.guessing import guessed
from parvis.documents.actions.publishing import Paper, PublicationRefused, fill, put_online, refuse_what_does_not_hold
from parvis.documents.actions.storing import keep, refuse_file_unscanned
from parvis.documents.examiner import LARGEST_BYTES, FileRefused, NotExamined, read_text
from parvis.documents.models import Audience, Deposit, Document, Kind, StoredFile
from parvis.documents.models.deposits import DepositQuerySet
from parvis.journal.actions import record
from parvis.kit.clock import database_now
from parvis.kit.days import PARIS, paris_day
from parvis.kit.refusals import Refusal
from parvis.kit.sizes import format_size
from parvis.kit.storage import document_storage
from parvis.people.models import Client, User, Viewer
from parvis.property.access import buildings_in_scope, clients_in_scope, sees_whole_agency
from parvis.property.models import Building, Lot

EXAMINE = "parvis.documents.jobs.examine_deposit"
PDF = "application/pdf"
REFUSED_KEPT = dt.timedelta(days=7)
PUBLISHED_KEPT = dt.timedelta(days=30)
UNCHECKED_KEPT = dt.timedelta(days=30)
ABANDONED_AFTER = dt.timedelta(hours=2)
LONGEST_NAME = 200
# What Parvis makes or a client has sent is not replaced by hand.
KEPT_AS_THEY_ARE = (Kind.RENT_RECEIPT, Kind.PARTIAL_RECEIPT, Kind.SENT_BY_CLIENT)


class OutOfScope(Refusal):
    message = (
        "Ce destinataire n’est pas dans votre périmètre\u00a0: choisissez un de vos immeubles ou de leurs clients."
    )


class NotReplaceable(Refusal):
    message = "Ce document ne se remplace pas\u00a0: il a été fait par Parvis, ou il est retiré."


class ReplacesLater(Refusal):
    message = (
        "Un document qui en remplace un autre prend sa place dès la publication\u00a0: laissez vide «\u00a0Mettre en "
        "ligne le\u00a0»."
    )


class NotOnTheTable(Refusal):
    message = "Ce fichier n’attend plus\u00a0: il est publié, ou son examen n’est pas terminé."


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a person says of a file."""

    kind: str
    title: str
    dated_on: dt.date
    audience: str
    client: Client | None = None
    lot: Lot | None = None
    building: Building | None = None
    publish_on: dt.date | None = None


# Receiving


def receive(*, user: User, file: "File[bytes]", name: str, replaces: Document | None = None) -> Deposit:
    """Keep a file that a member of the staff brings in; the same one brought in twice waits once.

    A file that is refused at the door keeps its line, with the reason. Raises `NotReplaceable`.
    """
    refuse_to_replace(replaces)
    name = name.replace("\0", "")[-LONGEST_NAME:] or "document"
    deposit = Deposit(agency_id=user.agency_id, user=user, name=name, size=file.size or 0, replaces=replaces)
    deposit.received_at, deposit.received_sha256 = database_now(), digest_of(file)
    refusal = refused_at_the_door(deposit)
    if refusal:
        deposit.state, deposit.reason, deposit.settled_at = Deposit.State.REFUSED, refusal, deposit.received_at
        deposit.save()
        return deposit
    same = standing_like(deposit).first()
    if same is not None:
        return same
    deposit.save()
    document_storage().save(deposit.storage_name, file)
    try:
        return arrived(deposit)
    except IntegrityError:
        forget(deposit)
        return standing_like(deposit).get()


def refuse_to_replace(document: Document | None) -> None:
    if document is not None and (document.kind in KEPT_AS_THEY_ARE or document.withdrawn_at is not None):
        raise NotReplaceable


def digest_of(file: "File[bytes]") -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def refused_at_the_door(deposit: Deposit) -> str:
    if not deposit.size:
        return "Ce fichier est vide."
    if deposit.size > LARGEST_BYTES:
        return f"Ce fichier pèse {format_size(deposit.size)}. Le maximum est de {LARGEST_BYTES // 1024**2}\u00a0Mo."
    return ""


def standing_like(deposit: Deposit) -> DepositQuerySet:
    like = {name: getattr(deposit, name) for name in ("user", "name", "received_sha256", "replaces")}
    found: DepositQuerySet = Deposit.objects.filter(state__in=Deposit.STANDING, **like)
    return found


@transaction.atomic
def arrived(deposit: Deposit) -> Deposit:
    """Its bytes are kept: a job looks at them."""
    deposit.state = Deposit.State.WAITING
    deposit.save(update_fields=["state"])
    record(
        agency_id=deposit.agency_id,
        verb="deposit.received",
        actor=("user", deposit.user.public_id),
        subject=("deposit", deposit.public_id),
    )
    examine = functools.partial(async_task, EXAMINE, deposit.public_id, task_name="look at a file brought in")
    transaction.on_commit(examine, robust=True)
    return deposit


# Looking


def examine_waiting(public_id: str = "") -> int:
    """Look at those that wait, or at that one; return how many. Twice does no harm."""
    waiting = Deposit.objects.filter(state=Deposit.State.WAITING).order_by("received_at", "pk")
    waiting = waiting.filter(public_id=public_id) if public_id else waiting
    found = list(waiting.select_related("user__staffmember", "user__agency", "replaces"))
    for deposit in found:
        examine(deposit)
    return len(found)


def examine(deposit: Deposit) -> None:
    """Check and keep the file, guess what it is; a bad file keeps its line, with the reason."""
    content = b"".join(document_storage().chunks(deposit.storage_name))
    try:
        file = keep(content, name=deposit.name)
    except FileRefused as refusal:
        settled = {"state": Deposit.State.REFUSED, "reason": refusal.message, "settled_at": database_now()}
    else:
        settled = {"state": Deposit.State.READY, "file": file, **facts_of(deposit, text=text_in(file, content))}
    if Deposit.objects.filter(pk=deposit.pk, state=Deposit.State.WAITING).update(**settled):
        document_storage().delete(deposit.storage_name)


def text_in(file: StoredFile, content: bytes) -> str:
    try:
        return read_text(content).text if file.media_type == PDF else ""
    except NotExamined:
        return ""


def facts_of(deposit: Deposit, *, text: str) -> dict[str, Any]:
    """What is proposed: that of the document whose place it takes, otherwise what it seems to be."""
    former = deposit.replaces
    if former is None:
        return guessed(name=deposit.name, text=text, viewer=Viewer.of(deposit.user))
    names = ("kind", "title", "dated_on", "audience", "client_id", "lot_id", "building_id")
    return {name: getattr(former, name) for name in names}


# Describing


@transaction.atomic
def describe(*, deposit: Deposit, said: Said, by: Viewer) -> Deposit:
    """Say what the file is and who reads it: it may then be put online. Who brought it in decides, within their scope.

    Raises `OutOfScope`, `NotOnTheTable`, `NotReplaceable`, `ReplacesLater`, `PublicationRefused` for what does not hold
    together.
    """
    locked = locked_on_the_table(deposit)
    for name in Said.__slots__:
        setattr(locked, name, getattr(said, name))
    refuse_out_of_scope(locked, by=by)
    refuse_to_replace(locked.replaces)
    draft = locked.replaces or Document()  # filled to be judged, never saved
    fill(draft, paper_of(locked), file=locked.file or StoredFile())
    refuse_what_does_not_hold(draft)
    locked.state, locked.reason = Deposit.State.CONFIRMED, ""
    locked.save()
    return locked


def confirm(*, deposit: Deposit, by: Viewer) -> Deposit:
    """What was guessed is right."""
    if deposit.dated_on is None:
        raise PublicationRefused("La date du document manque.")
    known = {name: getattr(deposit, name) for name in Said.__slots__}
    return describe(deposit=deposit, said=Said(**known), by=by)


def locked_on_the_table(deposit: Deposit) -> Deposit:
    states = (Deposit.State.READY, Deposit.State.CONFIRMED)
    held = Deposit.objects.select_for_update(of=("self",)).filter(pk=deposit.pk, state__in=states)
    locked = held.select_related("agency", "client", "lot", "building", "file", "replaces", "user").first()
    if locked is None:
        raise NotOnTheTable
    return locked


def refuse_out_of_scope(deposit: Deposit, *, by: Viewer) -> None:
    if sees_whole_agency(by):
        return
    building_id = deposit.building_id or (deposit.lot.building_id if deposit.lot else None)
    if building_id and not buildings_in_scope(by).filter(pk=building_id).exists():
        raise OutOfScope
    if deposit.client_id and not clients_in_scope(by).filter(pk=deposit.client_id).exists():
        raise OutOfScope
    if deposit.audience == Audience.EVERYONE:
        raise OutOfScope


def paper_of(deposit: Deposit) -> Paper:
    """What the document says; without a day to come, it is online at once.

    One that takes another's place keeps its reference, its period and its validity, and leaves no day without either.
    """
    later = deposit.publish_on if deposit.publish_on and deposit.publish_on > paris_day(database_now()) else None
    former = deposit.replaces
    if former and later:
        raise ReplacesLater
    return Paper(
        agency=deposit.agency,
        kind=deposit.kind,
        title=deposit.title,
        dated_on=deposit.dated_on or dt.date.min,
        audience=deposit.audience,
        client=deposit.client,
        lot=deposit.lot,
        building=deposit.building,
        reference=former.reference if former else "",
        covers_from=former.covers_from if former else None,
        covers_until=former.covers_until if former else None,
        valid_until=former.valid_until if former else None,
        published_at=dt.datetime.combine(later, dt.time(), tzinfo=PARIS) if later else None,
    )


# Publishing


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How many are online, or will be on their day; how many are to be checked again, each with its reason."""

    published: int
    sent_back: int


def publish_confirmed(*, by: Viewer) -> Outcome:
    """Put online all that the login has confirmed. Cut short, it goes on at the next press."""
    ready = Deposit.objects.visible_to(by).filter(state=Deposit.State.CONFIRMED)
    told = [publish_or_send_back(pk) for pk in ready.order_by("pk").values_list("pk", flat=True)]
    states = Deposit.State
    return Outcome(published=told.count(states.PUBLISHED), sent_back=told.count(states.READY))


def publish_or_send_back(pk: int) -> str:
    """Its state from now on; empty when it has left meanwhile. What is refused holds nobody else up."""
    confirmed = Deposit.objects.filter(pk=pk, state=Deposit.State.CONFIRMED)
    try:
        for file in StoredFile.objects.filter(deposits__in=confirmed):
            refuse_file_unscanned(file)
        return Deposit.State.PUBLISHED if publish_one(pk) else ""
    except Refusal as refusal:
        sent_back = confirmed.update(state=Deposit.State.READY, reason=refusal.message, settled_at=database_now())
        return Deposit.State.READY if sent_back else ""


@transaction.atomic
def publish_one(pk: int) -> bool:
    """One file becomes its document, once; whether it did. Raises what `describe` raises, but for the scope."""
    held = Deposit.objects.select_for_update(of=("self",)).filter(pk=pk, state=Deposit.State.CONFIRMED)
    deposit = held.select_related("agency", "client", "lot", "building", "file", "user").first()
    if deposit is None or deposit.file is None:
        return False
    if deposit.replaces_id:
        deposit.replaces = Document.objects.select_for_update(of=("self",)).get(pk=deposit.replaces_id)
        refuse_to_replace(deposit.replaces)
    by = ("user", deposit.user.public_id)
    deposit.document = put_online(paper_of(deposit), file=deposit.file, by=by)
    deposit.state, deposit.settled_at = Deposit.State.PUBLISHED, database_now()
    deposit.save(update_fields=["document", "state", "settled_at"])
    return True


# Forgetting


def discard(deposit: Deposit) -> None:
    """Take a file off the table; what is published stays."""
    removed = Deposit.objects.filter(pk=deposit.pk).exclude(state=Deposit.State.PUBLISHED).delete()[0]
    if removed:
        document_storage().delete(deposit.storage_name)


def forget(deposit: Deposit) -> None:
    """The row and the bytes that waited."""
    document_storage().delete(deposit.storage_name)
    Deposit.objects.filter(pk=deposit.pk).delete()


def forget_old(*, now: dt.datetime) -> int:
    """Erase uploads cut short, refusals of a week, what was published a month ago; return how many.

    What waits to be described has a month (`sweeping.forget_unchecked`).
    """
    states = Deposit.State
    old = (
        (states.RECEIVING, {"received_at__lt": now - ABANDONED_AFTER}),
        (states.REFUSED, {"settled_at__lt": now - REFUSED_KEPT}),
        (states.PUBLISHED, {"settled_at__lt": now - PUBLISHED_KEPT}),
    )
    gone = [deposit for state, age in old for deposit in Deposit.objects.filter(state=state, **age).order_by("pk")]
    for deposit in gone:
        forget(deposit)
    return len(gone)
