"""A couple with one address and two logins: each keeps their own way in, and every message says whose it is."""

import pytest
from django.test import Client as Browser

from parvis.people.actions.passwords import handle_waiting_requests
from tests.web.entrance.cast import (
    OWN,
    active_client,
    choose_password,
    is_signed_in,
    known,
    link_in,
    messages_to,
    sign_in,
    text_of,
)

pytestmark = pytest.mark.django_db
SHARED = "fontaine@exemple.fr"
NEW_PASSWORD = "Autre#7Loutre"


@pytest.fixture
def jeanne(agency):
    return active_client(agency, email=SHARED, customer_reference="10427880", first_name="Jeanne")


@pytest.fixture
def paul(agency):
    return active_client(agency, email=SHARED, customer_reference="10427881", first_name="Paul", civility="sir")


def test_each_signs_in_by_their_identifiant(jeanne, paul):
    browser = Browser()
    for user, identifier in ((jeanne, "10427880"), (paul, "10427881")):
        known(browser, user)
        browser.post("/deconnexion/")

        sign_in(browser, identifier, OWN)

        assert browser.session["_auth_user_id"] == str(user.pk)


def test_shared_courriel_asks_for_the_identifiant_without_a_word_of_why(browser, jeanne, paul):
    page = sign_in(known(browser, jeanne), SHARED, OWN).content.decode()
    unknown = sign_in(Browser(), "personne@exemple.fr", OWN).content.decode()

    assert not is_signed_in(browser)
    assert "Identifiant ou mot de passe incorrect." in page
    assert "L’identifiant est celui qui est sur vos appels de fonds ou de loyer." in page
    assert without_token(page, SHARED) == without_token(unknown, "personne@exemple.fr")


def without_token(page, typed):
    lines = page.replace(typed, "").splitlines()
    return [line for line in lines if "csrfmiddlewaretoken" not in line]


def test_forgotten_password_names_the_one_whose_identifiant_was_typed(browser, jeanne, paul):
    for identifier in ("10427881", "10427880"):
        browser.post("/mot-de-passe-oublie/", {"identifier": identifier})
    handle_waiting_requests()

    first, second = messages_to(SHARED, "choose-new-password")

    assert "Bonjour Monsieur Fontaine," in text_of(first)
    assert "Bonjour Madame Fontaine," in text_of(second)


def test_link_of_one_changes_the_password_of_that_one_alone(browser, jeanne, paul):
    browser.post("/mot-de-passe-oublie/", {"identifier": "10427881"})
    handle_waiting_requests()
    page = browser.get(link_in(messages_to(SHARED, "choose-new-password")[0]))

    choose_password(browser, NEW_PASSWORD, path=page.url)

    assert is_signed_in(sign_in_as(Browser(), paul, "10427881", NEW_PASSWORD))
    assert is_signed_in(sign_in_as(Browser(), jeanne, "10427880", OWN))


def sign_in_as(browser, user, identifier, password):
    sign_in(known(browser, user), identifier, password)
    return browser


def test_forgotten_password_by_the_shared_courriel_sends_nothing(browser, jeanne, paul):
    browser.post("/mot-de-passe-oublie/", {"identifier": SHARED})
    handle_waiting_requests()

    assert messages_to(SHARED) == []


def test_code_of_an_unknown_browser_names_whose_sign_in_it_completes(browser, other_browser, jeanne, paul):
    sign_in(browser, "10427880", OWN)
    sign_in(other_browser, "10427881", OWN)

    first, second = messages_to(SHARED, "sign-in-code")

    assert "Bonjour Madame Fontaine," in text_of(first)
    assert "Bonjour Monsieur Fontaine," in text_of(second)


def test_objection_of_one_freezes_that_one_alone(browser, other_browser, jeanne, paul):
    sign_in(browser, "10427881", OWN)

    other_browser.post(link_in(messages_to(SHARED, "sign-in-code")[0]))

    jeanne.refresh_from_db()
    paul.refresh_from_db()
    assert (jeanne.is_active, paul.is_active) == (True, False)
