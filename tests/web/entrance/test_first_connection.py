"""From a paper letter to the Accueil, step by step, through the pages."""

import pytest

from parvis.people.models import Activation, FormerPassword, Grant, Letter
from tests.factories import ClientFactory
from tests.web.entrance.cast import (
    EMAIL,
    NEW,
    OWN,
    active_client,
    choose_password,
    client_with_letter,
    give_address,
    is_signed_in,
    last_link,
    start,
)

EMAIL_STEP = "/premiere-connexion/courriel/"
MAILBOX = "/premiere-connexion/messagerie/"
PASSWORD_STEP = "/premiere-connexion/mot-de-passe/"
OFFER = "/profil/connexion/proposition/"


def page_at(browser, path):
    response = browser.get(path)
    assert response.status_code == 200, response
    return response.content.decode()


def test_letter_leads_to_the_accueil(browser, alice):
    assert start(browser, alice).url == EMAIL_STEP
    assert give_address(browser).url == MAILBOX
    assert browser.post(last_link()).url == PASSWORD_STEP

    response = choose_password(browser)

    assert response.url == OFFER
    assert is_signed_in(browser)
    user = Grant.objects.get(client=alice, ended_at=None).user
    assert (user.email, user.check_password(NEW)) == (EMAIL, True)
    assert Letter.objects.get(client=alice).ending == Letter.Ending.ACTIVATED
    assert Activation.objects.get(client=alice).state == Activation.State.FINISHED


def test_first_page_of_the_new_client_says_that_the_password_is_saved_and_what_can_wait(browser, alice):
    start(browser, alice)
    give_address(browser)
    browser.post(last_link())

    choose_password(browser)
    page = page_at(browser, OFFER)

    assert "Votre mot de passe est enregistré." in page
    assert '<a class="button button-secondary button-phone" href="/">Plus tard</a>' in page


def test_own_password_of_the_former_portal_leads_straight_to_the_accueil(browser, bob):
    start(browser, bob, password=OWN)
    give_address(browser)

    response = browser.post(last_link())

    assert response.url == OFFER
    assert is_signed_in(browser)


def test_former_password_becomes_the_clients_own_and_its_old_hash_disappears(browser, bob):
    start(browser, bob, password=OWN)
    give_address(browser)
    browser.post(last_link())

    user = Grant.objects.get(client=bob).user
    assert user.password.startswith("argon2$argon2id$")
    assert user.check_password(OWN)
    assert not FormerPassword.objects.exists()
    assert Activation.objects.get(client=bob).own_password_hash == ""


def test_each_page_of_the_way_carries_the_words_of_the_help_page(browser, alice):
    first = page_at(browser, "/premiere-connexion/")
    start(browser, alice)
    second = page_at(browser, EMAIL_STEP)
    give_address(browser)
    mailbox = page_at(browser, MAILBOX)
    link = page_at(browser, last_link())
    browser.post(last_link())
    third = page_at(browser, PASSWORD_STEP)

    for words in ("Première Connexion", "Identifiant", "Mot de passe", ">Connexion<", ">Annuler<"):
        assert words in first
    assert "Votre ancien mot de passe ou le provisoire à 6\u00a0chiffres." in first
    assert "Pour vous connecter, merci de renseigner un courriel" in second
    assert ">Courriel<" in second
    assert ">Soumettre<" in second
    assert "Consultez votre boîte mail" in mailbox
    assert "courriers indésirables ou spams" in mailbox
    assert ">Confirmer mon adresse email<" in link
    assert "Vous devez changer votre mot de passe." in third
    assert "Merci de renseigner un nouveau mot de passe ayant\u00a0:" in third


@pytest.mark.parametrize("step", [EMAIL_STEP, MAILBOX, PASSWORD_STEP, "/", "/comptes/", "/profil/"])
def test_nothing_is_open_before_the_secret_is_known(browser, agency, step):
    assert browser.get(step).url.startswith("/connexion/")


@pytest.mark.parametrize(
    "path", ["/", "/biens/", "/comptes/", "/interventions/", "/autres/", "/profil/", "/agence/", "/recherches/"]
)
def test_limited_session_opens_no_page_of_the_client(browser, alice, path):
    start(browser, alice)
    give_address(browser)
    browser.post(last_link())

    assert browser.get(path).url.startswith("/connexion/")


@pytest.mark.parametrize("path", [MAILBOX, PASSWORD_STEP])
def test_no_step_is_skipped(browser, alice, path):
    start(browser, alice)

    assert browser.get(path).url == EMAIL_STEP
    assert browser.post(path, {"new_password": NEW, "new_password_again": NEW}).url == EMAIL_STEP
    assert not Grant.objects.exists()


def test_password_cannot_be_chosen_before_the_address_is_confirmed(browser, alice):
    start(browser, alice)
    give_address(browser)

    assert choose_password(browser).url == MAILBOX
    assert browser.post("/premiere-connexion/suite/").url == MAILBOX
    assert not Grant.objects.exists()


def test_client_of_the_former_portal_cannot_finish_before_the_address_is_confirmed(browser, bob):
    start(browser, bob, password=OWN)
    give_address(browser)

    browser.post("/premiere-connexion/suite/")

    assert not is_signed_in(browser)


def test_signing_in_again_before_confirming_returns_to_the_mailbox_page(browser, alice):
    start(browser, alice)
    give_address(browser)

    assert start(browser, alice).url == MAILBOX
    assert browser.post(last_link()).url == PASSWORD_STEP


def test_signing_in_again_before_choosing_the_password_returns_to_that_step(browser, alice):
    start(browser, alice)
    give_address(browser)
    browser.post(last_link())

    assert start(browser, alice, door="/connexion/").url == PASSWORD_STEP


def test_client_activated_meanwhile_is_not_activated_twice(browser, other_browser, alice):
    start(browser, alice)
    give_address(browser)
    browser.post(last_link())
    Grant.objects.create(client=alice, user=active_client(alice.agency, customer_reference="1"))

    response = choose_password(browser)

    assert response.url == "/connexion/"
    assert Grant.objects.filter(client=alice).count() == 1


def test_client_of_a_closed_file_starts_nothing(browser, agency):
    client = client_with_letter(agency, closed_on="2026-01-31")

    assert "Identifiant ou mot de passe incorrect." in start(browser, client).content.decode()


def test_two_clients_of_one_name_do_not_meet(browser, agency, alice):
    ClientFactory(agency=agency, customer_reference="10427888")
    start(browser, alice)
    give_address(browser)
    browser.post(last_link())
    choose_password(browser)

    assert Grant.objects.get().client == alice
