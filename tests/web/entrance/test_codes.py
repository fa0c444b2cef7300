"""The application of codes and the recovery codes, through their pages."""

import html
import re

import pyotp
import pytest

from parvis.people.hashers import TooBusy
from parvis.people.models import Authenticator, RecoveryCode
from tests.people.cast import just_signed_in
from tests.web.entrance import cast

APPLICATION = "/profil/connexion/application/"
RECOVERY = "/profil/connexion/codes-de-secours/"


@pytest.fixture
def inside(browser, charlie):
    just_signed_in(browser, charlie)
    return browser


def secret_shown(browser):
    page = browser.get(APPLICATION).content.decode()
    return re.search(r'<p class="key">([A-Z2-7 ]+)</p>', page)[1].replace(" ", "")


def adds(browser):
    return browser.post(APPLICATION, {"code": pyotp.TOTP(secret_shown(browser)).now()})


def test_client_adds_an_application_by_its_key(inside, charlie):
    response = adds(inside)

    assert response.url == RECOVERY
    assert Authenticator.objects.get().user == charlie
    assert cast.messages_to("charlie@exemple.fr", "authenticator-added")


def test_page_shows_the_same_secret_until_it_is_confirmed(inside):
    first = secret_shown(inside)
    page = inside.post(APPLICATION, {"code": "000000"}).content.decode()

    assert "Ce code n’est pas le bon" in page
    assert secret_shown(inside) == first
    adds(inside)
    assert secret_shown(inside) != first


def test_qr_code_is_a_drawing_in_the_page(inside):
    page = inside.get(APPLICATION).content.decode()

    assert 'src="data:image/svg+xml' in page
    assert 'alt="Code QR à lire avec l’application"' in page


def test_secret_is_sealed_in_the_session(inside):
    secret = secret_shown(inside)

    assert secret not in str(dict(inside.session))


def test_five_wrong_codes_close_the_page_for_a_while(inside):
    answers = [inside.post(APPLICATION, {"code": "000000"}) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [200] * 4 + [429]
    assert answers[-1].headers["Retry-After"] == "60"
    assert "Trop de codes faux." in answers[-1].content.decode()


def test_application_is_removed_after_a_question(inside, charlie):
    adds(inside)

    assert "Supprimer l’application de codes" in inside.get(f"{APPLICATION}supprimer/").content.decode()
    inside.post(f"{APPLICATION}supprimer/")

    assert not Authenticator.objects.exists()


def test_recovery_codes_are_shown_once_to_print_or_keep(inside):
    page = inside.post(RECOVERY).content.decode()
    codes = re.findall(r"<li>(\d\d-[A-Z2-9]{4}-[A-Z2-9]{4})</li>", page)

    assert len(codes) == 10
    file = html.unescape(re.search(r'href="(data:text/plain[^"]+)" download="codes-de-secours.txt"', page)[1])
    assert all(code in file for code in codes)
    assert "data-print" in page
    later = inside.get(RECOVERY).content.decode()
    assert "Il vous reste 10 codes de secours." in later
    assert not any(code in later for code in codes)


def test_asking_for_the_page_draws_nothing(inside):
    inside.get(RECOVERY)

    assert not RecoveryCode.objects.exists()


def test_busy_server_says_so_and_keeps_the_former_codes(inside, monkeypatch):
    def busy(*_given):
        raise TooBusy

    inside.post(RECOVERY)
    kept = set(RecoveryCode.objects.values_list("pk", flat=True))
    monkeypatch.setattr("parvis.people.actions.recovery_codes.hash_secret", busy)

    response = inside.post(RECOVERY)

    assert response.status_code == 503
    assert set(RecoveryCode.objects.values_list("pk", flat=True)) == kept
