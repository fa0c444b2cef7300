"""Passkeys through the pages: added in Mon profil, then a way in at the door."""

import json

import pytest
from django.test import Client as Browser

from parvis.kit.clock import database_now
from parvis.people.models import Passkey
from parvis.web.entrance.factors import ceremony
from tests.factories import AgencyFactory
from tests.people.cast import just_signed_in
from tests.people.software_authenticator import PRESENT, SoftwareAuthenticator
from tests.web.entrance import cast

ADD = "/profil/connexion/cles/ajouter/"
DOOR = "/connexion/cle/"
REFUSED = "Votre appareil n’a pas été reconnu. Réessayez, ou connectez-vous autrement."


@pytest.fixture
def phone():
    return SoftwareAuthenticator()


@pytest.fixture
def inside(browser, charlie):
    just_signed_in(browser, charlie)
    return browser


def asked(browser, path, **extra):
    answer = browser.post(path, **extra)
    assert answer.status_code == 200, answer.content
    return answer.json()


def adds(browser, device, *, name="iPhone de Jeanne", **changes):
    options = asked(browser, "/profil/connexion/cles/defi/")
    return browser.post(ADD, {"name": name, "answer": device.makes(options, **changes)})


def proves(browser, device, *, next_path="", **changes):
    answer = device.proves(asked(browser, "/connexion/cle/defi/"), **changes)
    return browser.post(DOOR, {"answer": answer, "next": next_path})


def test_client_adds_a_passkey_and_signs_in_with_it(inside, other_browser, phone, charlie):
    added = adds(inside, phone)
    response = proves(other_browser, phone)

    assert added.url == "/profil/connexion/codes-de-secours/"
    assert Passkey.objects.get().name == "iPhone de Jeanne"
    assert response.url == "/"
    assert other_browser.session["_auth_user_id"] == str(charlie.pk)
    assert cast.messages_to("charlie@exemple.fr", "passkey-added")


def test_name_of_the_browser_is_proposed(inside):
    agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1"

    assert 'value="Safari sur iPhone"' in inside.get(ADD, headers={"user-agent": agent}).content.decode()


def test_passkey_leads_to_the_page_that_was_asked_for(inside, other_browser, phone):
    adds(inside, phone)

    assert proves(other_browser, phone, next_path="/comptes/").url == "/comptes/"


def test_passkey_never_leads_elsewhere(inside, other_browser, phone):
    adds(inside, phone)

    assert proves(other_browser, phone, next_path="https://exemple.org/").url == "/"


@pytest.mark.parametrize("lie", [{"origin": "https://exemple.org"}, {"type": "webauthn.create"}])
def test_refused_passkey_says_one_sentence_and_opens_nothing(inside, other_browser, phone, lie):
    adds(inside, phone)

    response = proves(other_browser, phone, **lie)

    assert response.url == "/connexion/"
    assert REFUSED in other_browser.get("/connexion/").content.decode()
    assert not cast.is_signed_in(other_browser)


def test_unverified_holder_opens_nothing(inside, other_browser, phone):
    adds(inside, phone)
    phone.flags = PRESENT

    proves(other_browser, phone)

    assert not cast.is_signed_in(other_browser)


def test_challenge_serves_once_even_in_the_browser_that_asked(inside, other_browser, phone):
    adds(inside, phone)
    answer = phone.proves(asked(other_browser, "/connexion/cle/defi/"))
    other_browser.post(DOOR, {"answer": answer})
    other_browser.post("/deconnexion/")

    other_browser.post(DOOR, {"answer": answer})

    assert not cast.is_signed_in(other_browser)


def test_answer_of_another_browser_opens_nothing(inside, other_browser, phone):
    adds(inside, phone)
    answer = phone.proves(asked(other_browser, "/connexion/cle/defi/"))
    thief = Browser()
    asked(thief, "/connexion/cle/defi/")

    thief.post(DOOR, {"answer": answer})

    assert not cast.is_signed_in(thief)


