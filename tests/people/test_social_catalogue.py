"""Which providers a site offers, from its variables."""

import pytest

from parvis.people.social_catalogue import CATALOGUE, configured

GOOGLE = {"GOOGLE_CLIENT_ID": "id", "GOOGLE_CLIENT_SECRET": "secret"}


def offered_with(variables, *, needs_https=True):
    """The providers, and the names of the variables that are wrong."""
    wrong = []
    providers = configured(
        read=lambda name: variables.get(name, ""), refuse=lambda name, _: wrong.append(name), needs_https=needs_https
    )
    return providers, wrong


def test_site_without_account_offers_nobody():
    assert offered_with({}) == ([], [])


def test_provider_is_offered_once_its_account_is_known_and_keeps_its_secret_out_of_sight():
    (google,), wrong = offered_with(GOOGLE)

    assert (google.name, google.client_id, google.client_secret, wrong) == ("google", "id", "secret", [])
    assert google.origin == "https://accounts.google.com"
    assert "secret" not in repr(google).replace("client_secret", "")


@pytest.mark.parametrize(
    ("given", "missing"),
    [("FACEBOOK_CLIENT_ID", "FACEBOOK_CLIENT_SECRET"), ("TWITTER_CLIENT_SECRET", "TWITTER_CLIENT_ID")],
)
def test_half_an_account_is_refused_by_the_name_of_what_is_missing(given, missing):
    assert offered_with({given: "x"}) == ([], [missing])


def test_all_four_are_offered_in_the_order_of_the_help_page():
    names = [provider.name.upper() for provider in CATALOGUE]
    variables = {f"{name}_CLIENT_{part}": "x" for name in names for part in ("ID", "SECRET")}

    providers, _ = offered_with(variables)

    assert [provider.label for provider in providers] == ["Twitter (X)", "Google", "LinkedIn", "Facebook"]
    assert all(provider.origin.startswith("https://") for provider in providers)


def test_other_server_takes_the_place_of_the_provider_with_its_own_issuer():
    here = "http://127.0.0.1:8175/.well-known/openid-configuration"

    (google,), wrong = offered_with({**GOOGLE, "GOOGLE_DISCOVERY_URL": here}, needs_https=False)

    assert (google.issuer, google.origin, wrong) == ("http://127.0.0.1:8175", "http://127.0.0.1:8175", [])


def test_other_server_without_tls_is_refused_in_production():
    _, wrong = offered_with({**GOOGLE, "GOOGLE_DISCOVERY_URL": "http://exemple.fr/.well-known/openid-configuration"})

    assert wrong == ["GOOGLE_DISCOVERY_URL"]


def test_only_linkedin_does_without_proof_and_nonce():
    assert [provider.name for provider in CATALOGUE if not (provider.has_pkce and provider.has_nonce)] == ["linkedin"]
