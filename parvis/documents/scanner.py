"""Asks clamd, where the site has one, whether a file holds a virus."""

import enum
import io

from clamav_client.clamd import ClamdError
from clamav_client.scanner import ClamdScanner
from django.conf import settings

from parvis.documents.models import StoredFile
from parvis.kit.clock import database_now
from parvis.kit.storage import document_storage

SECONDS = 20.0


class Verdict(enum.Enum):
    """UNKNOWN: clamd is configured and does not answer, or not about this file."""

    CLEAN = "clean"
    INFECTED = "infected"
    UNKNOWN = "unknown"


def scan(content: bytes) -> Verdict:
    """Without clamd configured everything is clean: photos are drawn again, PDFs are examined all the same."""
    if not settings.CLAMD_ADDRESS:
        return Verdict.CLEAN
    scanner = ClamdScanner({"backend": "clamd", "address": settings.CLAMD_ADDRESS, "timeout": SECONDS, "stream": True})
    try:
        state, _virus = scanner.client.instream(io.BytesIO(content)).get("stream", ("ERROR", None))
    except (OSError, ValueError, ClamdError):
        return Verdict.UNKNOWN
    return {"OK": Verdict.CLEAN, "FOUND": Verdict.INFECTED}.get(state, Verdict.UNKNOWN)


def scan_stored(file: StoredFile) -> Verdict:
    """The same of a file that is kept; found clean, it says so from then on."""
    verdict = scan(b"".join(document_storage().chunks(file.storage_name)))
    if verdict == Verdict.CLEAN:
        note_clean(file)
    return verdict


def note_clean(file: StoredFile) -> None:
    """A scanner has found it clean; without one, nobody knows."""
    if settings.CLAMD_ADDRESS:
        StoredFile.objects.filter(pk=file.pk, scanned_at=None).update(scanned_at=database_now())


def is_to_be_scanned(file: StoredFile) -> bool:
    """Whether it came in while no scanner looked, and one could now."""
    return bool(settings.CLAMD_ADDRESS) and file.scanned_at is None
