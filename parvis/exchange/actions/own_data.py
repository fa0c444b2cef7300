"""« Télécharger mes données »: asked for by a login, made by a job, told when it is ready, erased after a week.

RGPD, articles 15 and 20: a copy in formats that a machine and a person read (JSON, CSV), and the files themselves.
"""

import datetime as dt
import functools
import json
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.core.files import File
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models.functions import Now
from django_q.tasks import async_task

from parvis.documents.models import Document, StoredFile
from parvis.exchange import emails
from parvis.exchange.actions.own_rows import columns_of, rows_of
from parvis.exchange.models import DataExport
from parvis.exchange.rules.own_data import COPIED
from parvis.interventions.models import Photo
from parvis.journal.actions import record
from parvis.kit import throttle
from parvis.kit.clock import database_now
from parvis.kit.refusals import Refusal
from parvis.kit.spreadsheets import to_csv
from parvis.kit.storage import document_storage
from parvis.kit.typography import typographic
from parvis.kit.zips import file_name
from parvis.mail.actions import queue_written
from parvis.notices.actions import add_notices
from parvis.notices.models import Notice
from parvis.people.actions.hold import check_not_held
from parvis.people.models import SensitiveAction, User, Viewer

KEPT = dt.timedelta(days=7)
ASKED_A_DAY = throttle.Limit(name="own-data-day", allowed=3, seconds=24 * 3600)
MAKE_ONE = "parvis.exchange.jobs.make_data_export"
GIVEN_UP_AFTER = dt.timedelta(days=1)
MOST_BYTES = 2 * 1024**3


class AlreadyAsked(Refusal):
    message = "Une copie de vos données est déjà en préparation. Nous vous écrirons quand elle sera prête."


class AskedTooOften(Refusal):
    message = "Vous avez déjà demandé 3 copies aujourd’hui. Recommencez demain."


# Asking


@transaction.atomic
def ask(*, user: User) -> DataExport:
    """Have a copy made. Its holder asks, freshly proven; one at a time, three a day, none while on hold."""
    check_not_held(user, SensitiveAction.OWN_DATA)
    if throttle.admit(ASKED_A_DAY, key=str(user.pk)):
        raise AskedTooOften
    asked = DataExport(agency_id=user.agency_id, user=user, asked_at=database_now())
    DataExport.objects.bulk_create([asked], ignore_conflicts=True)
    waiting = DataExport.objects.filter(user=user, state=DataExport.State.WAITING).get()
    if waiting.public_id != asked.public_id:
        raise AlreadyAsked
    record(
        agency_id=user.agency_id,
        verb="own-data.asked",
        actor=("user", user.public_id),
        subject=("data-export", waiting.public_id),
    )
    transaction.on_commit(functools.partial(wake_worker, waiting.public_id), robust=True)
    return waiting


def wake_worker(public_id: str) -> None:
    """Have the worker make it now, in a task of its own; should this be lost, the schedule does within the minute."""
    async_task(MAKE_ONE, public_id, task_name="make a copy of somebody's data")


# Making


def make_waiting(public_id: str = "") -> int:
    """Make those that wait, or that one; return how many. One that is made twice replaces its own file."""
    waiting = DataExport.objects.filter(state=DataExport.State.WAITING).order_by("asked_at", "pk")
    waiting = waiting.filter(public_id=public_id) if public_id else waiting
    for asked in waiting:
        make(asked)
    return len(waiting)


def make(asked: DataExport) -> None:
    """Write the archive, then say that it is ready: a copy announced is a copy that is there."""
    user = User.objects.select_related("agency", "staffmember").get(pk=asked.user_id)
    with tempfile.TemporaryFile() as file:
        write_archive(file, viewer=Viewer.of(user))
        size = file.tell()
        file.seek(0)
        document_storage().save(asked.storage_name, File(file))
    announce(asked, user=user, size=size)


@transaction.atomic
def announce(asked: DataExport, *, user: User, size: int) -> None:
    """Once, whoever else made it meanwhile; the login is told by mail and on the portal."""
    now = database_now()
    waiting = DataExport.objects.filter(pk=asked.pk, state=DataExport.State.WAITING)
    if not waiting.update(state=DataExport.State.READY, made_at=now, expires_at=now + KEPT, size=size):
        return
    add_notices(
        [user.pk],
        kind=Notice.Kind.ACCOUNT,
        text="La copie de vos données est prête.",
        target=("export", asked.public_id),
        key=f"own-data-{asked.public_id}",
    )
    if user.email:
        written = emails.own_data_ready(user=user, public_id=asked.public_id, expires_at=now + KEPT)
        queue_written(agency=user.agency, kind="own-data-ready", to_address=user.email, written=written)
    record(agency_id=user.agency_id, verb="own-data.made", subject=("data-export", asked.public_id))


