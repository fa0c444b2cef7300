"""A provider, or somebody between, says what is not true: nothing opens."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.web.entrance import cast
from tests.web.entrance.trips import FAILED, leave, return_of, round_trip

pytestmark = pytest.mark.django_db


def test_browser_leaves_with_a_state_a_nonce_and_a_proof_that_change_each_time(browser, google, agency):
    asked = [parse_qs(urlsplit(leave(browser)).query) for _ in range(2)]

    for fields in asked:
        assert fields["code_challenge_method"] == ["S256"]
        assert fields["response_type"] == ["code"]
        assert fields["redirect_uri"] == ["http://testserver/connexion/avec/google/retour/"]
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]


def test_return_address_is_one_of_the_agency_whatever_the_request_pretends(browser, google, agency, settings):
    settings.ALLOWED_HOSTS = ["*"]

    answer = browser.post("/connexion/avec/google/", headers={"host": "evil.example"})

    assert parse_qs(urlsplit(answer["Location"]).query)["redirect_uri"] == [
        "http://testserver/connexion/avec/google/retour/"
    ]


@pytest.mark.parametrize(
    ("claim", "lie"),
    [
        ("nonce", "another"),
        ("nonce", None),
        ("aud", "another-site"),
        ("aud", ["another-site"]),
        ("iss", "https://evil.example"),
        ("iss", None),
        ("exp", 1_000_000_000),
        ("exp", None),
        ("sub", ""),
        ("sub", None),
        ("sub", "a" * 300),
        ("sub", 12),
        ("azp", "another-site"),
    ],
)
def test_claim_that_is_wrong_opens_nothing(browser, linked, google, claim, lie):
    google.lies = {claim: lie}

    page = round_trip(browser)

    assert not cast.is_signed_in(browser)
    assert FAILED in page.content.decode()


@pytest.mark.parametrize("signing", ["none", "stranger", "HS256 with the public key", "PS256"])
def test_signature_that_is_not_the_providers_opens_nothing(browser, linked, google, signing):
    google.signing = signing

    page = round_trip(browser)

    assert not cast.is_signed_in(browser)
    assert FAILED in page.content.decode()


def test_elliptic_signature_of_the_provider_is_believed(browser, linked, google):
    google.signing = "ES256"

    round_trip(browser)

    assert cast.is_signed_in(browser)


def test_discovery_that_speaks_for_another_issuer_is_not_believed(browser, linked, google):
    google.lies = {"discovered issuer": "https://evil.example"}

    answer = browser.post("/connexion/avec/google/", follow=True)

    assert FAILED in answer.content.decode()


def test_state_of_another_browser_opens_nothing(browser, other_browser, linked):
    stolen = return_of(leave(other_browser))
    leave(browser)

    browser.get(stolen)

    assert not cast.is_signed_in(browser)


def test_return_without_a_departure_opens_nothing(browser, linked):
    page = browser.get("/connexion/avec/google/retour/?code=abc&state=", follow=True)

    assert not cast.is_signed_in(browser)
    assert FAILED in page.content.decode()


def test_return_serves_once(browser, linked):
    back = return_of(leave(browser))
    browser.get(back)
    browser.post("/deconnexion/")

    browser.get(back)

    assert not cast.is_signed_in(browser)


def test_return_after_ten_minutes_opens_nothing(browser, linked, monkeypatch):
    back = return_of(leave(browser))
    session = browser.session
    session["social-trip"]["began_at"] -= 601
    session.save()

    browser.get(back)

    assert not cast.is_signed_in(browser)


def test_return_to_another_provider_opens_nothing(browser, linked, google, settings):
    settings.SOCIAL_PROVIDERS = [google.provider(), google.provider("facebook")]
    back = return_of(leave(browser))

    browser.get(back.replace("/google/", "/facebook/"))

    assert not cast.is_signed_in(browser)


def test_asking_by_get_never_leaves(browser, google, agency):
    assert browser.get("/connexion/avec/google/").status_code == 405
