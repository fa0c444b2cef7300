"""A content is kept once, whoever publishes it and however often."""

import hashlib

from django.core.files.base import ContentFile
from django.db.models.functions import Now

from parvis.documents.examiner import Checked, FileRefused, check
from parvis.documents.models import StoredFile
from parvis.documents.scanner import Verdict, is_to_be_scanned, note_clean, scan, scan_stored
from parvis.kit.storage import document_storage

INFECTED = "Un virus a été trouvé dans ce fichier\u00a0: il n’est pas envoyé."
UNANSWERED = "L’antivirus ne répond pas\u00a0: renvoyez ce fichier dans quelques minutes."
PDF = "application/pdf"
ENDINGS = {PDF: (".pdf",), "image/jpeg": (".jpg", ".jpeg"), "image/png": (".png",)}


def keep(content: bytes, *, name: str, is_ours: bool = False) -> StoredFile:
    """Keep a content that comes in under that name, checked and cleaned; the row that is there already where it is.

    `is_ours`: a PDF that Parvis has just made, which needs no check. Refuses with `FileRefused`. The bytes are on the
    disk before the row: a row without its file cannot be. What is known is scanned again if nobody ever did.
    """
    received = hashlib.sha256(content).hexdigest()
    known = standing(received_sha256=received)
    if known is not None and (is_ours or name.lower().endswith(ENDINGS[known.media_type])):
        if not is_ours and is_to_be_scanned(known):
            refuse_unscanned(content)
            note_clean(known)
        return known
    if not is_ours:
        refuse_unscanned(content)
    checked = Checked(media_type=PDF, content=content) if is_ours else check(content, name=name)
    return kept(checked, received=received, is_clean=not is_ours)


def standing(**wanted: str) -> StoredFile | None:
    """The row of a content that is already kept, its bytes too; it is spared by the night from now on."""
    if not StoredFile.objects.filter(**wanted).update(stored_at=Now()):
        return None
    found = StoredFile.objects.filter(**wanted).order_by("pk").first()
    return found if found is not None and document_storage().exists(found.storage_name) else None


def refuse_unscanned(content: bytes) -> None:
    """A virus; and, where the site has a scanner, what it cannot look at now: nothing here waits in quarantine."""
    refuse_unless_clean(scan(content))


def refuse_file_unscanned(file: StoredFile) -> None:
    """The same of a file that is kept since a time when nobody scanned. Raises `FileRefused`."""
    if is_to_be_scanned(file):
        refuse_unless_clean(scan_stored(file))


def refuse_unless_clean(verdict: Verdict) -> None:
    if verdict == Verdict.INFECTED:
        raise FileRefused(INFECTED)
    if verdict == Verdict.UNKNOWN:
        raise FileRefused(UNANSWERED)


def kept(checked: Checked, *, received: str, is_clean: bool) -> StoredFile:
    """The row of a checked content, its bytes written first. `is_clean`: a scanner, if there is one, has looked."""
    row = standing(sha256=hashlib.sha256(checked.content).hexdigest())
    if row is None:
        row = stored(checked, received=received)
        StoredFile.objects.bulk_create([row], ignore_conflicts=True)
        row = StoredFile.objects.get(sha256=row.sha256)
    if is_clean:
        note_clean(row)
    return row


def stored(checked: Checked, *, received: str) -> StoredFile:
    """Write the bytes; the row is left to the caller."""
    row = StoredFile(
        sha256=hashlib.sha256(checked.content).hexdigest(),
        received_sha256=received,
        size=len(checked.content),
        media_type=checked.media_type,
        opens_inline=checked.opens_inline,
        text_state=StoredFile.TextState.WAITING if checked.opens_inline else StoredFile.TextState.NONE,
    )
    storage = document_storage()
    if not storage.exists(row.storage_name):
        storage.save(row.storage_name, ContentFile(checked.content))
    return row