def test_challenge_of_one_purpose_does_not_serve_another(inside, phone):
    answer = phone.makes({**asked(inside, "/connexion/cle/defi/"), "user": {"id": "AA"}})

    page = inside.post(ADD, {"name": "x", "answer": answer})

    assert REFUSED in page.content.decode()
    assert not Passkey.objects.exists()


def test_challenge_is_too_old_after_five_minutes(inside, other_browser, phone, monkeypatch):
    adds(inside, phone)
    answer = phone.proves(asked(other_browser, "/connexion/cle/defi/"))
    later = database_now().timestamp() + 301
    monkeypatch.setattr(ceremony, "database_now", lambda: type(database_now()).fromtimestamp(later))

    other_browser.post(DOOR, {"answer": answer})

    assert not cast.is_signed_in(other_browser)


def test_forged_host_makes_no_challenge(inside, settings):
    settings.ALLOWED_HOSTS = ["*"]

    for path in ("/profil/connexion/cles/defi/", "/connexion/cle/defi/"):
        assert inside.post(path, headers={"host": "exemple.org"}).status_code == 404


def test_address_that_is_a_number_has_no_passkeys(db):
    AgencyFactory(host="127.0.0.1:8000")

    assert Browser().post("/connexion/cle/defi/", headers={"host": "127.0.0.1:8000"}).status_code == 404


def test_passkey_opens_nothing_at_the_host_of_another_agency(inside, other_browser, phone):
    AgencyFactory(host="ailleurs.localhost")
    adds(inside, phone)
    host = {"host": "ailleurs.localhost"}
    phone.origin, phone.rp_id = "http://ailleurs.localhost", "ailleurs.localhost"

    options = asked(other_browser, "/connexion/cle/defi/", headers=host)
    other_browser.post(DOOR, {"answer": phone.proves(options)}, headers=host)

    assert not cast.is_signed_in(other_browser)


def test_door_offers_passkeys_once_one_was_made_here(inside, other_browser, phone):
    words = "Utiliser l’empreinte, le visage ou le code de mon appareil"
    before = other_browser.get("/connexion/").content.decode()
    adds(inside, phone)

    after = other_browser.get("/connexion/").content.decode()

    assert words not in before
    assert "passkeys.js" not in before
    assert words in after
    assert 'data-passkey="get"' in after
    assert "hidden><input" in after


def test_challenges_are_counted_with_the_tries_of_an_address(agency):
    answers = [Browser().post("/connexion/cle/defi/") for _ in range(41)]

    assert [answer.status_code for answer in answers] == [200] * 40 + [429]
    assert "Trop d’essais depuis votre connexion." in json.loads(answers[-1].content)["refusal"]


def test_passkey_is_renamed_and_removed(inside, phone):
    adds(inside, phone)
    path = f"/profil/connexion/cles/{Passkey.objects.get().public_id}/"

    inside.post(path, {"name": "Tablette"})
    assert Passkey.objects.get().name == "Tablette"
    page = inside.get(f"{path}supprimer/").content.decode()
    inside.post(f"{path}supprimer/")

    assert "Supprimer la clé d’accès «\u00a0Tablette\u00a0»" in page
    assert not Passkey.objects.exists()


def test_last_way_in_is_not_removed(inside, phone, charlie):
    adds(inside, phone)
    charlie.set_unusable_password()
    charlie.save()
    just_signed_in(inside, charlie)

    page = inside.post(f"/profil/connexion/cles/{Passkey.objects.get().public_id}/supprimer/")

    assert "Choisissez d’abord un mot de passe." in page.content.decode()
    assert Passkey.objects.exists()


def test_passkey_lets_the_last_linked_account_go(inside, phone, linked):
    linked.set_unusable_password()
    linked.save()
    just_signed_in(inside, linked)
    adds(inside, phone)

    account = linked.social_accounts.get()
    inside.post(f"/profil/comptes-associes/{account.public_id}/dissocier/")

    assert not linked.social_accounts.exists()


def test_pages_may_ask_a_device_for_a_passkey_and_those_of_others_may_not(browser, agency):
    policy = browser.get("/connexion/").headers["Permissions-Policy"]

    assert "publickey-credentials-create=(self)" in policy
    assert "publickey-credentials-get=(self)" in policy
