"""Documents of the agency: the list, one of them, its file, taken back or replaced."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from parvis.documents.actions import withdraw
from parvis.documents.models import Deposit, Document, StoredFile
from parvis.kit.words import indexed
from parvis.people.models import ClientRead, Viewer
from parvis.property.actions import index_clients
from tests.documents.factories import SYSTEM, many, pdf, published, sample
from tests.factories import (
    BuildingAssignmentFactory,
    BuildingFactory,
    ClientFactory,
    GrantFactory,
    LotFactory,
    OwnershipFactory,
    StaffMemberFactory,
    UserFactory,
)
from tests.people.cast import staff_session

pytestmark = pytest.mark.django_db
LIST = "/gestion/documents/"


@pytest.fixture
def acacias(agency):
    """Two co-owners."""
    building = BuildingFactory(agency=agency, name="Les Acacias")
    for _ in range(2):
        OwnershipFactory(lot=LotFactory(building=building), client=ClientFactory(agency=agency))
    return building


def page_of(browser, path):
    return browser.get(path).content.decode()


def address(name, document):
    return reverse(f"staff:documents-{name}", args=[document.public_id])


def test_each_line_says_what_it_is_and_who_reads_it(diane, acacias):
    published(building=acacias, title="PV du 12 mars")

    page = page_of(diane, LIST)

    assert "PV du 12 mars" in page
    assert "Les Acacias" in page
    assert "Visible par 2 copropriétaires" in page
    assert "En ligne" in page


def test_states_are_apart(diane, acacias):
    published(building=acacias, title="Présent")
    published(building=acacias, title="Futur", published_at=timezone.now() + dt.timedelta(days=2))
    withdraw(published(building=acacias, title="Passé"), by=SYSTEM)

    shown = {state: page_of(diane, f"{LIST}?etat={state}") for state in ("", "a-venir", "retires")}

    assert [state for state, page in shown.items() if "Présent" in page] == [""]
    assert [state for state, page in shown.items() if "Futur" in page] == ["a-venir"]
    assert [state for state, page in shown.items() if "Passé" in page] == ["retires"]


def test_words_are_found_in_titles_places_names_and_texts(diane, agency, acacias):
    alice = ClientFactory(agency=agency, last_name="Vasseur")
    published(building=acacias, title="Règlement intérieur")
    published(client=alice, title="Relevé")
    index_clients(clients=[alice.pk])

    assert "Règlement intérieur" in page_of(diane, f"{LIST}?q=reglement")
    assert "Règlement intérieur" in page_of(diane, f"{LIST}?q=acacias+règlement")
    assert "Relevé" in page_of(diane, f"{LIST}?q=vasseur")
    assert "Règlement intérieur" not in page_of(diane, f"{LIST}?q=vasseur")
    assert "Aucun document ne correspond" in page_of(diane, f"{LIST}?q=zzz%00")
    assert "Relevé" not in page_of(diane, f"{LIST}?categorie=contrats")


@pytest.mark.parametrize("typed", ["reglements interieurs", "RÈGLEMENT", "réglemnt", "acacia", "acaccias", "2026"])
def test_accents_plurals_and_one_wrong_letter_do_not_count(diane, acacias, typed):
    published(building=acacias, title="Règlement intérieur")
    published(client=ClientFactory(agency=acacias.agency), title="Bilan", dated_on=dt.date(2024, 1, 1))

    page = page_of(diane, f"{LIST}?q={typed}")

    assert "Règlement intérieur" in page
    assert "Bilan" not in page
    assert ("Aucun document ne contient" in page) is (typed in ("réglemnt", "acaccias"))


def test_word_of_a_text_is_found_where_no_title_holds_it_or_when_it_is_asked(diane, acacias):
    with_text, titled = published(building=acacias, title="Contrat"), published(building=acacias, title="Toiture")
    StoredFile.objects.filter(pk=with_text.file_id).update(words=indexed("chaudière et toiture"))

    assert "Contrat<" in page_of(diane, f"{LIST}?q=chaudieres")
    page = page_of(diane, f"{LIST}?q=toiture")
    assert titled.title in page
    assert "Contrat<" not in page
    assert "Contrat<" in page_of(diane, f"{LIST}?q=toiture&texte=1")
    assert "texte=1" in page


def test_nearest_word_is_never_one_of_what_is_out_of_scope(client, agency, acacias):
    published(building=acacias, title="Ravalement")
    member = StaffMemberFactory(agency=agency, user=UserFactory(agency=agency), scope="buildings")
    BuildingAssignmentFactory(building=BuildingFactory(agency=agency, name="Les Lilas"), staff_member=member)

    page = page_of(staff_session(client, member.user), f"{LIST}?q=ravalemnt")

    assert "ravalement" not in page.casefold()


def test_what_clients_sent_stays_with_their_messages(diane, agency):
    published(client=ClientFactory(agency=agency), kind="sent_by_client", title="Mon attestation")

    assert "Mon attestation" not in page_of(diane, LIST)


def test_whoever_looks_is_written_down(diane, agency):
    grant = GrantFactory(client=ClientFactory(agency=agency))
    document = published(client=grant.client)

    diane.get(address("detail", document))

    assert ClientRead.objects.get(client=grant.client).part == "Documents"


def test_file_is_served_in_its_sandbox(diane, acacias):
    answer = diane.get(address("file", published(pdf("contenu"), building=acacias)))

    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_document_is_taken_back_once_somebody_has_said_so_twice(diane, acacias):
    document = published(building=acacias)
    owner = GrantFactory(client=acacias.lots.first().ownerships.get().client)
    viewer = Viewer(user_id=owner.user_id, agency_id=acacias.agency_id)

    assert "Visible par 2 copropriétaires" in page_of(diane, address("withdrawal", document))
    assert Document.objects.visible_to(viewer).exists()

    diane.post(address("withdrawal", document))

    assert not Document.objects.visible_to(viewer).exists()


def test_new_file_waits_on_the_table_described_as_the_former(diane, acacias):
    document = published(building=acacias, title="Règlement", kind="bylaws")
    sent = SimpleUploadedFile("nouveau.pdf", sample("pdf_minimal.pdf"))

    page = diane.post(address("replacement", document), {"papers": sent}, follow=True).content.decode()

    deposit = Deposit.objects.get()
    assert (deposit.replaces, deposit.name) == (document, "nouveau.pdf")
    assert "Le nouveau fichier est reçu" in page


def test_quittance_is_not_replaced_by_hand(diane, agency):
    quittance = published(client=ClientFactory(agency=agency), kind="rent_receipt")
    sent = SimpleUploadedFile("nouveau.pdf", sample("pdf_minimal.pdf"))

    page = diane.post(address("replacement", quittance), {"papers": sent}).content.decode()

    assert "ne se remplace pas" in page
    assert "Remplacer</a>" not in page_of(diane, address("detail", quittance))
    assert not Deposit.objects.exists()


def test_manager_of_some_buildings_sees_their_papers_and_no_other(client, agency, acacias):
    lilas = BuildingFactory(agency=agency, name="Les Lilas")
    member = StaffMemberFactory(agency=agency, user=UserFactory(agency=agency), scope="buildings")
    BuildingAssignmentFactory(building=lilas, staff_member=member)
    ines = staff_session(client, member.user)
    tenant = ClientFactory(agency=agency)
    OwnershipFactory(lot=LotFactory(building=lilas), client=tenant)
    published(building=lilas, title="Chez elle")
    published(client=tenant, title="De son client")
    published(lot=LotFactory(building=lilas), title="D’un de ses lots")
    others = [
        published(building=acacias, title="Ailleurs"),
        published(client=acacias.lots.first().ownerships.get().client, title="D’un autre client"),
    ]

    page = page_of(ines, LIST)

    assert [title for title in ("Chez elle", "De son client", "D’un de ses lots") if title not in page] == []
    assert "Ailleurs" not in page
    assert "D’un autre client" not in page
    assert [ines.get(address("detail", each)).status_code for each in others] == [404, 404]


def test_list_costs_the_same_with_many_documents(diane, acacias, assert_flat):
    document = published(building=acacias)

    assert_flat(LIST, lambda: many(20, like=document))
