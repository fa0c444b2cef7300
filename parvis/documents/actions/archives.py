"""A selection too heavy to leave at once is gathered by a job, told of, and thrown away after some days."""

import datetime as dt
import tempfile
from collections.abc import Collection

from django.core.files import File
from django.db import transaction
from django_q.tasks import async_task

from parvis.documents import emails
from parvis.documents.models import Archive, Document
from parvis.documents.names import members_of
from parvis.journal.actions import record
from parvis.kit.clock import database_now
from parvis.kit.days import paris_day
from parvis.kit.refusals import Refusal
from parvis.kit.storage import document_storage
from parvis.kit.zips import stream_zip
from parvis.notices.access import greetings_of
from parvis.notices.actions import add_notices, send
from parvis.notices.models import Notice
from parvis.people.models import User, Viewer

KEPT = dt.timedelta(days=7)
LEAVES_AT_ONCE_BYTES = 50 * 1024 * 1024
PREPARE = "parvis.documents.jobs.prepare_archive"


class NothingChosen(Refusal):
    message = "Choisissez au moins un document."


@transaction.atomic
def request_archive(*, viewer: Viewer, documents: Collection[Document]) -> Archive:
    """Note what the login chose among what it may read; the job gathers it after the commit."""
    if not documents:
        raise NothingChosen
    now = database_now()
    archive = Archive.objects.create(
        agency_id=viewer.agency_id, user_id=viewer.user_id, requested_at=now, expires_at=now + KEPT
    )
    archive.documents.set(documents)
    transaction.on_commit(lambda: async_task(PREPARE, archive.pk, task_name="prepare an archive"), robust=True)
    record(
        agency_id=viewer.agency_id,
        verb="archive.requested",
        actor=("user", str(viewer.user_id)),
        subject=("archive", archive.public_id),
    )
    return archive


def prepare(archive: Archive) -> None:
    """Gather the documents in one file and tell the login. Twice does no harm."""
    if archive.ready_at is not None:
        return
    documents = list(archive.documents.with_files().order_by("-dated_on", "-pk"))
    with tempfile.TemporaryFile() as gathered:
        for chunk in stream_zip(members_of(documents)):
            gathered.write(chunk)
        size = gathered.tell()
        gathered.seek(0)
        document_storage().save(archive.storage_name, File(gathered))
    tell(archive, size=size)


@transaction.atomic
def tell(archive: Archive, *, size: int) -> None:
    """The archive is ready: the login is told once, whoever prepared it."""
    now = database_now()
    if not Archive.objects.filter(pk=archive.pk, ready_at=None).update(ready_at=now, expires_at=now + KEPT, size=size):
        return
    user = User.objects.select_related("agency").get(pk=archive.user_id)
    kind, target = Notice.Kind.DOCUMENT, ("archive", archive.public_id)
    text = "Vos documents sont prêts à être téléchargés, dans un seul fichier."
    told = add_notices([user.pk], kind=kind, text=text, target=target, key=f"archive {archive.public_id}")
    if told:
        written = emails.archive_ready(agency=user.agency, target=target, until=paris_day(now + KEPT))
        send({user.pk: greeting_of(user, now=now)}, to=told, kind=kind, written=written)


def greeting_of(user: User, *, now: dt.datetime) -> str:
    clients = [grant.client for grant in user.grants.filter(ended_at=None).select_related("client")]
    return greetings_of(clients, day=paris_day(now)).get(user.pk, "")


def throw_away_old(*, now: dt.datetime) -> int:
    """Erase the archives whose days are over, file first; return how many."""
    old = list(Archive.objects.filter(expires_at__lte=now).order_by("pk")[:1_000])
    for archive in old:
        document_storage().delete(archive.storage_name)
        archive.documents.clear()
        archive.delete()
    return len(old)
