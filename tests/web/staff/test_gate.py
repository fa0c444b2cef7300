"""Whoever works at the agency sees nothing before a second proof of their own, at every sign-in."""

import pyotp
import pytest
from django.test import Client as Browser
from django.urls import reverse

from parvis.kit.clock import database_now
from parvis.people.actions import authenticators
from parvis.people.models import Authenticator, Passkey
from tests.factories import ClientFactory, GrantFactory, StaffMemberFactory, UserFactory
from tests.people.cast import just_signed_in, staff_session
from tests.people.software_authenticator import SoftwareAuthenticator
from tests.web.entrance.test_codes import secret_shown
from tests.web.entrance.test_passkeys import adds, asked

pytestmark = pytest.mark.django_db
REQUIRED = "/profil/connexion/obligatoire/"


@pytest.fixture
def newcomer(agency):
    """Diane's login, with a password alone."""
    user = UserFactory(agency=agency, email="diane@exemple.fr")
    StaffMemberFactory(agency=agency, user=user)
    return user


@pytest.fixture
def unproven(newcomer):
    return just_signed_in(Browser(), newcomer)


@pytest.mark.parametrize(
    "path", ["/gestion/", "/", "/profil/", "/profil/comptes-associes/", "/profil/connexion/codes-de-secours/"]
)
def test_staff_without_a_factor_are_led_to_the_one_page_where_it_is_added(unproven, path):
    assert unproven.get(path, follow=True).redirect_chain[-1] == (REQUIRED, 302)


def test_page_says_what_to_add_and_how_to_leave(unproven):
    page = unproven.get(REQUIRED).content.decode()

    assert "Protégez votre accès" in page
    assert reverse("entrance:passkey-add") in page
    assert reverse("entrance:authenticator-add") in page
    assert reverse("entrance:logout") in page


def test_first_application_opens_the_agencys_pages(unproven):
    added = unproven.post("/profil/connexion/application/", {"code": pyotp.TOTP(secret_shown(unproven)).now()})

    assert added.url == "/profil/connexion/codes-de-secours/"
    assert unproven.get("/gestion/").status_code == 200


def test_first_passkey_opens_the_agencys_pages(unproven):
    adds(unproven, SoftwareAuthenticator())

    assert unproven.get("/gestion/").status_code == 200


def test_passkey_alone_opens_the_agencys_pages_at_the_next_sign_in(unproven):
    device, later = SoftwareAuthenticator(), Browser()
    adds(unproven, device)

    answer = device.proves(asked(later, "/connexion/cle/defi/"))
    later.post("/connexion/cle/", {"answer": answer})

    assert later.get("/gestion/").status_code == 200


def test_who_has_a_factor_must_show_it_and_cannot_add_another_instead(unproven, newcomer):
    secret = authenticators.draw_secret()
    authenticators.add(user=newcomer, secret=secret, typed=pyotp.TOTP(secret).at(database_now()))

    for path in ("/profil/connexion/cles/ajouter/", "/profil/connexion/application/", "/gestion/"):
        assert unproven.get(path).url == REQUIRED
    answer = unproven.post("/profil/connexion/application/", {"code": "000000"})
    page = unproven.get(REQUIRED).content.decode()

    assert answer.url == REQUIRED
    assert "Reconnectez-vous" in page
    assert not Passkey.objects.exists()
    assert Authenticator.objects.count() == 1


def test_client_who_works_there_too_sees_neither_before(agency, newcomer, unproven):
    GrantFactory(user=newcomer, client=ClientFactory(agency=agency))

    assert unproven.get("/comptes/").url == REQUIRED
    assert staff_session(Browser(), newcomer).get("/comptes/").status_code == 200


def test_clients_are_not_asked(agency):
    browser = Browser()
    browser.force_login(GrantFactory(client=ClientFactory(agency=agency)).user)

    assert browser.get("/").status_code == 200
    assert browser.get(REQUIRED).url == "/"


def test_public_pages_stay_open(unproven):
    assert unproven.get("/aide/").status_code == 200


def test_new_session_asks_again(newcomer):
    first, second = staff_session(Browser(), newcomer), Browser()
    second.force_login(newcomer)

    assert first.get("/gestion/").status_code == 200
    assert second.get("/gestion/").url == REQUIRED