def write_archive(file: IO[bytes], *, viewer: Viewer) -> None:
    """Each table as JSON and as CSV, then the files, then the notice that says what is where."""
    with zipfile.ZipFile(file, "w", compression=zipfile.ZIP_DEFLATED) as archive:
        lines = [write_table(archive, label=label, name=name, viewer=viewer) for label, name in COPIED.items()]
        left_out = write_files(archive, viewer=viewer)
        archive.writestr("LISEZMOI.txt", notice_of([line for line in lines if line], left_out=left_out))


def write_table(archive: zipfile.ZipFile, *, label: str, name: str, viewer: Viewer) -> str:
    """One table, twice; return its line of the notice, nothing for an empty one."""
    model = apps.get_model(label)
    columns = columns_of(model)
    rows = list(rows_of(model, columns=columns, viewer=viewer))
    if not rows:
        return ""
    titles = [title for _, title in columns]
    told = [dict(zip(titles, row.values(), strict=True)) for row in rows]
    text = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    archive.writestr(f"donnees/{name}.json", text)
    archive.writestr(
        f"donnees/{name}.csv", to_csv([titles, *([cell(value) for value in row.values()] for row in rows)])
    )
    return f"{name} : {model._meta.verbose_name_plural}, {len(rows)}"


def cell(value: Any) -> str:  # Any: what a column holds
    """« oui », « 23/11/2026 » are for pages: here what a program reads."""
    if value is None:
        return ""
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else str(value)


def write_files(archive: zipfile.ZipFile, *, viewer: Viewer) -> list[str]:
    """The files that the person sees, as they are, up to 2 GiB; return the titles of those left out."""
    written, left_out, storage = 0, [], document_storage()
    for title, place, file in files_of(viewer):
        if written + file.size > MOST_BYTES:
            left_out.append(title)
            continue
        written += file.size
        entry = f"fichiers/{place}"
        with archive.open(zipfile.ZipInfo(entry, date_time=(1980, 1, 1, 0, 0, 0)), "w", force_zip64=True) as target:
            for chunk in storage.chunks(file.storage_name):
                target.write(chunk)
    return left_out


def files_of(viewer: Viewer) -> Iterator[tuple[str, str, StoredFile]]:
    """Title, place in the archive and content: the documents, then the photos of the interventions."""
    for document in Document.objects.visible_to(viewer).with_files().newest_first():
        yield document.title, place_of(document), document.file
    photos = Photo.objects.visible_to(viewer).ready().select_related("file", "intervention")
    for photo in photos.order_by("-added_at", "-pk"):
        title = f"Photo de l’intervention {photo.intervention.number}"
        yield title, f"photos/{file_name(f'{title} ({photo.public_id[:8]})')}{ending_of(photo.file)}", photo.file


def place_of(document: Document) -> str:
    """« 2026-11-15 Appel de fonds (PJ-12).pdf », a name that no other document of the copy has."""
    title = file_name(f"{document.dated_on.isoformat()} {document.title} ({document.reference})")
    return title + ending_of(document.file)


def ending_of(file: StoredFile) -> str:
    """« .pdf », « .jpg », « .png »."""
    return Path(f"x.{file.media_type.rpartition('/')[2]}").suffix.replace(".jpeg", ".jpg")


def notice_of(lines: list[str], *, left_out: list[str]) -> str:
    """The French notice that goes with the copy."""
    parts = [
        "VOS DONNÉES",
        "",
        "Cette archive contient ce que votre espace client sait de vous et ce qu’il vous montre.",
        "Dossier « donnees » : chaque table en JSON (pour un programme) et en CSV (pour un tableur).",
        "Les montants y sont en centimes d’euro, les dates sous la forme année-mois-jour.",
        "Dossier « fichiers » : vos documents, et les photos de vos interventions.",
        "",
        "Tables :",
        *[f"- {line}" for line in lines],
        "",
        "N’y sont pas : vos mots de passe et codes, que personne ne peut lire, et ce qui ne concerne que d’autres.",
    ]
    if left_out:
        parts += ["", "Documents trop volumineux, à télécharger un par un :", *[f"- {title}" for title in left_out]]
    return "\r\n".join(map(typographic, parts)) + "\r\n"


# Forgetting


def forget_expired() -> int:
    """Erase the archives whose week is over, give up what could not be made in a day; return how many went."""
    late = DataExport.objects.filter(state=DataExport.State.WAITING, asked_at__lte=database_now() - GIVEN_UP_AFTER)
    late.update(state=DataExport.State.FAILED)
    over = DataExport.objects.filter(state=DataExport.State.READY, expires_at__lte=Now())
    storage, erased = document_storage(), 0
    for export in list(over.order_by("pk")):
        storage.delete(export.storage_name)
        erased += DataExport.objects.filter(pk=export.pk).update(state=DataExport.State.ERASED)
    return erased
