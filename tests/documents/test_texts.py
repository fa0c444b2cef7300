"""The words of a file are read after its publication, by a process that may fall."""

import pytest

from parvis.documents import examiner
from parvis.documents.jobs import read_texts
from parvis.documents.models import StoredFile
from tests.documents.factories import pdf, published, sample
from tests.factories import ClientFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def _end_the_process():
    yield
    examiner.stop()


def test_words_are_kept_folded_and_once():
    document = published(sample("pdf_minimal.pdf"), client=ClientFactory())

    assert read_texts() == 1

    document.file.refresh_from_db()
    assert " lorem ipsum " in document.file.words
    assert (document.file.text_state, document.file.is_scanned) == ("read", False)
    assert read_texts() == 0


def test_a_damaged_file_is_tried_once_and_keeps_no_other_waiting():
    client = ClientFactory()
    published(pdf(), client=client)
    published(sample("pdf_minimal.pdf"), client=client)

    read_texts()

    assert set(StoredFile.objects.values_list("text_state", flat=True)) == {"none", "read"}


def test_the_words_kept_are_bounded():
    published(sample("pdf_minimal.pdf"), client=ClientFactory())

    read_texts()

    assert len(StoredFile.objects.get().words.split()) <= 400
