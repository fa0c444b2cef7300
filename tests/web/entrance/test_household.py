"""The link of an invitation: asked for by GET as often as one likes, used by a person, once."""

import pytest
from django.test import Client as Browser

from parvis.people.actions import household
from parvis.people.models import HouseholdAccess, User
from tests.web.entrance.cast import active_client, choose_password, is_signed_in, last_link, sign_in

pytestmark = pytest.mark.django_db
GABY = "gaby@exemple.fr"
OWN = "Promenade#Bleue41"


@pytest.fixture
def link(charlie):
    client = charlie.grants.get().client
    household.invite(client=client, by=charlie, name="Gaby Perrin", email=GABY, right=HouseholdAccess.Right.READ)
    return last_link(GABY, "household-invitation")


def test_asking_never_acts(browser, link):
    for _ in range(3):
        assert browser.get(link).status_code == 200

    assert not User.objects.filter(email=GABY).exists()


def test_person_chooses_a_password_and_is_inside(browser, link):
    choose_password(browser, OWN, path=link)

    assert is_signed_in(browser)
    assert "de Madame" in browser.get("/comptes/").content.decode() or browser.get("/comptes/").status_code == 200
    assert HouseholdAccess.objects.get().user.email == GABY


def test_link_that_served_is_over(browser, link):
    choose_password(browser, OWN, path=link)

    answer = Browser().get(link)

    assert answer.status_code == 404
    assert "Cette invitation n’est plus valable" in answer.content.decode()


def test_password_against_the_rules_uses_nothing_up(browser, link):
    answer = choose_password(browser, "court", path=link)

    assert "au moins 8\u00a0caractères" in answer.content.decode() or "au moins 8 caractères" in answer.content.decode()
    assert choose_password(browser, OWN, path=link).status_code == 302


def test_they_come_back_by_their_courriel_with_the_second_step_of_everybody(browser, link):
    choose_password(browser, OWN, path=link)
    elsewhere = Browser()

    answer = sign_in(elsewhere, GABY, OWN)

    assert answer.headers["Location"] == "/connexion/verification/"


def test_revoked_invitation_is_over(browser, link, charlie):
    household.revoke(access=HouseholdAccess.objects.get(), by=charlie)

    assert browser.get(link).status_code == 404


def test_address_that_opens_a_login_is_asked_to_sign_in_there(browser, agency, link):
    bob = active_client(agency, email=GABY, customer_reference="10427838", first_name="Bob")

    asked = browser.get(link).content.decode()
    browser.force_login(bob)
    offered = browser.get(link).content.decode()
    browser.post(link)

    assert "Connectez-vous d’abord avec cet accès" in asked
    assert "Accepter" in offered
    assert HouseholdAccess.objects.get().user == bob


def test_another_login_does_not_accept_in_their_place(browser, agency, link):
    active_client(agency, email=GABY, customer_reference="10427838", first_name="Bob")
    browser.force_login(active_client(agency, email="dan@exemple.fr", customer_reference="10427839"))

    browser.post(link)

    assert HouseholdAccess.objects.get().user is None
