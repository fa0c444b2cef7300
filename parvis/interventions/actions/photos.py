"""Photos and PDFs of a case: examined, drawn again without what they tell of their author, scanned, then shown."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from parvis.documents.actions.pictures import keep_picture
from parvis.documents.actions.storing import UNANSWERED
from parvis.documents.examiner import FileRefused
from parvis.documents.models import StoredFile
from parvis.documents.scanner import Verdict, scan_stored
from parvis.interventions.actions.actors import CLOCK, Actor, journal
from parvis.interventions.actions.events import Step, held, note
from parvis.interventions.models import MOST_PHOTOS, Audience, AuthorKind, CaseMessage, Intervention, Photo, WorkOrder
from parvis.kit.clock import database_now
from parvis.kit.identifiers import new_public_id
from parvis.kit.refusals import Refusal
from parvis.notices.actions import add_notices
from parvis.notices.models import Notice

LARGEST_BYTES = 10 * 1024 * 1024
SCANNED_AT_ONCE = 50
INFECTED = "Un virus a été trouvé dans ce fichier."


class PhotoRefused(Refusal):
    """The file is not taken, and why: shown beside its field."""


class TooManyPhotos(Refusal):
    message = f"Pas plus de {MOST_PHOTOS}\u00a0photos."


class NotYours(Refusal):
    message = "Cette photo n’est pas à vous."


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A file examined and on the disk. `is_checked`: scanned, or nobody has to scan it."""

    file: StoredFile
    thumbnail: StoredFile | None
    name: str = ""
    is_checked: bool = True


@dataclass(frozen=True, kw_only=True)
class Picture:
    """One that goes with a report, a message or alone. `sending_key`: sent twice, it is one."""

    kept: Kept
    description: str = ""
    sending_key: str = ""


