"""Documents for tests: their bytes are kept for real, their check is left out where it is not what is shown."""

import datetime as dt
import itertools
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from parvis.documents.actions import Paper, publish
from parvis.documents.models import Archive, Deposit, Document, Kind, StoredFile
from parvis.kit.storage import document_storage
from parvis.people.models import Grant, User
from tests.guards.tree import ROOT

SYSTEM = ("system", "")
SAMPLES = ROOT / "tests" / "data" / "uploads"
NAUGHTY = (ROOT / "tests" / "data" / "naughty_strings.txt").read_text(encoding="utf-8").splitlines()
DATED_ON = dt.date(2026, 11, 18)
_numbers = itertools.count()


def sample(name: str) -> bytes:
    """One of the files of tests/data/uploads."""
    return (SAMPLES / name).read_bytes()


def pdf(words: str = "") -> bytes:
    """A PDF of no two alike, which nobody opens: its check is left out."""
    return b"%PDF-1.4\n" + f"{words} {next(_numbers)}\n".encode() + b"%%EOF\n"


def published(content: bytes = b"", **said: Any) -> Document:
    """A document to who is named: `client`, `lot` or `building`, with the audience that goes with it."""
    holder = said.get("client") or said.get("lot") or said.get("building")
    usual = {"client": "client", "lot": "lot", "building": "owners"}
    audience = next((usual[name] for name in usual if said.get(name)), "everyone")
    facts = {
        "agency": holder.agency if holder else None,
        "kind": Kind.MINUTES,
        "title": "Procès-verbal de l’assemblée générale",
        "dated_on": DATED_ON,
        "audience": audience,
        **said,
    }
    return publish(Paper(**facts), content=content or pdf(), by=SYSTEM, is_ours=True)


def many(count: int, *, like: Document) -> None:
    """That many other documents like this one, and their files."""
    columns = {field.attname: getattr(like, field.attname) for field in Document._meta.concrete_fields}
    for name in ("id", "public_id", "reference"):
        del columns[name]
    Document.objects.bulk_create(
        [Document(reference=f"{like.reference}-{number}", **columns) for number in range(count)]
    )


def archive_of(document: Document) -> Archive:
    """What the login of that document's client asked for, gathered."""
    now = timezone.now()
    archive = Archive.objects.create(
        agency=document.agency,
        user=Grant.objects.get(client=document.client).user,
        requested_at=now,
        ready_at=now,
        expires_at=now + dt.timedelta(days=7),
        size=3,
    )
    archive.documents.add(document)
    document_storage().save(archive.storage_name, ContentFile(b"zip"))
    return archive


def deposit_of(user: User, *, document: Document, **said: Any) -> Deposit:
    """What that member of the staff brought in, looked at, described as that document is."""
    names = ("kind", "title", "dated_on", "audience", "client", "lot", "building", "file")
    known = {name: getattr(document, name) for name in names}
    facts = {"state": Deposit.State.READY, "name": f"fichier-{next(_numbers)}.pdf", **known, **said}
    digest = f"{next(_numbers):064x}"
    return Deposit.objects.create(
        agency=user.agency, user=user, size=9, received_sha256=digest, received_at=timezone.now(), **facts
    )


def keep_bytes(file: StoredFile, content: bytes) -> None:
    """Put these bytes where that file's are."""
    document_storage().save(file.storage_name, ContentFile(content))
