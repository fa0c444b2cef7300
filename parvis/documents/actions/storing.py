"""A content is kept once, whoever publishes it and however often."""

import hashlib

from django.core.files.base import ContentFile

from parvis.documents.examiner import Checked, FileRefused, check
from parvis.documents.models import StoredFile
from parvis.documents.scanner import Verdict, scan
from parvis.kit.storage import document_storage

INFECTED = "Un virus a été trouvé dans ce fichier\u00a0: il n’est pas envoyé."
UNANSWERED = "L’antivirus ne répond pas\u00a0: renvoyez ce fichier dans quelques minutes."
PDF = "application/pdf"
ENDINGS = {PDF: (".pdf",), "image/jpeg": (".jpg", ".jpeg"), "image/png": (".png",)}


def keep(content: bytes, *, name: str, is_ours: bool = False) -> StoredFile:
    """Keep a content that comes in under that name, checked and cleaned; the row that is there already where it is.

    `is_ours`: a PDF that Parvis has just made, which needs no check. Refuses with `FileRefused`. The bytes are on the
    disk before the row: a row without its file cannot be.
    """
    received = hashlib.sha256(content).hexdigest()
    known = StoredFile.objects.filter(received_sha256=received).first()
    if known is not None and (is_ours or name.lower().endswith(ENDINGS[known.media_type])):
        return known
    if not is_ours:
        refuse_unscanned(content)
    checked = Checked(media_type=PDF, content=content) if is_ours else check(content, name=name)
    return kept(checked, received=received)


def refuse_unscanned(content: bytes) -> None:
    """A virus; and, where the site has a scanner, what it cannot look at now: nothing here waits in quarantine."""
    verdict = scan(content)
    if verdict == Verdict.INFECTED:
        raise FileRefused(INFECTED)
    if verdict == Verdict.UNKNOWN:
        raise FileRefused(UNANSWERED)


def kept(checked: Checked, *, received: str) -> StoredFile:
    """The row of a checked content, its bytes written first."""
    row = stored(checked, received=received)
    StoredFile.objects.bulk_create([row], ignore_conflicts=True)
    return StoredFile.objects.get(sha256=row.sha256)


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
