"""Many papers at once are published as one by one."""

import datetime as dt

import pytest

from parvis.documents.actions import Paper, publish_ours
from parvis.documents.actions.publishing import OfAnotherAgency
from parvis.documents.models import Document
from parvis.journal.models import Record
from parvis.kit.storage import document_storage
from tests.factories import AgencyFactory, ClientFactory

pytestmark = pytest.mark.django_db
BY = ("system", "")


def papers(client, *contents):
    paper = {"agency": client.agency, "kind": "rent_receipt", "audience": "account", "client": client}
    return [
        (Paper(title=f"Quittance {rank}", dated_on=dt.date(2026, 11, 23), reference=f"Q-{rank}", **paper), content)
        for rank, content in enumerate(contents)
    ]


def test_each_is_kept_published_and_journalled():
    client = ClientFactory()

    publish_ours(agency=client.agency, papers=papers(client, b"%PDF-un", b"%PDF-deux"), by=BY)

    found = Document.objects.published().select_related("file").order_by("reference")
    assert [document.reference for document in found] == ["Q-0", "Q-1"]
    with document_storage().open(found[1].file.storage_name) as kept:
        assert kept.read() == b"%PDF-deux"
    assert Record.objects.filter(verb="document.published").count() == 2


def test_a_reference_that_is_known_is_replaced():
    client = ClientFactory()
    publish_ours(agency=client.agency, papers=papers(client, b"%PDF-un"), by=BY)

    publish_ours(agency=client.agency, papers=papers(client, b"%PDF-autre", b"%PDF-deux"), by=BY)

    assert Document.objects.count() == 2
    assert Document.objects.get(reference="Q-0").file.size == len(b"%PDF-autre")
    assert Record.objects.filter(verb="document.replaced").count() == 1


def test_the_same_content_twice_is_one_file():
    client = ClientFactory()

    publish_ours(agency=client.agency, papers=papers(client, b"%PDF-un", b"%PDF-un"), by=BY)

    assert len({document.file_id for document in Document.objects.all()}) == 1


def test_a_paper_for_a_client_of_another_agency_publishes_nothing():
    client = ClientFactory()

    with pytest.raises(OfAnotherAgency):
        publish_ours(agency=AgencyFactory(), papers=papers(client, b"%PDF-un"), by=BY)

    assert not Document.objects.exists()
