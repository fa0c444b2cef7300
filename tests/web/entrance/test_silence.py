"""Nothing that is answered tells whether an identifiant or an address exists."""

import re

import pytest
from django.test import Client as Browser

from tests.factories import ClientFactory
from tests.web.entrance.cast import client_with_letter, sign_in, start

SECRETS = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
VARYING = {"Date", "Set-Cookie", "Content-Length"}


def seen(response, *typed):
    """All that a visitor can compare: status, headers, names of cookies, page."""
    page = SECRETS.sub("", response.content.decode())
    for text in typed:
        page = page.replace(f'value="{text}"', 'value="typed"')
    headers = {name: value for name, value in response.headers.items() if name not in VARYING}
    return response.status_code, headers, sorted(response.cookies), page


@pytest.mark.parametrize("door", ["/connexion/", "/premiere-connexion/"])
@pytest.mark.parametrize("secret", ["faux", "000000"])
def test_wrong_secret_is_answered_alike_for_known_unknown_unfinished_and_former(agency, charlie, bob, door, secret):
    client_with_letter(agency, customer_reference="10427835")
    identifiers = ["10427837", "10427835", "10427836", "10427890"]
    ClientFactory(agency=agency, customer_reference="10427891")

    answers = [seen(sign_in(Browser(), typed, secret, door=door), typed) for typed in [*identifiers, "10427891"]]

    for answer in answers:
        assert answer == answers[0]


def test_forgotten_password_is_answered_alike(agency, charlie, alice, bob):
    answers = [
        seen(Browser().post("/mot-de-passe-oublie/", {"identifier": typed}, follow=True))
        for typed in ["10427837", "10427835", "10427836", "99999999", "charlie@exemple.fr", "personne@exemple.fr"]
    ]

    assert all(answer == answers[0] for answer in answers)
    assert "Si cet identifiant est connu et qu’une adresse mail est enregistrée" in answers[0][3]


def test_closed_door_is_answered_alike(agency, charlie):
    for typed in ("10427837", "99999999"):
        for _ in range(5):
            sign_in(Browser(), typed, "faux")

    known, unknown = (sign_in(Browser(), typed, "faux") for typed in ("10427837", "99999999"))

    assert known.status_code == unknown.status_code == 429
    assert seen(known, "10427837")[3] == seen(unknown, "99999999")[3]


def test_page_of_a_dead_letter_link_and_of_no_letter_are_the_same(agency):
    first, second = (Browser().get(f"/l/{token}") for token in ("a" * 26, "b" * 26))

    assert seen(first) == seen(second)


def test_secret_stands_in_no_page_and_no_address(browser, alice):
    response = start(browser, alice)

    assert "482913" not in response.url + browser.get(response.url).content.decode()
