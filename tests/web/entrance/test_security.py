"""Connexion et sécurité: where one is signed in, which browsers are known, and an end to either."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from parvis.journal.models import Record
from parvis.people import hashers
from parvis.people.jobs import handle_forgotten_passwords
from parvis.people.models import KnownBrowser, SignedInSession
from tests.web.entrance.cast import (
    NEW,
    OWN,
    active_client,
    choose_password,
    is_signed_in,
    known,
    last_link,
    messages_to,
    sign_in,
)
from tests.web.entrance.trips import return_of

PAGE = "/profil/connexion/"
PASSWORD = "/profil/connexion/mot-de-passe/"
OTHERS = "/profil/connexion/appareils/autres/deconnecter/"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Safari/604.1"
EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def here(home):
    """Charlie, signed in at home."""
    sign_in(home, "10427837", OWN)
    return home


@pytest.fixture
def phone(charlie):
    """Charlie, signed in on a telephone too."""
    browser = known(Browser(headers={"user-agent": IPHONE}), charlie)
    sign_in(browser, "10427837", OWN)
    return browser


def session_of(browser):
    return SignedInSession.objects.get(session_key=browser.session.session_key)


def change(browser, *, present=OWN, new=NEW, again=None):
    return browser.post(
        PASSWORD, {"password": present, "new_password": new, "new_password_again": new if again is None else again}
    )


def test_devices_are_listed_by_name_the_one_at_hand_first(here, phone):
    page = here.get(PAGE).content.decode()

    assert page.count("– cet appareil") == 1
    assert page.index("– cet appareil") < page.index("Safari sur iPhone")
    assert "Aujourd’hui à" in page


def test_what_a_browser_says_of_itself_is_never_shown(charlie):
    browser = known(Browser(headers={"user-agent": EVIL}), charlie)
    sign_in(browser, "10427837", OWN)

    page = browser.get(PAGE).content.decode()

    assert "Navigateur inconnu" in page
    assert "onerror" not in page


def test_another_device_is_signed_out_on_the_server(here, phone):
    answer = here.post(f"/profil/connexion/appareils/{session_of(phone).public_id}/deconnecter/")

    assert answer.url == PAGE
    assert "Safari sur iPhone est déconnecté." in here.get(PAGE).content.decode()
    assert phone.get("/").url.startswith("/connexion/")
    assert is_signed_in(here)
    assert Record.objects.filter(verb="session.ended-from-another").count() == 1


def test_all_other_devices_are_signed_out_at_once(here, phone, charlie):
    tablet = known(Browser(), charlie)
    sign_in(tablet, "10427837", OWN)

    here.post(OTHERS)

    assert list(Session.objects.values_list("session_key", flat=True)) == [here.session.session_key]
    assert "Déconnecter tous les autres" not in here.get(PAGE).content.decode()


def test_device_at_hand_is_left_by_its_own_button(here):
    here.post(f"/profil/connexion/appareils/{session_of(here).public_id}/deconnecter/")

    assert is_signed_in(here)


@pytest.mark.parametrize("path", ["appareils/{session}/deconnecter/", "navigateurs/{browser}/oublier/"])
def test_devices_and_browsers_of_another_do_not_exist(here, other_browser, agency, path):
    eve = active_client(agency, email="eve@exemple.fr", customer_reference="10427850")
    sign_in(known(other_browser, eve), "10427850", OWN)
    names = {"session": session_of(here).public_id, "browser": KnownBrowser.objects.exclude(user=eve).get().public_id}

    assert other_browser.post(f"/profil/connexion/{path.format(**names)}").status_code == 404
    assert is_signed_in(here)
    assert KnownBrowser.objects.count() == 2


def test_forgotten_browser_loses_its_session_and_is_asked_for_a_code_again(here, phone):
    browser = session_of(phone).browser

    here.post(f"/profil/connexion/navigateurs/{browser.public_id}/oublier/")

    assert "n’est plus reconnu" in here.get(PAGE).content.decode()
    assert phone.get("/").url.startswith("/connexion/")
    assert sign_in(phone, "10427837", OWN).url == "/connexion/verification/"


def test_browser_at_hand_may_be_forgotten_and_stays_signed_in(here):
    here.post(f"/profil/connexion/navigateurs/{KnownBrowser.objects.get().public_id}/oublier/")

    assert is_signed_in(here)
    assert "Aucun navigateur n’est reconnu." in here.get(PAGE).content.decode()
    here.post("/deconnexion/")
    assert sign_in(here, "10427837", OWN).url == "/connexion/verification/"


def test_nothing_is_ended_by_a_link(here, phone):
    for path in (OTHERS, f"/profil/connexion/appareils/{session_of(phone).public_id}/deconnecter/"):
        assert here.get(path).status_code == 405


def test_new_password_ends_the_other_sessions_keeps_this_one_and_tells(here, phone, charlie):
    name = here.session.session_key

    answer = change(here)

    assert answer.url == PAGE
    assert "Votre mot de passe est enregistré." in here.get(PAGE).content.decode()
    assert here.session.session_key != name
    assert session_of(here)
    assert phone.get("/").url.startswith("/connexion/")
    charlie.refresh_from_db()
    assert charlie.check_password(NEW)
    assert [message.kind for message in messages_to(charlie.email)] == ["password-changed"]


def test_new_password_wants_the_present_one(here, charlie):
    page = change(here, present="Autre#mot1").content.decode()

    assert "Ce n’est pas votre mot de passe actuel." in page
    charlie.refresh_from_db()
    assert charlie.check_password(OWN)


@pytest.mark.parametrize(
    ("new", "again", "said"),
    [
        ("azerty", "azerty", "Ajoutez au moins 1 majuscule."),
        ("Azerty123!", "Azerty123!", "trop facile à deviner"),
        ("10427837#Aa", "10427837#Aa", "trop facile à deviner"),
        (NEW, NEW + "x", "ne sont pas identiques"),
    ],
)
def test_new_password_follows_the_same_rules_here(here, charlie, new, again, said):
    page = change(here, new=new, again=again).content.decode()

    assert said in page
    charlie.refresh_from_db()
    assert charlie.check_password(OWN)


def test_present_password_is_tried_ten_times_at_most(here):
    for _ in range(10):
        change(here, present="Autre#mot1")

    assert "Trop d’essais." in change(here).content.decode()


@pytest.mark.parametrize("path", [PASSWORD, "/connexion/confirmer/", "/profil/comptes-associes/google/associer/"])
def test_busy_server_says_so(here, google, monkeypatch, path):
    monkeypatch.setattr(hashers, "LONGEST_WAIT_SECONDS", 0.01)
    with hashers.hashing_slot(), hashers.hashing_slot():
        answer = here.post(path, {"password": OWN, "new_password": NEW, "new_password_again": NEW})

    assert (answer.status_code, answer["Retry-After"]) == (503, "2")


def test_step_under_way_elsewhere_ends_with_the_password(here, other_browser):
    sign_in(other_browser, "10427837", OWN)

    change(here)

    assert other_browser.get("/connexion/verification/").url == "/connexion/"


def test_linking_an_account_leaves_the_session_in_the_list(here, google, charlie):
    answer = here.post("/profil/comptes-associes/google/associer/", {"password": OWN})
    here.get(return_of(answer["Location"]))

    assert here.get(PAGE).content.decode().count("– cet appareil") == 1


def test_profile_leads_there(here):
    assert PAGE in here.get("/profil/").content.decode()


def test_list_costs_the_same_with_many_devices(here, charlie):
    with_one = count_queries(here)
    for _ in range(4):
        sign_in(known(Browser(), charlie), "10427837", OWN)

    assert count_queries(here) == with_one


def count_queries(browser):
    with CaptureQueriesContext(connection) as captured:
        browser.get(PAGE)
    return len(captured)


def test_password_by_link_still_ends_every_session(here, phone):
    here.post("/deconnexion/")
    here.post("/mot-de-passe-oublie/", {"identifier": "10427837"})
    handle_forgotten_passwords()
    choose_password(here, path=here.get(last_link("charlie@exemple.fr", "choose-new-password")).url)

    assert phone.get("/").url.startswith("/connexion/")
