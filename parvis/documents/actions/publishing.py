"""Putting a document online, putting another in its place, and taking it back."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from parvis.agencies.models import Agency
from parvis.documents.actions.storing import keep
from parvis.documents.examiner import check
from parvis.documents.models import Document, Kind, StoredFile
from parvis.journal.actions import record
from parvis.kit.clock import database_now
from parvis.kit.refusals import Refusal
from parvis.kit.words import indexed
from parvis.people.models import Client
from parvis.property.models import Building, Lot

SYSTEM = ("system", "")


class PublicationRefused(Refusal):
    """The document cannot be published, and why."""


class OfAnotherAgency(PublicationRefused):
    message = "Ce document vise un client, un lot ou un immeuble d’une autre agence."


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What is said of a document. Without a reference it is given one; without `published_at`, it is online at once."""

    agency: Agency
    kind: str
    title: str
    dated_on: dt.date
    audience: str
    client: Client | None = None
    lot: Lot | None = None
    building: Building | None = None
    reference: str = ""
    covers_from: dt.date | None = None
    covers_until: dt.date | None = None
    valid_until: dt.date | None = None
    published_at: dt.datetime | None = None


def publish(
    paper: Paper, *, content: bytes, by: tuple[str, str], name: str = "document.pdf", is_ours: bool = False
) -> Document:
    """Check the file, keep it and publish the document; one of the same reference is replaced.

    Refuses the file (`FileRefused`) or what is said of it (`PublicationRefused`). The same paper and content again
    change nothing. `is_ours`: a PDF that Parvis has made, which is not checked.
    """
    refuse_other_agencies(paper)
    file = keep(content, name=name, is_ours=is_ours)
    return put_online(paper, file=file, by=by)


def rehearse(paper: Paper, *, content: bytes, name: str) -> Document:
    """What `publish` would make of it, its refusals too; nothing is written."""
    refuse_other_agencies(paper)
    received = hashlib.sha256(content).hexdigest()
    known = StoredFile.objects.filter(received_sha256=received).first()
    if known is None:
        check(content, name=name)
    held = Document.objects.of_agency(paper.agency).filter(reference=paper.reference)
    document = held.first() or Document()
    fill(document, paper, file=known or StoredFile(sha256=received))
    refuse_what_does_not_hold(document)
    return document


def refuse_other_agencies(paper: Paper) -> None:
    named = (paper.client, paper.lot, paper.building)
    if any(row is not None and row.agency_id != paper.agency.pk for row in named):
        raise OfAnotherAgency


@transaction.atomic
def put_online(paper: Paper, *, file: StoredFile, by: tuple[str, str]) -> Document:
    """The document of that reference says this from now on, with that file."""
    held = Document.objects.select_for_update(of=("self",)).of_agency(paper.agency)
    document = (held.filter(reference=paper.reference).first() if paper.reference else None) or Document()
    before = facts_of(document)
    fill(document, paper, file=file)
    if document.pk and facts_of(document) == before:
        return document
    verb = "document.replaced" if document.pk else "document.published"
    refuse_what_does_not_hold(document)
    document.save()
    record(agency_id=paper.agency.pk, verb=verb, actor=by, subject=("document", document.public_id))
    return document


def refuse_what_does_not_hold(document: Document) -> None:
    try:
        document.full_clean(exclude=["file"])
    except ValidationError as error:
        raise PublicationRefused(" ".join(error.messages)) from error


def facts_of(document: Document) -> dict[str, object]:
    return {field.attname: getattr(document, field.attname) for field in Document._meta.concrete_fields}


def fill(document: Document, paper: Paper, *, file: StoredFile) -> None:
    """Write the paper into the row; a document that was withdrawn is back."""
    document.agency, document.reference = paper.agency, paper.reference or document.public_id
    document.kind, document.audience = paper.kind, paper.audience
    document.title, document.heading_words = paper.title, indexed(f"{paper.title} {label_of(paper.kind)}")
    document.dated_on, document.valid_until = paper.dated_on, paper.valid_until
    document.covers_from, document.covers_until = paper.covers_from, paper.covers_until
    document.client, document.lot, document.building = paper.client, paper.lot, paper.building
    document.file = file
    document.published_at = paper.published_at or document.published_at or database_now()
    document.withdrawn_at = None


def label_of(kind: str) -> str:
    """What the search knows of a kind: its name and its heading."""
    if kind not in Kind.values:
        raise PublicationRefused("Cette nature de document n’existe pas.")
    return f"{Kind(kind).label} {Kind(kind).category.label}"


@transaction.atomic
def withdraw(document: Document, *, by: tuple[str, str]) -> None:
    """Take a document back: its link answers as if it had never been. Once is enough."""
    locked = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if locked.withdrawn_at is not None:
        return
    locked.withdrawn_at = database_now()
    locked.save(update_fields=["withdrawn_at"])
    record(agency_id=locked.agency_id, verb="document.withdrawn", actor=by, subject=("document", locked.public_id))
