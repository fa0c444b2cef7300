"""A file comes in: what it is, its row before its bytes, a job that previews it."""

import functools
import re
import zipfile
from typing import Any

from django.core.files import File
from django.db import transaction
from django_q.tasks import async_task

from parvis.agencies.models import Agency
from parvis.exchange.actions.packages import LARGEST_FILE
from parvis.exchange.actions.papers.parcels import INDEX
from parvis.exchange.models import ImportRun, Intake
from parvis.journal.actions import record
from parvis.kit.clock import database_now
from parvis.kit.refusals import Refusal
from parvis.kit.storage import document_storage
from parvis.people.models import User

RUN = "parvis.exchange.jobs.run_intake"
LASTS_AT_MOST = 3600  # seconds
NAMES_OF_FEC = re.compile(r"\d{9}FEC\d{8}", re.IGNORECASE)
ENDINGS_OF_FEC = (".txt", ".csv", ".tsv", ".fec")
LONGEST_NAME = 120
Source = ImportRun.Source


class FileUnknown(Refusal):
    message = "Ce fichier n’est ni un paquet (ZIP) ni un FEC (TXT)\u00a0: choisissez-en un autre."


class FileTooLarge(Refusal):
    message = "Ce fichier pèse plus de 1\u00a0Go\u00a0: partagez l’envoi par période."


class NothingThere(Refusal):
    message = "Ce fichier est vide."


def receive(
    *, agency: Agency, user: User | None, file: "File[bytes]", name: str, sending_key: str = "", **options: Any
) -> Intake:
    """Keep a package, a FEC or a parcel of documents, and have it previewed; sent twice, it is one.

    One cut short before its bytes were kept is taken up again by the same key. Whoever keeps the books may; `options`
    are those of the import. Raises `FileUnknown`, `FileTooLarge` or `NothingThere`.
    """
    sent = Intake.objects.filter(user=user, sending_key=sending_key).first() if sending_key else None
    if sent is not None and sent.state != Intake.State.RECEIVING:
        return sent
    intake = sent or Intake(agency=agency, user=user, sending_key=sending_key)
    intake.source, intake.file_name, intake.size = source_of(file, name=name), safe(name), file.size or 0
    intake.options, intake.received_at = options, database_now()
    intake.save()
    document_storage().save(intake.storage_name, file)
    return arrived(intake)


def safe(name: str) -> str:
    """The name alone, as a file of this machine may bear it."""
    kept = "".join(sign for sign in name.replace("\\", "/").rpartition("/")[2] if sign.isprintable())
    return kept[-LONGEST_NAME:].lstrip(".") or "fichier"


def source_of(file: "File[bytes]", *, name: str) -> ImportRun.Source:
    """By its first bytes, then by its name. Raises when it is none of those that are read."""
    if not file.size:
        raise NothingThere
    if file.size > LARGEST_FILE:
        raise FileTooLarge
    head = file.read(4)
    file.seek(0)
    if head[:2] == b"PK":
        return source_of_zip(file)
    if NAMES_OF_FEC.search(name) or name.lower().endswith(ENDINGS_OF_FEC):
        return Source.FEC
    raise FileUnknown


def source_of_zip(file: "File[bytes]") -> ImportRun.Source:
    """A parcel of documents has its index; a damaged ZIP is told so by its preview."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = {member.rpartition("/")[2] for member in archive.namelist()[:200_000]}
    except (zipfile.BadZipFile, OSError, ValueError):
        names = set()
    file.seek(0)
    return Source.PAPERS if INDEX in names and "agency.csv" not in names else Source.PACKAGE


@transaction.atomic
def arrived(intake: Intake) -> Intake:
    """Its bytes are kept: a job previews it. Nothing more when the same sending has got there first."""
    still = Intake.objects.filter(pk=intake.pk, state=Intake.State.RECEIVING)
    if not still.update(state=Intake.State.WAITING):
        return Intake.objects.get(pk=intake.pk)
    intake.state = Intake.State.WAITING
    actor = ("user", intake.user.public_id) if intake.user else ("system", "folder")
    record(agency_id=intake.agency_id, verb="intake.received", actor=actor, subject=("intake", intake.public_id))
    wake_worker(intake)
    return intake


def wake_worker(intake: Intake) -> None:
    """Have the worker run it now; should this be lost, the schedule does within the minute."""
    wake = functools.partial(
        async_task, RUN, intake.public_id, task_name="preview or apply an import", timeout=LASTS_AT_MOST
    )
    transaction.on_commit(wake, robust=True)
