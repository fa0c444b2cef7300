"""The night erases contents that nothing refers to; what comes in, or is referred to again, meanwhile stays."""

import datetime as dt

import pytest
from django.utils import timezone

from parvis.documents.actions import keep, sweeping
from parvis.documents.models import StoredFile
from parvis.kit.storage import document_storage
from tests.documents.factories import deposit_of, pdf, published, sample
from tests.factories import ClientFactory, StaffMemberFactory, UserFactory

pytestmark = pytest.mark.django_db
CONTENT = sample("pdf_minimal.pdf")
NAME = "facture.pdf"


def aged(file, *, hours=25):
    StoredFile.objects.filter(pk=file.pk).update(stored_at=timezone.now() - dt.timedelta(hours=hours))
    return file


def is_whole(file):
    return StoredFile.objects.filter(pk=file.pk).exists() and document_storage().exists(file.storage_name)


def test_content_that_nothing_refers_to_goes_with_its_bytes_after_a_day():
    old, recent = aged(keep(CONTENT, name=NAME)), aged(keep(pdf(), name=NAME, is_ours=True), hours=23)

    assert sweeping.sweep(now=timezone.now()) == 1

    assert not StoredFile.objects.filter(pk=old.pk).exists()
    assert not document_storage().exists(old.storage_name)
    assert is_whole(recent)


def test_content_that_any_row_refers_to_stays():
    document = published(client=ClientFactory())
    waiting = deposit_of(StaffMemberFactory(user=UserFactory()).user, document=document)
    aged(document.file)
    withdrawn = published(client=ClientFactory())
    withdrawn.withdrawn_at = timezone.now()
    withdrawn.save()
    aged(withdrawn.file)

    assert sweeping.sweep(now=timezone.now()) == 0
    assert is_whole(waiting.file)
    assert is_whole(withdrawn.file)


def test_every_table_that_holds_a_file_is_looked_at():
    sql = str(sweeping.unreferenced().query)
    holding = {
        relation.related_model._meta.db_table
        for relation in StoredFile._meta.get_fields(include_hidden=True)
        if relation.related_model is not None
    }

    assert {"documents_document", "documents_deposit", "interventions_photo", "interventions_quote"} <= holding
    assert [table for table in holding if f'"{table}"' not in sql] == []


@pytest.fixture
def between(monkeypatch):
    """Do something between the look of the night and its erasing."""

    def meanwhile(gesture):
        erase = sweeping.erase

        def erase_after(key, *, now):
            gesture()
            return erase(key, now=now)

        monkeypatch.setattr(sweeping, "erase", erase_after)

    return meanwhile


def test_content_referred_to_between_the_look_and_the_erasing_stays(between):
    file = aged(keep(CONTENT, name=NAME))
    document = published(client=ClientFactory())
    between(lambda: type(document).objects.filter(pk=document.pk).update(file=file))

    assert sweeping.sweep(now=timezone.now()) == 0
    assert is_whole(file)


def test_content_that_comes_in_between_the_look_and_the_erasing_stays(between):
    file = aged(keep(CONTENT, name=NAME))
    between(lambda: keep(CONTENT, name=NAME))

    assert sweeping.sweep(now=timezone.now()) == 0
    assert is_whole(file)


def test_content_that_comes_in_again_later_is_whole():
    aged(keep(CONTENT, name=NAME))
    sweeping.sweep(now=timezone.now())

    assert is_whole(keep(CONTENT, name=NAME))


def test_bytes_lost_by_a_night_cut_short_are_written_again():
    file = keep(CONTENT, name=NAME)
    document_storage().delete(file.storage_name)

    assert keep(CONTENT, name=NAME) == file
    assert is_whole(file)
