"""An access opened with an address that nobody knew waits 72 hours for what is sensitive."""

import io

import pytest
from pdfminer.high_level import extract_text

from parvis.people.actions import hold, notices
from parvis.people.models import PaperNotice, SensitiveAction
from tests.web.entrance.cast import (
    EMAIL,
    OWN,
    choose_password,
    client_of_former_portal,
    client_with_letter,
    give_address,
    last_link,
    start,
)

pytestmark = pytest.mark.django_db


def opened(browser, client):
    """Their first connection from end to end, with EMAIL; the login."""
    start(browser, client)
    give_address(browser)
    browser.post(last_link())
    choose_password(browser)
    return client.grants.get().user


@pytest.mark.parametrize(("known_email", "is_held"), [("", True), ("autre@exemple.fr", True), (EMAIL.upper(), False)])
def test_login_waits_unless_its_address_was_the_known_one(browser, agency, known_email, is_held):
    user = opened(browser, client_with_letter(agency, known_email=known_email))

    assert (user.sensitive_from is not None) == is_held
    assert (browser.get("/profil/connexion/courriel/").status_code == 403) == is_held


def test_password_of_the_former_portal_waits_too(browser, agency):
    client = client_of_former_portal(agency, known_email="autre@exemple.fr")
    start(browser, client, password=OWN)
    give_address(browser)
    browser.post(last_link())

    with pytest.raises(hold.Held):
        hold.check_not_held(client.grants.get().user, SensitiveAction.PAYOUT)


def test_other_pages_do_not_wait(browser, alice):
    opened(browser, alice)

    assert [browser.get(path).status_code for path in ("/", "/comptes/", "/profil/")] == [200, 200, 200]


def test_client_without_a_known_address_is_told_by_post(browser, agency):
    client = client_with_letter(agency, known_email="", street="12 rue des Acacias", postal_code="75017", city="Paris")
    opened(browser, client)

    notice = PaperNotice.objects.get(client=client)
    pdf = notices.print_notices(notices=[notice], by=("system", ""))

    text = " ".join(extract_text(io.BytesIO(pdf)).split())
    assert "Votre espace client a été ouvert" in text
    assert "a•••e@exemple.fr" in text
    assert "75017 PARIS" in text


def test_client_with_a_known_address_needs_no_paper(browser, agency):
    opened(browser, client_with_letter(agency, known_email="autre@exemple.fr"))

    assert not PaperNotice.objects.exists()
