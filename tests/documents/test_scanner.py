"""What comes in is scanned where the site has clamd: attachments, invoices, documents."""

import pytest
from django.core.files.base import ContentFile

from parvis.documents.actions import FileRefused, Paper, deposits, keep, publish
from parvis.documents.actions.pictures import keep_picture
from parvis.documents.models import Document
from parvis.interventions.actions.photos import keep_checked
from parvis.kit.refusals import Refusal
from parvis.people.models import Viewer
from tests.documents.clamd import Clamd, down
from tests.documents.factories import DATED_ON, sample
from tests.factories import BuildingFactory, ClientFactory, StaffMemberFactory, UserFactory

pytestmark = pytest.mark.django_db
PAPER = sample("pdf_minimal.pdf")


@pytest.mark.parametrize(("word", "is_kept"), [("OK", True), ("Eicar FOUND", False), ("ERROR", False)])
def test_file_is_kept_when_the_scanner_says_so(settings, word, is_kept):
    clamd = Clamd(word)
    settings.CLAMD_ADDRESS = clamd.address

    try:
        keep(sample("pdf_minimal.pdf"), name="facture.pdf")
    except FileRefused:
        kept = False
    else:
        kept = True
    finally:
        clamd.server.close()

    assert kept is is_kept


def test_file_is_sent_again_later_while_the_scanner_is_down(settings):
    down(settings)

    with pytest.raises(FileRefused, match="renvoyez ce fichier"):
        keep(sample("pdf_minimal.pdf"), name="facture.pdf")


def test_what_parvis_makes_is_not_scanned(settings):
    down(settings)

    assert keep(b"%PDF-1.7 ours", name="quittance.pdf", is_ours=True).pk


@pytest.fixture
def clamd(settings):
    """Configures a scanner that finds this, until the end of the test."""
    servers = []

    def answering(word):
        servers.append(Clamd(word))
        settings.CLAMD_ADDRESS = servers[-1].address
        return servers[-1]

    yield answering
    for server in servers:
        server.server.close()


@pytest.fixture
def never_scanned():
    """Kept before the site had a scanner."""
    return keep(PAPER, name="facture.pdf")


@pytest.fixture
def photo_while_down(settings):
    """A photo that waits, unseen, because the scanner did not answer."""
    down(settings)
    assert not keep_picture(PAPER).is_scanned


DOORS = {
    "paper": lambda: keep(PAPER, name="autre.pdf"),
    "publication": lambda: publish(paper_for(ClientFactory()), content=PAPER, by=("system", ""), name="a.pdf"),
    "case photo": lambda: keep_checked(name="photo.pdf", content=PAPER),
}


@pytest.mark.parametrize("before", ["never_scanned", "photo_while_down"])
@pytest.mark.parametrize("door", DOORS)
def test_known_content_is_scanned_by_the_next_door(request, clamd, before, door):
    request.getfixturevalue(before)
    clamd("Eicar FOUND")

    with pytest.raises(Refusal, match="virus"):
        DOORS[door]()

    assert not Document.objects.exists()


def test_known_content_waits_for_a_scanner_that_is_down(settings, never_scanned):
    down(settings)

    with pytest.raises(FileRefused, match="renvoyez"):
        keep(PAPER, name="autre.pdf")
    assert not keep_picture(PAPER).is_scanned


def test_content_found_clean_once_is_not_scanned_again(settings, clamd, never_scanned):
    clamd("OK")
    keep(PAPER, name="autre.pdf")
    down(settings)

    assert keep(PAPER, name="encore.pdf") == never_scanned


def test_deposit_looked_at_before_there_was_a_scanner_is_scanned_before_it_is_published(clamd):
    diane = StaffMemberFactory(user=UserFactory()).user
    acacias = BuildingFactory(agency=diane.agency, name="Les Acacias")
    deposit = deposits.receive(user=diane, file=ContentFile(PAPER), name="PV Les Acacias 2026-03-12.pdf")
    deposits.examine_waiting()
    deposit.refresh_from_db()
    deposits.confirm(deposit=deposit, by=Viewer.of(diane))
    clamd("Eicar FOUND")

    assert deposits.publish_confirmed(by=Viewer.of(diane)).sent_back == 1

    deposit.refresh_from_db()
    assert "virus" in deposit.reason
    assert not Document.objects.filter(building=acacias).exists()


def test_deposit_of_a_known_content_is_refused_when_it_holds_a_virus(clamd, never_scanned):
    diane = StaffMemberFactory(user=UserFactory()).user
    deposit = deposits.receive(user=diane, file=ContentFile(PAPER), name="PV.pdf")
    clamd("Eicar FOUND")

    deposits.examine_waiting()

    deposit.refresh_from_db()
    assert (deposit.state, "virus" in deposit.reason) == ("refused", True)


def paper_for(client):
    return Paper(agency=client.agency, kind="minutes", title="PV", dated_on=DATED_ON, audience="client", client=client)
