"""Connexion: who gets in, what the others are told."""

import datetime as dt

import pytest
from django.utils import timezone

from parvis.people.models import Activation, Grant, Letter
from tests.factories import AgencyFactory, ClientFactory, GrantFactory, StaffMemberFactory, UserFactory
from tests.web.entrance.cast import (
    CODE,
    OWN,
    OWN_HASH,
    active_client,
    client_with_letter,
    is_signed_in,
    known,
    letter_for,
    sign_in,
    start,
)

WRONG = "Identifiant ou mot de passe incorrect."


@pytest.mark.parametrize(
    "typed",
    ["10427837", " 10 427-837 ", "10.427.837", "\u00a010427837\u200b", "charlie@exemple.fr", "Charlie@Exemple.FR"],
)
def test_identifiant_or_confirmed_courriel_opens(home, charlie, typed):
    response = sign_in(home, typed, OWN)

    assert response.url == "/"
    assert is_signed_in(home)


def test_password_typed_with_another_keyboard_is_the_same(home, charlie):
    decomposed = OWN.replace("é", "e\u0301")

    assert sign_in(home, "10427837", decomposed).url == "/"


@pytest.mark.parametrize("door", ["/connexion/", "/premiere-connexion/"])
@pytest.mark.parametrize("typed", ["482 913", "482\u00a0913", " 4 8 2 9 1 3\u202f"])
def test_spaces_among_the_digits_of_the_letter_do_not_count(browser, alice, door, typed):
    answer = sign_in(browser, alice.customer_reference, typed, door=door)

    assert answer.url == "/premiere-connexion/courriel/"


def test_every_space_of_a_real_password_counts(home, charlie):
    assert WRONG in sign_in(home, "10427837", f"{OWN} ").content.decode()


@pytest.mark.parametrize("door", ["/connexion/", "/premiere-connexion/"])
@pytest.mark.parametrize("typed", [("10427837", "faux"), ("99999999", OWN), ("10427837", CODE)])
def test_wrong_secret_and_unknown_identifiant_read_the_same(browser, charlie, door, typed):
    response = sign_in(browser, *typed, door=door)

    page = response.content.decode()
    assert response.status_code == 200
    assert WRONG in page
    assert "L’identifiant est celui qui est sur vos appels de fonds ou de loyer." in page
    assert ("choisissez «\u00a0Première Connexion\u00a0»" in page) is (door == "/connexion/")
    assert "<title>Erreur\u00a0: " in page
    assert not is_signed_in(browser)


def test_typed_identifiant_is_kept_and_the_password_is_not(browser, charlie):
    page = sign_in(browser, "10 427 837", "faux-et-long").content.decode()

    assert 'value="10 427 837"' in page
    assert "faux-et-long" not in page


@pytest.mark.parametrize("door", ["/connexion/", "/premiere-connexion/"])
def test_unfinished_first_connection_goes_on_at_its_next_step_at_both_doors(browser, alice, door):
    assert start(browser, alice, door=door).url == "/premiere-connexion/courriel/"


def test_empty_form_names_each_missing_field(browser, agency):
    page = sign_in(browser, "", "").content.decode()

    assert "Renseignez votre identifiant." in page
    assert "Renseignez votre mot de passe." in page


def test_courriel_of_two_logins_opens_neither(home, charlie):
    active_client(charlie.agency, email=charlie.email, customer_reference="10427899")

    assert WRONG in sign_in(home, charlie.email, OWN).content.decode()
    assert sign_in(home, "10427837", OWN).url == "/"


def test_courriel_that_the_agency_knows_but_nobody_confirmed_opens_nothing(browser, agency):
    client_with_letter(agency, known_email="alice@exemple.fr")

    assert WRONG in sign_in(browser, "alice@exemple.fr", CODE).content.decode()


def test_identifiant_of_another_portal_opens_nothing_here(browser, agency):
    elsewhere = AgencyFactory(host="ailleurs.exemple.fr")
    active_client(elsewhere, email="erin@exemple.fr", customer_reference="777")

    assert WRONG in sign_in(browser, "777", OWN).content.decode()
    assert sign_in(browser, "erin@exemple.fr", OWN).status_code == 200


def test_identifiant_held_by_two_agencies_of_one_portal_opens_neither(browser, charlie):
    neighbour = AgencyFactory(host="testserver", is_host_owner=False)
    ClientFactory(agency=neighbour, customer_reference="10427837")

    assert WRONG in sign_in(browser, "10427837", OWN).content.decode()