def keep(*, name: str, content: bytes) -> Kept:
    """Examine a file that comes in and put it on the disk. Call it before any row is locked.

    Refuses with PhotoRefused what weighs more than 10 Mo, is no JPEG, PNG, HEIC nor PDF, or holds a virus.
    """
    if len(content) > LARGEST_BYTES:
        megabytes = -(-len(content) // 1024**2)
        raise PhotoRefused(f"Ce fichier pèse {megabytes}\u00a0Mo. Le maximum est de 10\u00a0Mo.")
    try:
        found = keep_picture(content)
    except FileRefused as refusal:
        raise PhotoRefused(refusal.message) from refusal
    return Kept(file=found.file, thumbnail=found.thumbnail, name=name, is_checked=found.is_scanned)


def keep_one_of(count: int, *, name: str, content: bytes) -> Kept:
    """The same of one of `count` files sent together: a refusal says which."""
    try:
        return keep(name=name, content=content)
    except PhotoRefused as refusal:
        if count == 1:
            raise
        raise PhotoRefused(f"«\u00a0{name}\u00a0»\u00a0: {refusal.message}") from refusal


def keep_checked(*, name: str, content: bytes) -> Kept:
    """The same of a file that does not wait: refused while the scanner does not answer."""
    found = keep(name=name, content=content)
    if not found.is_checked:
        raise PhotoRefused(UNANSWERED)
    return found


def add(*, intervention: Intervention, picture: Picture, by: Actor, audience: Audience = Audience.REPORTER) -> Photo:
    """Put a photo in the case; sent twice it is one. Refuses a seventh of the report."""
    try:
        return write(intervention=intervention, picture=picture, by=by, audience=audience)
    except IntegrityError:
        return Photo.objects.get(intervention=intervention, sending_key=picture.sending_key)


@transaction.atomic
def write(*, intervention: Intervention, picture: Picture, by: Actor, audience: Audience) -> Photo:
    case = held(intervention)
    photo = attach(case, picture=picture, by=by, audience=audience)
    journal("photo.added", photo, by=by)
    return photo


def attach(
    case: Intervention,
    *,
    picture: Picture,
    by: Actor,
    audience: Audience,
    message: CaseMessage | None = None,
    order: WorkOrder | None = None,
) -> Photo:
    """The row alone; the case is held. The same sending key gives the same photo.

    Six for a report, six more for each message, six for each order; what is the agency's alone does not count.
    """
    sent = case.photos.filter(sending_key=picture.sending_key).first() if picture.sending_key else None
    if sent is not None:
        return sent
    together = case.photos.kept().filter(author_kind=by.kind, message=message, order=order)
    if audience != Audience.INTERNAL and together.exclude(audience=Audience.INTERNAL).count() >= MOST_PHOTOS:
        raise TooManyPhotos
    return Photo.objects.create(
        agency_id=case.agency_id,
        intervention=case,
        message=message,
        order=order,
        file=picture.kept.file,
        thumbnail=picture.kept.thumbnail,
        description=picture.description[:200],
        audience=audience,
        author_kind=by.kind,
        author=by.user,
        author_name=by.name,
        state=Photo.State.READY if picture.kept.is_checked else Photo.State.WAITING,
        sending_key=picture.sending_key or new_public_id(),
        added_at=database_now(),
    )


@transaction.atomic
def remove(*, photo: Photo, by: Actor) -> None:
    """Take a photo out: its author's gesture, or the agency's. Already out is fine."""
    row = Photo.objects.select_for_update(of=("self",)).get(pk=photo.pk)
    if by.kind != AuthorKind.STAFF and row.author_id != (by.user.pk if by.user else None):
        raise NotYours
    if row.state == Photo.State.REMOVED:
        return
    row.state, row.refusal = Photo.State.REMOVED, ""
    row.save(update_fields=["state", "refusal"])
    journal("photo.removed", row, by=by)


@transaction.atomic
def hide(*, photo: Photo, reason: str, by: Actor) -> None:
    """The agency alone sees it from now on, and reads why. Hidden already is fine."""
    case = held(photo.intervention)
    row = Photo.objects.select_for_update(of=("self",)).get(pk=photo.pk)
    if row.audience == Audience.INTERNAL:
        return
    row.audience = Audience.INTERNAL
    row.save(update_fields=["audience"])
    note(case, Step(label="Photo ou pièce masquée", text=reason, audience=Audience.INTERNAL), by=by)
    journal("photo.hidden", row, by=by)


@transaction.atomic
def erase(*, photo: Photo, reason: str, by: Actor) -> None:
    """The agency takes it out for good, and reads why: nothing names its file any more, which is swept away."""
    case = held(photo.intervention)
    row = Photo.objects.select_for_update(of=("self",)).filter(pk=photo.pk).first()
    if row is None:
        return
    WorkOrder.objects.filter(intervention=case, invoice_id=row.file_id).update(invoice=None, invoice_name="")
    row.delete()
    note(case, Step(label="Photo ou pièce retirée", text=reason, audience=Audience.INTERNAL), by=by)
    journal("photo.removed", row, by=by)


# The clock


def scan_waiting() -> int:
    """Scan what came in while nobody could: shown, or refused and its author told. Return how many were decided."""
    waiting = Photo.objects.filter(state=Photo.State.WAITING).select_related("file", "intervention")
    return sum(map(decided, waiting.order_by("added_at", "pk")[:SCANNED_AT_ONCE]))


def decided(photo: Photo) -> bool:
    verdict = scan_stored(photo.file)
    if verdict == Verdict.UNKNOWN:
        return False
    settle(photo, is_clean=verdict == Verdict.CLEAN)
    return True


@transaction.atomic
def settle(photo: Photo, *, is_clean: bool) -> None:
    waiting = Photo.objects.filter(pk=photo.pk, state=Photo.State.WAITING)
    if is_clean:
        waiting.update(state=Photo.State.READY)
        return
    if waiting.update(state=Photo.State.REFUSED, refusal=INFECTED):
        if photo.author_id:
            add_notices(
                [photo.author_id],
                kind=Notice.Kind.INTERVENTION,
                text=f"{photo.intervention.title}\u00a0: une photo n’est pas montrée. {INFECTED}",
                target=("intervention", photo.intervention.public_id),
                key=f"photo-{photo.public_id}",
            )
        journal("photo.refused", photo, by=CLOCK)
