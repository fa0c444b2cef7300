"""Bringing files in; the table where each is checked, then published."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from parvis.documents.jobs import examine_deposits
from parvis.documents.models import Deposit, Document
from parvis.kit.days import paris_day
from tests.documents.factories import deposit_of, published, sample
from tests.factories import BuildingFactory, ClientFactory, LotFactory, OwnershipFactory, UserFactory

pytestmark = pytest.mark.django_db
DEPOSIT, TABLE = "/gestion/documents/deposer/", "/gestion/documents/a-classer/"
PUBLISH = f"{TABLE}publier/"
PDF = sample("pdf_minimal.pdf")


@pytest.fixture
def acacias(agency):
    building = BuildingFactory(agency=agency, name="Les Acacias", reference="B0012")
    for _ in range(3):
        OwnershipFactory(lot=LotFactory(building=building), client=ClientFactory(agency=agency))
    return building


@pytest.fixture
def user(diane, agency):
    return agency.user_set.get(staffmember__isnull=False)


def sent(name="PV Les Acacias 2026-03-12.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def address(name, deposit):
    return reverse(f"staff:documents-{name}", args=[deposit.public_id])


def typed(**changes):
    facts = {"title": "PV", "kind": "minutes", "dated_on": "2026-03-12", "audience": "owners", "building": "B0012"}
    return {**facts, "lot": "", "client": "", "publish_on": "", **changes}


def waiting(user, place, **said):
    return deposit_of(user, document=published(building=place), **said)


def test_many_files_come_at_once_bad_ones_too_and_nothing_is_lost(diane, acacias):
    answer = diane.post(DEPOSIT, {"papers": [sent(), sent("page.pdf", sample("xss.htm")), sent("vide.pdf", b"")]})

    assert answer.url == TABLE
    assert "2 fichiers en cours d’examen" in diane.get(TABLE).content.decode()
    examine_deposits()
    page = diane.get(TABLE).content.decode()
    assert "PV Les Acacias" in page
    assert "Visible par 3 copropriétaires" in page
    assert "Ce fichier n’est ni un PDF" in page
    assert "Ce fichier est vide." in page


def test_script_sends_them_one_by_one_and_is_told_what_is_refused(diane, acacias):
    taken = diane.post(DEPOSIT, {"papers": [sent()]}, headers={"accept": "application/json"})
    refused = diane.post(DEPOSIT, {"papers": [sent("vide.pdf", b"")]}, headers={"accept": "application/json"})

    assert taken.json() == {"refused": ""}
    assert refused.json() == {"refused": "Ce fichier est vide."}


def test_form_without_a_file_says_so(diane):
    assert "Choisissez au moins un fichier" in diane.post(DEPOSIT, {}).content.decode()


def test_more_files_than_allowed_are_refused_in_words(diane):
    many = [sent(f"{number}.pdf", b"x") for number in range(51)]

    answer = diane.post(DEPOSIT, {"papers": many})

    assert not Deposit.objects.exists()
    assert "50\u00a0fichiers au plus" in answer.content.decode()


def test_right_guess_is_confirmed_with_one_button_then_published(diane, acacias):
    diane.post(DEPOSIT, {"papers": [sent()]})
    examine_deposits()
    deposit = Deposit.objects.get()

    diane.post(address("confirm", deposit))
    assert "Publier le document vérifié" in diane.get(TABLE).content.decode()
    page = diane.post(PUBLISH, follow=True).content.decode()

    assert "Le document est publié" in page
    document = Document.objects.get()
    assert (document.building, document.audience, document.kind) == (acacias, "owners", "minutes")


def test_nothing_is_published_that_was_not_checked(diane, user, acacias):
    deposit = waiting(user, acacias)
    before = Document.objects.count()

    page = diane.post(PUBLISH, follow=True).content.decode()

    assert "vérifiez d’abord chaque ligne" in page
    deposit.refresh_from_db()
    assert (deposit.state, Document.objects.count()) == ("ready", before)


@pytest.mark.parametrize("building", ["B0012", "les acacias", "Les Acacias (B0012)", "acacias"])
def test_building_is_typed_as_people_know_it(diane, user, acacias, building):
    deposit = waiting(user, acacias, building=None, audience="")

    diane.post(address("line", deposit), typed(building=building))

    deposit.refresh_from_db()
    assert (deposit.state, deposit.building) == ("confirmed", acacias)


def test_client_is_typed_by_identifiant_or_by_name(diane, user, agency, acacias):
    vasseur = ClientFactory(agency=agency, last_name="Vasseur", customer_reference="99000001", reference_key="99000001")
    for word in ("99 000 001", "vasseur"):
        deposit = waiting(user, acacias)
        diane.post(address("line", deposit), typed(audience="account", client=word, building=""))
        deposit.refresh_from_db()
        assert (deposit.state, deposit.client, deposit.building) == ("confirmed", vasseur, None)


def test_lot_is_typed_by_its_number(diane, user, acacias):
    lot = LotFactory(building=acacias, number="A12")
    deposit = waiting(user, acacias)

    diane.post(address("line", deposit), typed(audience="lot", kind="lease", lot="a12"))

    deposit.refresh_from_db()
    assert (deposit.state, deposit.lot) == ("confirmed", lot)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"building": "Inconnu"}, "Aucun immeuble ne porte ce nom"),
        ({"building": ""}, "Donnez l’immeuble"),
        ({"audience": "account", "client": "zzz"}, "Aucun client ne porte cet identifiant"),
        ({"audience": "account", "client": "fontaine"}, "Plusieurs clients portent ce nom"),
        ({"audience": "lot", "lot": "999"}, "Aucun lot de cet immeuble"),
        ({"audience": ""}, "Choisissez à qui le document s’adresse"),
        ({"kind": "contrat_de_travail"}, "Choisissez la nature"),
        ({"kind": "sent_by_client"}, "Choisissez la nature"),
        ({"dated_on": "hier"}, "Renseignez une date complète"),
        ({"title": " "}, "Renseignez le titre"),
    ],
)
def test_what_is_wrong_is_said_and_the_file_still_waits(diane, user, acacias, changes, reason):
    deposit = waiting(user, acacias)

    page = diane.post(address("line", deposit), typed(**changes)).content.decode()

    deposit.refresh_from_db()
    assert reason in page
    assert deposit.state == "ready"


def test_other_agency_s_buildings_and_clients_do_not_exist(diane, user, acacias):
    theirs = BuildingFactory(reference="AILLEURS")
    stranger = ClientFactory(customer_reference="20000000", reference_key="20000000")
    deposit = waiting(user, acacias)

    page = diane.post(address("line", deposit), typed(building=theirs.reference)).content.decode()
    other = diane.post(address("line", deposit), typed(audience="client", client=stranger.customer_reference))

    assert "Aucun immeuble ne porte ce nom" in page
    assert "Aucun client ne porte cet identifiant" in other.content.decode()


def test_file_may_wait_for_its_day(diane, user, acacias):
    later = paris_day(timezone.now()) + dt.timedelta(days=10)
    deposit = waiting(user, acacias)

    diane.post(address("line", deposit), typed(publish_on=later.isoformat(), title="Pour plus tard"))
    diane.post(PUBLISH)

    assert "Pour plus tard" in diane.get("/gestion/documents/?etat=a-venir").content.decode()


def test_line_that_cannot_be_published_says_why_and_the_others_are(diane, user, acacias):
    bad, good = waiting(user, acacias, title="Fautif"), waiting(user, acacias, title="Bon")
    for deposit in (bad, good):
        diane.post(address("confirm", deposit))
    Deposit.objects.filter(pk=bad.pk).update(building=None)

    page = diane.post(PUBLISH, follow=True).content.decode()

    assert "Le document est publié" in page
    assert "Un document n’a pas été publié" in page
    assert "ne dit pas à qui il s’adresse" in page
    assert Document.objects.filter(title="Bon").exists()


def test_replacement_for_another_day_is_refused_on_its_form(diane, user, acacias):
    later = paris_day(timezone.now()) + dt.timedelta(days=10)
    deposit = waiting(user, acacias, replaces=published(building=acacias))

    page = diane.post(address("line", deposit), typed(publish_on=later.isoformat())).content.decode()

    assert "prend sa place dès la publication" in page


def test_unsure_guess_says_what_it_lacks(diane, user, acacias):
    waiting(user, acacias, dated_on=None, building=None)

    page = diane.get(TABLE).content.decode()

    assert "Il manque la date et l’immeuble." in page
    assert "Confirmer" not in page


def test_file_left_aside_leaves_the_list(diane, user, acacias):
    deposit = waiting(user, acacias)

    diane.post(address("discard", deposit))

    assert not Deposit.objects.exists()
    assert "Aucun fichier n’attend" in diane.get(TABLE).content.decode()


def test_what_a_colleague_brought_in_is_theirs(diane, agency, acacias):
    theirs = waiting(UserFactory(agency=agency), acacias, title="Le sien")

    assert "Le sien" not in diane.get(TABLE).content.decode()
    assert diane.post(address("confirm", theirs)).status_code == 404


def test_table_costs_the_same_with_many_files(diane, user, acacias, assert_flat):
    waiting(user, acacias)

    assert_flat(TABLE, lambda: [waiting(user, acacias) for _ in range(6)])
