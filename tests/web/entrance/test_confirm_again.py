"""What is sensitive asks again who one is, unless one has just shown it."""

import datetime as dt

import pytest
from django.utils import timezone

from parvis.people.models import Proof, SignedInSession
from tests.web.entrance.cast import OWN, sign_in

CONFIRM = "/connexion/confirmer/"
ADD = "/profil/connexion/application/"
ASKED = f"{CONFIRM}?next=%2Fprofil%2Fconnexion%2Fapplication%2F"


@pytest.fixture
def here(home):
    sign_in(home, "10427837", OWN)
    return home


@pytest.fixture
def a_while_ago(here):
    """Signed in, eleven minutes ago."""
    SignedInSession.objects.update(proved_at=timezone.now() - dt.timedelta(minutes=11))
    return here


def test_who_has_just_signed_in_is_not_asked(here):
    assert here.get(ADD).status_code == 200


def test_ten_minutes_later_the_password_comes_first_then_the_page(a_while_ago):
    assert a_while_ago.get(ADD).url == ASKED

    answer = a_while_ago.post(CONFIRM, {"password": OWN, "next": ADD})

    assert answer.url == ADD
    assert a_while_ago.get(ADD).status_code == 200


def test_button_pressed_too_late_does_nothing_and_leads_back(a_while_ago):
    answer = a_while_ago.post(ADD, {"code": "123456"})

    assert answer.url == f"{CONFIRM}?next=%2Fprofil%2Fconnexion%2F"


def test_wrong_password_opens_nothing(a_while_ago):
    page = a_while_ago.post(CONFIRM, {"password": "Autre#mot1", "next": ADD}).content.decode()

    assert "Ce n’est pas votre mot de passe actuel." in page
    assert a_while_ago.get(ADD).url == ASKED


def test_tries_share_the_count_of_the_other_pages_that_ask_for_the_password(a_while_ago):
    for _ in range(10):
        a_while_ago.post(CONFIRM, {"password": "Autre#mot1"})

    assert "Trop d’essais." in a_while_ago.post(CONFIRM, {"password": OWN}).content.decode()


def test_session_changes_its_name_and_keeps_its_place_in_the_list(a_while_ago):
    before = a_while_ago.session.session_key

    a_while_ago.post(CONFIRM, {"password": OWN})

    assert a_while_ago.session.session_key != before
    assert SignedInSession.objects.get().session_key == a_while_ago.session.session_key
    assert SignedInSession.objects.get().proof == Proof.PASSWORD


@pytest.mark.parametrize("address", ["https://mal.example/", "//mal.example", "javascript:alert(1)"])
def test_next_page_is_one_of_this_site(a_while_ago, address):
    assert a_while_ago.post(CONFIRM, {"password": OWN, "next": address}).url == "/profil/connexion/"


def test_proof_of_another_session_is_not_this_ones(a_while_ago, other_browser, charlie):
    other_browser.force_login(charlie)

    assert other_browser.get(ADD).url == ASKED


def test_login_without_password_is_told_to_sign_in_again(a_while_ago, charlie):
    charlie.set_unusable_password()
    charlie.save(update_fields=["password"])
    a_while_ago.force_login(charlie)

    assert "n’a pas de mot de passe" in a_while_ago.get(CONFIRM).content.decode()