def test_client_of_the_second_agency_of_a_portal_signs_in(browser, agency):
    neighbour = AgencyFactory(host="testserver", is_host_owner=False)
    user = active_client(neighbour, email="n@exemple.fr", customer_reference="888")

    assert sign_in(known(browser, user), "888", OWN).url == "/"


def test_staff_sign_in_with_their_courriel_and_land_in_the_agencys_pages(browser, agency):
    diane = UserFactory(agency=agency, email="diane@exemple.fr", password=OWN_HASH)
    StaffMemberFactory(agency=agency, user=diane)

    assert sign_in(known(browser, diane), "diane@exemple.fr", OWN).url == "/gestion/"


def test_staff_who_left_and_closed_logins_stay_outside(browser, agency):
    gone = UserFactory(agency=agency, email="parti@exemple.fr", password=OWN_HASH)
    StaffMemberFactory(agency=agency, user=gone, left_on=dt.date(2026, 1, 31))
    closed = active_client(agency, email="ferme@exemple.fr", customer_reference="555")
    closed.is_active = False
    closed.save(update_fields=["is_active"])

    assert WRONG in sign_in(browser, "parti@exemple.fr", OWN).content.decode()
    assert WRONG in sign_in(browser, "ferme@exemple.fr", OWN).content.decode()
    assert WRONG in sign_in(browser, "555", OWN).content.decode()


def test_login_without_password_is_not_opened_by_an_empty_or_any_password(browser, agency):
    GrantFactory(client=ClientFactory(agency=agency, customer_reference="666"))

    assert WRONG in sign_in(browser, "666", "!").content.decode()


def test_expired_code_is_told_to_who_knows_it_with_the_agencys_phone(browser, agency):
    client = ClientFactory(agency=agency)
    letter_for(client, age_days=31)

    page = start(browser, client).content.decode()

    assert "Votre mot de passe provisoire n’est plus valable." in page
    assert "Demandez-en un nouveau à votre agence\u00a0: 01\u00a000\u00a000\u00a000\u00a000." in page
    assert not Activation.objects.exists()


def test_wrong_code_of_a_dead_letter_reads_like_any_wrong_secret(browser, agency):
    client = ClientFactory(agency=agency)
    letter_for(client, age_days=31)

    page = start(browser, client, password="000000").content.decode()

    assert WRONG in page
    assert "plus valable" not in page


def test_code_of_an_earlier_letter_reads_like_any_wrong_secret(browser, agency):
    client = ClientFactory(agency=agency)
    old = letter_for(client, age_days=2)
    Letter.objects.filter(pk=old.pk).update(ended_at=timezone.now(), ending=Letter.Ending.REISSUED)
    newest = letter_for(client)
    Letter.objects.filter(pk=newest.pk).update(code_hash=OWN_HASH)

    assert WRONG in start(browser, client).content.decode()


def test_code_used_again_after_the_own_password_is_chosen_opens_nothing(browser, charlie):
    client = Grant.objects.get(user=charlie).client
    letter = letter_for(client)
    Letter.objects.filter(pk=letter.pk).update(ended_at=timezone.now(), ending=Letter.Ending.ACTIVATED)

    page = start(browser, client).content.decode()

    assert "Votre mot de passe provisoire n’est plus valable." in page
    assert "Vous en avez choisi un" in page
    assert not is_signed_in(browser)


def test_code_may_be_used_again_until_the_password_is_chosen_and_each_use_counts(browser, other_browser, alice):
    start(browser, alice)
    start(other_browser, alice)

    assert Letter.objects.get(client=alice).uses == 2


@pytest.mark.parametrize(
    "target",
    [
        "https://mal.example/",
        "//mal.example",
        "///mal.example",
        "/\\mal.example",
        "\\\\mal.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "http:mal.example",
        "https:///mal.example",
        "http://testserver@mal.example/",
        "http://testserver.mal.example/",
        " //mal.example",
        "\t//mal.example",
        "/\t/mal.example",
        "ftp://testserver/",
    ],
)
def test_unsafe_next_is_refused(home, charlie, target):
    response = sign_in(home, "10427837", OWN, next=target)

    assert response.url == "/"


def test_page_that_was_asked_for_comes_after_signing_in(home, charlie):
    page = home.get("/comptes/", follow=True).content.decode()
    assert "Reconnectez-vous pour reprendre." in page

    assert sign_in(home, "10427837", OWN, next="/comptes/").url == "/comptes/"


def test_signed_in_person_is_not_asked_again(home, charlie):
    sign_in(home, "10427837", OWN)

    assert home.get("/connexion/").url == "/"
