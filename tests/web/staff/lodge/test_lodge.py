"""The caretaker reads the cases of their building and adds to them; no name, no account, no other building."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from parvis.interventions.actions import messages, moves
from parvis.interventions.actions.actors import Actor
from parvis.interventions.actions.messages import Writing
from parvis.interventions.models import CaseMessage, Intervention, Photo
from parvis.kit.identifiers import new_public_id
from parvis.mail.models import OutboxMessage
from parvis.people.models import ClientRead
from tests.factories import (
    BuildingAssignmentFactory,
    InterventionFactory,
    LotFactory,
    StaffMemberFactory,
    UserFactory,
)
from tests.interventions.cast import alice_of, declared, erin_of
from tests.interventions.factories import AnnouncementFactory
from tests.people.cast import staff_session

pytestmark = pytest.mark.django_db
PHOTO = Path("tests/data/uploads/photo_canon_40D.jpg").read_bytes()


@pytest.fixture
def lot(agency):
    return LotFactory(building__agency=agency)


@pytest.fixture
def gaston(agency, lot):
    """A browser where the caretaker of that building is signed in."""
    member = StaffMemberFactory(agency=agency, user=UserFactory(agency=agency), first_name="Gaston", role="caretaker")
    BuildingAssignmentFactory(building=lot.building, staff_member=member, duty="Gardien")
    return staff_session(Browser(), member.user)


@pytest.fixture
def case(lot):
    erin_of(lot.building)
    return declared(lot, alice_of(lot), availability="Le matin", phone="0600000001")


def page_of(browser, path):
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_caretaker_is_led_to_the_lodge(gaston):
    assert gaston.get("/gestion/")["Location"] == "/gestion/loge/"


def test_cases_and_announcements_of_their_building_alone(gaston, lot, case):
    AnnouncementFactory(building=lot.building, title="Coupure d’eau")
    AnnouncementFactory(building=LotFactory(building__agency=lot.agency).building, title="Ravalement")
    elsewhere = InterventionFactory(building__agency=lot.agency, title="Porte d’un autre immeuble")
    InterventionFactory(building=lot.building, state="closed", title="Ancienne fuite")

    page = page_of(gaston, "/gestion/loge/")

    assert all(words in page for words in ("Eau\u00a0: cuisine", "Coupure d’eau", "Ancienne fuite"))
    assert "Ravalement" not in page
    assert elsewhere.title not in page
    assert gaston.get(f"/gestion/loge/{elsewhere.public_id}/").status_code == 404


def test_no_client_is_named_nor_their_number_shown(gaston, case):
    page = page_of(gaston, f"/gestion/loge/{case.public_id}/") + page_of(gaston, "/gestion/loge/")

    assert "L’évier fuit depuis hier." in page
    assert "Le matin" in page
    for secret in ("Fontaine", "Alice", "06\u00a000", "0600000001", case.reporter.customer_reference):
        assert secret not in page


def test_what_the_client_and_the_agency_write_to_each_other_stays_between_them(gaston, case, lot):
    erin = erin_of(lot.building)
    for audience in ("reporter", "internal"):
        writing = Writing(text=f"Compte débiteur, {audience}", sending_key=new_public_id(), audience=audience)
        messages.write(intervention=case, writing=writing, by=erin)

    assert "Compte débiteur" not in page_of(gaston, f"/gestion/loge/{case.public_id}/")


def test_why_a_client_cancels_is_not_for_the_caretaker(gaston, case):
    reporter = Actor.of_client(case.reporter.grants.get().user, client=case.reporter)
    moves.cancel(intervention=case, by=reporter, version=case.version, reason="Mon fils l’a réparé.")

    page = page_of(gaston, f"/gestion/loge/{case.public_id}/")

    assert "Annulée par le déclarant" in page
    assert "Mon fils" not in page


def test_client_learns_that_the_caretaker_read_their_report(gaston, case):
    gaston.get(f"/gestion/loge/{case.public_id}/")

    assert ClientRead.objects.get().client == case.reporter


def test_note_with_a_photo_reaches_the_agency_once(gaston, case):
    key, path = new_public_id(), f"/gestion/loge/{case.public_id}/"
    for _time in range(2):
        photos = [SimpleUploadedFile("fuite.jpg", PHOTO)]
        gaston.post(path, {"text": "J’ai coupé l’eau.", "photos": photos, "sending_key": key})

    assert CaseMessage.objects.get().audience == "internal"
    assert OutboxMessage.objects.filter(subject__contains="note de Gaston").count() == 1
    page = page_of(gaston, path)
    assert "J’ai coupé l’eau." in page
    photo = Photo.objects.get()
    assert gaston.get(f"{path}photos/{photo.public_id}/").status_code == 200
    assert gaston.get(f"{path}photos/{photo.public_id}/?petite").status_code == 200


def test_internal_photo_of_somebody_else_is_not_there(gaston, case):
    gaston.post(
        f"/gestion/loge/{case.public_id}/",
        {"photos": [SimpleUploadedFile("fuite.jpg", PHOTO)], "sending_key": new_public_id()},
    )
    Photo.objects.update(author=None)

    photo = Photo.objects.get()
    assert gaston.get(f"/gestion/loge/{case.public_id}/photos/{photo.public_id}/").status_code == 404


def test_caretaker_declares_in_the_common_parts_or_in_a_lot(gaston, lot):
    for place in (f"communes-{lot.building.public_id}", f"lot-{lot.public_id}"):
        typed = {"place": place, "category": "water", "text": "Ça coule.", "sending_key": new_public_id()}
        page = gaston.post("/gestion/loge/declarer/", typed, follow=True).content.decode()
        assert "Votre déclaration est enregistrée sous le numéro" in page

    common, private = Intervention.objects.order_by("pk")
    assert (common.scope, private.scope, private.lot) == ("common", "private", lot)
    assert common.declared_by.first_name == "Gaston"
    assert common.events.get().label == "Problème déclaré"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Choisissez où est le problème."),
        ({"place": "lot-inconnu"}, "Choisissez où est le problème."),
        ({"photos": [SimpleUploadedFile("a.exe", b"MZ")]}, "Ce fichier n’est pas accepté."),
    ],
)
def test_what_cannot_be_declared_is_said(gaston, typed, said):
    page = gaston.post("/gestion/loge/declarer/", {"sending_key": new_public_id(), **typed}).content.decode()

    assert said in page
    assert not Intervention.objects.exists()


def test_lot_of_another_building_cannot_be_chosen(gaston, lot):
    other = LotFactory(building__agency=lot.agency)
    typed = {"place": f"lot-{other.public_id}", "category": "water", "text": "x", "sending_key": new_public_id()}

    assert "Choisissez où est le problème." in gaston.post("/gestion/loge/declarer/", typed).content.decode()


def test_empty_note_is_refused(gaston, case):
    page = gaston.post(f"/gestion/loge/{case.public_id}/", {"sending_key": new_public_id()}).content.decode()

    assert "Écrivez un message ou ajoutez une photo." in page


def test_cost_of_the_list_does_not_grow(gaston, lot, client, assert_flat):
    client.cookies = gaston.cookies
    for _rank in range(2):
        InterventionFactory(building=lot.building)

    assert_flat("/gestion/loge/", lambda: [InterventionFactory(building=lot.building) for _rank in range(8)])


def test_list_goes_on_page_after_page_those_in_progress_first(gaston, lot):
    for rank in range(35):
        InterventionFactory(building=lot.building, title=f"En cours {rank}")
    for rank in range(3):
        InterventionFactory(building=lot.building, title=f"Finie {rank}", state="closed")

    first, second = page_of(gaston, "/gestion/loge/"), page_of(gaston, "/gestion/loge/?page=2")

    assert (first.count("En cours "), first.count("Finie ")) == (30, 0)
    assert (second.count("En cours "), second.count("Finie ")) == (5, 3)
    assert "Suite de la liste" in first
    assert "Début de la liste" in second


def test_everything_else_of_the_desk_is_missing(gaston, case):
    paths = ("interventions/", "clients/", "messages/", "documents/", "annonces/", "annonces/ecrire/", "ecarts/")

    assert {gaston.get(f"/gestion/{path}").status_code for path in paths} == {404}
