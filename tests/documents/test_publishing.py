"""A document is published once, replaced by its reference, withdrawn; the database refuses what must never be."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from parvis.documents.actions import FileRefused, Paper, PublicationRefused, publish, withdraw
from parvis.documents.models import Document, StoredFile
from parvis.journal.models import Record
from parvis.kit.storage import document_storage
from tests.documents.factories import DATED_ON, SYSTEM, pdf, published, sample
from tests.factories import BuildingFactory, ClientFactory, LotFactory

pytestmark = pytest.mark.django_db
SAMPLE = "pdf_minimal.pdf"


def paper_for(client, **said):
    facts = {"agency": client.agency, "kind": "lease", "title": "Bail", "dated_on": DATED_ON, "audience": "client"}
    return Paper(**{**facts, "client": client, **said})


def bytes_of(document):
    return b"".join(document_storage().chunks(document.file.storage_name))


def test_a_published_document_has_its_bytes_its_words_and_its_fact_in_the_journal():
    document = publish(paper_for(ClientFactory()), content=sample(SAMPLE), name=SAMPLE, by=SYSTEM)

    assert bytes_of(document) == sample(SAMPLE)
    assert (document.file.opens_inline, document.file.size) == (True, len(sample(SAMPLE)))
    assert " bail " in document.heading_words
    assert " gestion " in document.heading_words
    assert Record.objects.get().verb == "document.published"


def test_the_same_content_is_kept_once():
    content = pdf()

    first, second = published(content, client=ClientFactory()), published(content, client=ClientFactory())

    assert first.file == second.file
    assert StoredFile.objects.count() == 1


def test_the_same_reference_replaces_and_the_same_again_changes_nothing():
    alice, content = ClientFactory(), pdf()
    first = published(client=alice, reference="PV-1")
    verbs = lambda: list(Record.objects.values_list("verb", flat=True))  # noqa: E731

    second = published(content, client=alice, reference="PV-1", title="Procès-verbal corrigé")
    published(content, client=alice, reference="PV-1", title="Procès-verbal corrigé")

    assert (second.pk, second.public_id) == (first.pk, first.public_id)
    assert bytes_of(second) == content
    assert verbs() == ["document.published", "document.replaced"]


def test_withdrawing_twice_is_withdrawing_once_and_publishing_again_brings_it_back():
    alice = ClientFactory()
    document = published(client=alice, reference="PV-1")

    withdraw(document, by=SYSTEM)
    withdraw(document, by=SYSTEM)

    assert Record.objects.filter(verb="document.withdrawn").count() == 1
    assert published(client=alice, reference="PV-1").withdrawn_at is None


def test_a_lot_of_another_agency_is_refused():
    alice = ClientFactory()

    with pytest.raises(PublicationRefused, match="autre agence"):
        published(agency=alice.agency, lot=LotFactory())


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"kind": "employment_contract"}, "nature"),
        ({"audience": "owners"}, "à qui"),
        ({"covers_from": DATED_ON, "covers_until": DATED_ON - dt.timedelta(days=1)}, "période"),
        ({"title": ""}, "vide"),
    ],
)
def test_what_does_not_hold_is_refused_in_french(said, reason):
    with pytest.raises(PublicationRefused, match=reason):
        publish(paper_for(ClientFactory(), **said), content=pdf(), by=SYSTEM, is_ours=True)

    assert not Document.objects.exists()


@pytest.mark.parametrize(
    "columns",
    [
        {"kind": "employment_contract"},
        {"audience": "lot"},
        {"audience": "owners"},
        {"audience": "everyone"},
        {"client_id": None},
        {"covers_from": DATED_ON, "covers_until": DATED_ON - dt.timedelta(days=1)},
    ],
)
def test_the_database_refuses_it_too(columns):
    document = published(client=ClientFactory())

    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(**columns)


def test_only_a_pdf_may_open_inline():
    published(building=BuildingFactory())

    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.update(media_type="text/html")


def test_a_file_that_is_refused_leaves_nothing_behind():
    with pytest.raises(FileRefused, match="JavaScript"):
        publish(paper_for(ClientFactory()), content=sample("pdfjs_js-buttons.pdf"), by=SYSTEM)

    assert not StoredFile.objects.exists()


def test_a_cleaned_file_that_comes_again_is_known():
    alice, content = ClientFactory(), sample("pdf_with_attachment.pdf")

    first = publish(paper_for(alice, reference="1"), content=content, by=SYSTEM)
    second = publish(paper_for(alice, reference="2"), content=content, by=SYSTEM)

    assert first.file == second.file
    assert b"image.png" not in bytes_of(first)
