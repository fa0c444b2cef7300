"""A heavy selection: asked for, gathered by the job, told of, thrown away."""

import datetime as dt
import io
import zipfile

import pytest
from django.utils import timezone

from parvis.documents.actions import archives, withdraw
from parvis.documents.jobs import forget_old, prepare_archive
from parvis.documents.models import Archive
from parvis.kit.storage import document_storage
from parvis.mail.models import OutboxMessage
from parvis.notices.models import Notice
from tests.documents.factories import SYSTEM, published
from tests.factories import ClientFactory
from tests.people.cast import neighbour_of, viewer_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return ClientFactory()


@pytest.fixture
def archive(alice):
    documents = [published(client=alice, title=title) for title in ("Bail", "Quittance")]
    return archives.request_archive(viewer=viewer_of(alice), documents=documents)


def test_the_job_gathers_and_tells_once(archive):
    prepare_archive(archive.pk)
    prepare_archive(archive.pk)

    archive.refresh_from_db()
    content = b"".join(document_storage().chunks(archive.storage_name))
    with zipfile.ZipFile(io.BytesIO(content)) as gathered:
        assert gathered.namelist() == ["2026-11-18 Quittance.pdf", "2026-11-18 Bail.pdf"]
    assert (len(content), Notice.objects.count(), OutboxMessage.objects.count()) == (archive.size, 1, 1)


def test_it_is_its_owners_alone_and_only_once_ready(archive, alice):
    viewer = archives.Viewer.of(archive.user)
    assert not Archive.objects.visible_to(viewer).ready().exists()

    prepare_archive(archive.pk)

    assert Archive.objects.visible_to(viewer).ready().get() == archive
    assert not Archive.objects.visible_to(neighbour_of(alice)).exists()


def test_it_closes_when_one_of_its_documents_does(archive):
    prepare_archive(archive.pk)

    withdraw(archive.documents.first(), by=SYSTEM)

    assert not Archive.objects.visible_to(archives.Viewer.of(archive.user)).exists()


def test_after_its_days_nothing_is_left(archive):
    prepare_archive(archive.pk)
    Archive.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))

    assert forget_old() == 1
    assert not Archive.objects.exists()
    assert not document_storage().exists(archive.storage_name)


def test_an_archive_that_is_gone_needs_nothing():
    prepare_archive(0)


def test_a_choice_of_nothing_is_refused(alice):
    with pytest.raises(archives.NothingChosen):
        archives.request_archive(viewer=viewer_of(alice), documents=[])
