"""A file of the folder is taken: claimed first, copied next, arrived last.

The copy may last, and no other writer waits for it. Whoever dies meanwhile leaves the claim: it is taken again by the
next who looks, under the same claim. Nothing is lost, nothing comes twice.
"""

from pathlib import Path

from django.core.files import File
from django.db import transaction

from parvis.exchange.actions.intakes.progress import Heart, is_dead
from parvis.exchange.actions.intakes.receiving import ENDINGS_OF_FEC, arrived, safe, source_of
from parvis.exchange.actions.intakes.running import preview_of, refused
from parvis.exchange.actions.noticing import Changes
from parvis.exchange.models import FolderFile, ImportRun, Intake
from parvis.kit.clock import database_now
from parvis.kit.refusals import Refusal
from parvis.kit.storage import document_storage

State, Source = Intake.State, ImportRun.Source
UNREADABLE = (
    "Ce fichier du dossier de l’agence ne peut pas être lu. Vérifiez qu’il est en bon état et que Parvis en a le droit "
    "de lecture\u00a0: il sera pris dès qu’il pourra l’être."
)


def name_of(path: Path) -> str:
    """A path in Unicode: signs of another encoding are replaced."""
    return path.as_posix().encode(errors="backslashreplace").decode()


def take(row: FolderFile, path: Path, *, building: str) -> bool:
    """Bring one file in, once; one that is none of ours is left alone."""
    if is_being_copied(row):
        return False
    with path.open("rb") as stream:
        file = File(stream, name=name_of(Path(path.name)))
        try:
            source = source_of(file, name=path.name)
        except Refusal:
            return False
        intake = claimed(row, name=path.name, source=source, building=building)
        return intake is not None and copied(intake, file, row=row, path=path)


def is_being_copied(row: FolderFile) -> bool:
    intake = row.intake
    return intake is not None and intake.state == State.RECEIVING and not is_dead(intake)


@transaction.atomic
def claimed(row: FolderFile, *, name: str, source: ImportRun.Source, building: str) -> Intake | None:
    """The arrival of this file, which nobody else is copying: a new one, or that of whoever died."""
    held = FolderFile.objects.select_for_update(of=("self",)).select_related("intake").filter(pk=row.pk).first()
    if held is None or held.taken_at is not None:
        return None
    begun = held.intake
    if begun is not None and begun.state == State.RECEIVING:
        if row.intake is None or row.intake.started_at != begun.started_at:
            return None
        begun.started_at = database_now()
        begun.save(update_fields=["started_at"])
        return begun
    options = {"building": building} if building else {}
    held.intake = begin(held, name=name, source=source, options=options)
    held.save(update_fields=["intake"])
    return held.intake


def begin(row: FolderFile, *, name: str, source: ImportRun.Source, options: dict[str, str]) -> Intake:
    now = database_now()
    intake: Intake = Intake.objects.create(
        agency_id=row.agency_id,
        source=source,
        file_name=safe(name),
        size=row.size,
        options=options,
        received_at=now,
        started_at=now,
    )
    return intake


def copied(intake: Intake, file: "File[bytes]", *, row: FolderFile, path: Path) -> bool:
    """Its bytes are kept, then it has arrived; what changed meanwhile will come as another file."""
    with Heart(intake):
        document_storage().save(intake.storage_name, file)
        facts = path.stat()
        if (facts.st_size, facts.st_mtime_ns) != (row.size, row.modified_ns):
            document_storage().delete(intake.storage_name)
            intake.delete()
            return False
        return settled(intake, row=row)


@transaction.atomic
def settled(intake: Intake, *, row: FolderFile) -> bool:
    """Taken, once; its former versions are forgotten, and may come back."""
    mine = FolderFile.objects.filter(pk=row.pk, intake=intake, taken_at=None)
    if not mine.update(taken_at=database_now()):
        return False
    former = FolderFile.objects.filter(agency_id=row.agency_id, name=row.name, taken_at__isnull=False)
    former.exclude(pk=row.pk).delete()
    arrived(intake)
    return True


@transaction.atomic
def tell_unreadable(row: FolderFile, path: Path) -> None:
    """Among the imports of the agency, once."""
    if row.intake_id is not None:
        return
    source = Source.FEC if path.name.lower().endswith(ENDINGS_OF_FEC) else Source.PACKAGE
    intake = begin(row, name=path.name, source=source, options={})
    intake.state, intake.ended_at = State.DONE, intake.started_at
    intake.preview = preview_of(refused(UNREADABLE), changes=Changes())
    intake.save(update_fields=["state", "ended_at", "preview"])
    FolderFile.objects.filter(pk=row.pk).update(intake=intake)
