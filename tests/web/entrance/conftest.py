"""Alice has a letter, Bob comes from the former portal, Charlie is already inside."""

import pytest
from django.core.cache import cache
from django.test import Client as Browser

from parvis.people import hashers
from parvis.people.actions import sign_in
from tests.factories import AgencyFactory
from tests.openid_provider import openid_provider
from tests.web.entrance import cast, trips


@pytest.fixture(autouse=True)
def answers_at_once(monkeypatch):
    """Refusals do not wait for their time; the test of that time sets it back."""
    monkeypatch.setattr(sign_in, "ANSWER_EVERY_SECONDS", 0)


@pytest.fixture(autouse=True)
def hashes_are_cheap(monkeypatch):
    """The real cost is shown in tests/people/test_hashers.py."""
    for name, cost in cast.CHEAP.items():
        monkeypatch.setattr(hashers.Argon2idHasher, name, cost)
    monkeypatch.setattr(hashers, "NO_PASSWORD", cast.NO_PASSWORD)


@pytest.fixture
def agency(db):
    return AgencyFactory(host="testserver")


@pytest.fixture
def alice(agency):
    return cast.client_with_letter(agency, customer_reference="10427835", known_email="")


@pytest.fixture
def bob(agency):
    return cast.client_of_former_portal(agency, customer_reference="10427836", first_name="Bob")


@pytest.fixture
def charlie(agency):
    """Charlie's login."""
    return cast.active_client(agency, customer_reference="10427837", first_name="Charlie")


@pytest.fixture
def browser():
    return Browser()


@pytest.fixture
def home(browser, charlie):
    """The browser in which Charlie has signed in before."""
    return cast.known(browser, charlie)


@pytest.fixture
def other_browser():
    """Another device, which knows nothing."""
    return Browser()


@pytest.fixture(scope="module")
def running():
    with openid_provider() as provider:
        yield provider


@pytest.fixture
def google(running, settings):
    """A provider that tells the truth, configured as Google."""
    cache.clear()
    vars(running).update(vars(type(running)()) | {"origin": running.origin})
    settings.SOCIAL_PROVIDERS = [running.provider()]
    return running


@pytest.fixture
def linked(google, charlie):
    """Charlie linked their Google account."""
    trips.link(charlie, google, subject="charlie-at-google")
    google.person = {"sub": "charlie-at-google", "email": "elsewhere@gmail.example", "email_verified": True}
    return charlie
