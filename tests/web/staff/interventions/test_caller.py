"""Déclarer pour un client: found in two letters, one page, a receipt; the same problem is shown before."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from parvis.interventions.models import Intervention
from parvis.kit.clock import database_now
from parvis.kit.identifiers import new_public_id
from parvis.notices.models import Notice
from parvis.people.models import ClientRead
from parvis.property.actions import index_clients
from tests.factories import AgencyFactory, ClientFactory, LotFactory, OwnershipFactory

pytestmark = pytest.mark.django_db
PAGE = "/gestion/interventions/declarer/"


@pytest.fixture
def camille(alice):
    """Alice, as the agency knows her."""
    client = alice.client
    client.first_name, client.last_name = "Camille", "Fontaine"
    client.save()
    index_clients(clients=[client.pk])
    return client


def read(browser, words):
    return browser.get(PAGE, {"q": words}).content.decode()


def call(browser, client, lot, **typed):
    known = {
        "place": f"lot-{lot.public_id}",
        "category": "water",
        "title": "Fuite sous l’évier",
        "description": "Depuis hier soir.",
        "sending_key": new_public_id(),
    }
    return browser.post(f"{PAGE}{client.public_id}/", {**known, **typed}, follow=True).content.decode()


def test_client_is_found_in_two_letters(diane, camille):
    page = read(diane, "fo")

    assert f"{PAGE}{camille.public_id}/" in page
    assert "lot\u00a012, Résidence Les Acacias" in page


def test_nobody_found_says_so(diane, camille):
    assert "Aucun client ne répond à «&nbsp;zz&nbsp;»." in read(diane, "zz")


def test_client_without_an_access_is_not_said_to_be_told(diane, camille, lot, alice):
    camille.grants.update(ended_at=database_now())

    page = call(diane, camille, lot)

    assert "Le client est prévenu." not in page
    assert "Ce client n’a pas d’accès" in page


def test_report_is_written_for_the_client_who_is_told(diane, camille, lot, alice):
    page = call(diane, camille, lot, phone="06 12 34 56 78", is_urgent="on")

    case = Intervention.objects.get()
    assert f"La déclaration est enregistrée sous le numéro {case.number}. Le client est prévenu." in page
    assert (case.reporter, case.lot, case.declared_by.user.pk, case.is_urgent) == (
        camille,
        lot,
        int(diane.session["_auth_user_id"]),
        True,
    )
    assert Notice.objects.filter(user=alice.user, text__contains=case.number).exists()


def test_common_parts_of_their_building_are_a_place_too(diane, camille, lot):
    call(diane, camille, lot, place=f"communes-{lot.building.public_id}", spot="parking")

    case = Intervention.objects.get()
    assert (case.scope, case.lot, case.place) == ("common", None, "parking")


def test_place_of_somebody_else_cannot_be_chosen(diane, camille, lot):
    page = call(diane, camille, LotFactory(building=lot.building))

    assert "Choisissez où est le problème." in page
    assert not Intervention.objects.exists()


def test_mistake_keeps_what_was_typed(diane, camille, lot):
    page = call(diane, camille, lot, title="")

    assert "Renseignez l’objet." in page
    assert "Depuis hier soir." in page


def test_files_of_a_refused_page_are_named_to_be_chosen_again(diane, camille, lot):
    files = [SimpleUploadedFile(name, b"x") for name in ("fuite.jpg", "page.html")]

    page = call(diane, camille, lot, phone="12", photos=files)

    assert "Choisissez à nouveau vos fichiers\u00a0: fuite.jpg." in page
    assert "«\u00a0page.html\u00a0»\u00a0: Ce fichier n’est pas accepté." in page
    assert not Intervention.objects.exists()


def test_nothing_is_said_of_clients_before_any_search(diane):
    page = diane.get(PAGE).content.decode()

    assert "Aucune recherche" not in page
    assert "0 client" not in page


def test_sent_twice_it_is_one(diane, camille, lot):
    key = new_public_id()

    for _ in range(2):
        call(diane, camille, lot, sending_key=key, anyway="1")

    assert Intervention.objects.count() == 1


def test_same_problem_in_progress_is_shown_before_and_may_be_declared_again(diane, camille, lot):
    call(diane, camille, lot)

    page = call(diane, camille, lot)
    assert "Un problème semblable est déjà signalé." in page
    assert Intervention.objects.count() == 1

    call(diane, camille, lot, anyway="1")
    assert Intervention.objects.count() == 2


def test_client_sees_that_the_agency_opened_their_file(diane, camille):
    diane.get(f"{PAGE}{camille.public_id}/")

    assert ClientRead.objects.get().client == camille


def test_client_who_holds_nothing_has_no_place_to_report(diane, agency):
    stranger = ClientFactory(agency=agency)

    page = diane.get(f"{PAGE}{stranger.public_id}/").content.decode()

    assert "Ce client n’a aucun bien aujourd’hui dans vos immeubles." in page


def test_client_of_another_agency_does_not_exist(diane):
    stranger = OwnershipFactory(client__agency=AgencyFactory()).client

    assert diane.get(f"{PAGE}{stranger.public_id}/").status_code == 404
