"""Many papers of ours put online at once: their bytes are written while the next ones are made."""

import hashlib
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from django.db import transaction
from django.db.models.functions import Now

from parvis.agencies.models import Agency
from parvis.documents.actions.publishing import OfAnotherAgency, Paper, fill, put_online, refuse_other_agencies
from parvis.documents.actions.storing import PDF, stored
from parvis.documents.examiner import Checked
from parvis.documents.models import Document, StoredFile
from parvis.journal.actions import record_many
from parvis.kit.clock import database_now


@transaction.atomic
def publish_ours(*, agency: Agency, papers: Iterable[tuple[Paper, bytes]], by: tuple[str, str]) -> None:
    """Publish PDFs that Parvis has made, as `publish` does one by one: a reference that is known is replaced.

    For some hundreds at a time: their contents wait in memory.
    """
    with ThreadPoolExecutor(max_workers=1) as writing:
        waiting = [(paper, writing.submit(written, spared(content))) for paper, content in papers]
        kept = [(paper, file.result()) for paper, file in waiting]
    files = rows_of([file for _paper, file in kept])
    references = [paper.reference for paper, _file in kept if paper.reference]
    known = set(Document.objects.of_agency(agency).filter(reference__in=references).values_list("reference", flat=True))
    fresh = []
    for paper, file in kept:
        refuse_other_agencies(paper)
        if paper.agency != agency:
            raise OfAnotherAgency
        if paper.reference in known:
            put_online(paper, file=files[file.sha256], by=by)
        else:
            fresh.append((paper, files[file.sha256]))
    put_all_online(agency, fresh, by=by)


def spared(content: bytes) -> bytes:
    """The content; where it is kept already, the night leaves it where it is."""
    StoredFile.objects.filter(sha256=hashlib.sha256(content).hexdigest()).update(stored_at=Now())
    return content


def written(content: bytes) -> StoredFile:
    received = hashlib.sha256(content).hexdigest()
    return stored(Checked(media_type=PDF, content=content), received=received)


def rows_of(files: Sequence[StoredFile]) -> dict[str, StoredFile]:
    """Content → its row, made or found."""
    StoredFile.objects.bulk_create(files, ignore_conflicts=True)
    return {row.sha256: row for row in StoredFile.objects.filter(sha256__in=[file.sha256 for file in files])}


def put_all_online(agency: Agency, fresh: Sequence[tuple[Paper, StoredFile]], *, by: tuple[str, str]) -> None:
    now, documents = database_now(), []
    for paper, file in fresh:
        document = Document()
        fill(document, replace(paper, published_at=paper.published_at or now), file=file)
        documents.append(document)
    Document.objects.bulk_create(documents)
    if documents:
        subjects = [("document", document.public_id) for document in documents]
        record_many(agency_id=agency.pk, verb="document.published", actor=by, subjects=subjects)
