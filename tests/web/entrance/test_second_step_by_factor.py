"""The second step by a proof of one's own: asked of the staff every time, enough for clients elsewhere than at home."""

import pyotp
import pytest
from django.test import Client as Browser

from parvis.journal.models import Record
from parvis.kit.clock import database_now
from parvis.people.actions import authenticators, recovery_codes
from parvis.people.models import Authenticator, PendingSignIn
from tests.factories import StaffMemberFactory, UserFactory
from tests.people.cast import just_signed_in
from tests.people.software_authenticator import SoftwareAuthenticator
from tests.web.entrance.cast import OWN, OWN_HASH, is_signed_in, known, messages_to, sign_in
from tests.web.entrance.test_passkeys import adds, asked

STEP = "/connexion/verification/"
WRONG = "Ce code n’est pas le bon, ou il n’est plus valable."


@pytest.fixture
def diane(agency):
    user = UserFactory(agency=agency, email="diane@exemple.fr", password=OWN_HASH)
    StaffMemberFactory(agency=agency, user=user)
    return user


def application_of(user):
    """Its secret; the code that confirmed it is an old one, so that the present one may serve."""
    secret = authenticators.draw_secret()
    authenticators.add(user=user, secret=secret, typed=pyotp.TOTP(secret).at(database_now(), counter_offset=-1))
    return pyotp.TOTP(secret)


def test_client_gives_the_code_of_their_application_elsewhere(browser, charlie):
    application = application_of(charlie)

    sign_in(browser, "10427837", OWN, next="/comptes/")
    page = browser.get(STEP).content.decode()
    response = browser.post(f"{STEP}application/", {"code": application.at(database_now())})

    assert "Utiliser le code de mon application" in page
    assert "Recevoir un code par courriel" in page
    assert not messages_to("charlie@exemple.fr", "sign-in-code")
    assert response.url == "/comptes/"
    assert is_signed_in(browser)


def test_wrong_code_of_an_application_opens_nothing(browser, charlie):
    application_of(charlie)
    sign_in(browser, "10427837", OWN)

    page = browser.post(f"{STEP}application/", {"code": "000000"})

    assert WRONG in page.content.decode()
    assert not is_signed_in(browser)


def test_code_of_an_application_serves_once_at_all_doors_together(browser, other_browser, charlie):
    code = application_of(charlie).at(database_now())
    sign_in(browser, "10427837", OWN)
    browser.post(f"{STEP}application/", {"code": code})
    sign_in(other_browser, "10427837", OWN)

    page = other_browser.post(f"{STEP}application/", {"code": code})

    assert WRONG in page.content.decode()


def test_code_on_paper_stands_in_for_a_lost_telephone(browser, charlie):
    application_of(charlie)
    code = recovery_codes.renew(user=charlie)[4]
    sign_in(browser, "10427837", OWN)

    response = browser.post(f"{STEP}secours/", {"code": code})

    assert response.url == "/"
    assert messages_to("charlie@exemple.fr", "recovery-code-used")


def test_passkey_of_the_login_completes_its_password(browser, other_browser, charlie):
    phone = SoftwareAuthenticator()
    just_signed_in(browser, charlie)
    adds(browser, phone)
    sign_in(other_browser, "10427837", OWN)
    page = other_browser.get(STEP).content.decode()

    answer = phone.proves(asked(other_browser, "/connexion/cle/defi/"))
    response = other_browser.post(f"{STEP}cle/", {"answer": answer})

    assert 'action="/connexion/verification/cle/"' in page
    assert response.url == "/"
    assert Record.objects.filter(verb="second-step.passed-by-passkey").exists()


def test_passkey_of_another_login_completes_nothing(browser, other_browser, charlie, diane):
    phone = SoftwareAuthenticator()
    just_signed_in(browser, charlie)
    adds(browser, phone)
    application_of(diane)
    sign_in(other_browser, "diane@exemple.fr", OWN)

    answer = phone.proves(asked(other_browser, "/connexion/cle/defi/"))
    response = other_browser.post(f"{STEP}cle/", {"answer": answer})

    assert response.url == STEP
    assert not is_signed_in(other_browser)
    assert PendingSignIn.objects.current().filter(user=diane).exists()


def test_staff_show_their_factor_every_time_even_where_they_are_known(diane):
    application = application_of(diane)
    browser = known(Browser(), diane)

    at_the_door = sign_in(browser, "diane@exemple.fr", OWN)
    page = browser.get(STEP).content.decode()
    outside = browser.get("/gestion/")
    inside = browser.post(f"{STEP}application/", {"code": application.at(database_now())})

    assert at_the_door.url == STEP
    assert "La gestion s’ouvre avec un second moyen, à chaque connexion." in page
    assert "Recevoir un code par courriel" not in page
    assert outside.status_code == 302
    assert inside.url == "/gestion/"
    assert browser.get("/gestion/").status_code == 200


def test_no_way_is_offered_that_the_login_does_not_have(browser, charlie):
    sign_in(browser, "10427837", OWN)

    page = browser.get(STEP).content.decode()

    assert "Utiliser" not in page
    assert "passkeys.js" not in page


def test_login_without_application_or_paper_is_refused_alike(browser, charlie):
    sign_in(browser, "10427837", OWN)

    for door, code in (("application", "000000"), ("secours", "01-AAAA-AAAA")):
        assert WRONG in browser.post(f"{STEP}{door}/", {"code": code}).content.decode()
    assert not Authenticator.objects.exists()


CONFIRM = "/connexion/confirmer/"
ADD = "/profil/connexion/cles/ajouter/"


def test_sensitive_page_is_opened_by_the_code_of_an_application(browser, charlie):
    application = application_of(charlie)
    browser.force_login(charlie)
    asking = browser.get(ADD)

    page = browser.get(asking.url).content.decode()
    answer = browser.post(f"{CONFIRM}application/", {"code": application.at(database_now()), "next": ADD})

    assert asking.url.startswith(CONFIRM)
    assert "Utiliser le code de mon application" in page
    assert answer.url == ADD


def test_sensitive_page_is_opened_by_a_passkey_of_the_login_alone(browser, charlie, diane):
    phone, hers = SoftwareAuthenticator(), SoftwareAuthenticator()
    adds(just_signed_in(browser, charlie), phone)
    adds(just_signed_in(Browser(), diane), hers)

    for device, leads_to in ((hers, "/profil/connexion/"), (phone, ADD)):
        stale = Browser()
        stale.force_login(charlie)
        answer = device.proves(asked(stale, "/connexion/cle/defi/"))
        assert stale.post(f"{CONFIRM}cle/", {"answer": answer, "next": ADD}).url == leads_to


def test_session_left_open_adds_removes_and_draws_nothing(browser, charlie):
    adds(just_signed_in(browser, charlie), SoftwareAuthenticator())
    application_of(charlie)
    stale = Browser()
    stale.force_login(charlie)
    paths = [
        ADD,
        f"/profil/connexion/cles/{charlie.passkeys.get().public_id}/supprimer/",
        "/profil/connexion/application/",
        "/profil/connexion/application/supprimer/",
        "/profil/connexion/codes-de-secours/",
    ]

    for path in paths:
        assert stale.get(path).url.startswith(CONFIRM)
        assert stale.post(path, {"code": "1", "name": "x"}).url.startswith(CONFIRM)
    assert charlie.passkeys.count() == 1
    assert not charlie.recovery_codes.exists()
