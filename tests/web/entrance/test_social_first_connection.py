"""The first connection with an account of a provider in place of a courriel."""

import pytest

from parvis.people.models import Activation, SocialAccount
from tests.web.entrance import cast
from tests.web.entrance.trips import FAILED, leave, return_of, round_trip

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("trouble", ["refuses", "is_broken"])
def test_provider_that_refuses_or_is_down_leads_back_with_another_way(browser, google, alice, trouble):
    cast.start(browser, alice)
    setattr(google, trouble, True)
    answer = browser.post("/connexion/avec/google/", {"purpose": "first-connection"})

    address = answer["Location"]
    page = browser.get(return_of(address) if trouble == "refuses" else address, follow=True)

    assert f"{FAILED} Réessayez, ou renseignez un courriel." in page.content.decode()
    assert page.redirect_chain[-1][0] == "/premiere-connexion/courriel/" if page.redirect_chain else True


def test_verified_address_of_the_provider_skips_the_mailbox_and_links_the_account(browser, google, alice):
    cast.start(browser, alice)

    page = round_trip(browser, purpose="first-connection")
    cast.choose_password(browser)

    assert page.redirect_chain[-1][0] == "/premiere-connexion/mot-de-passe/"
    account = SocialAccount.objects.get()
    assert (account.issuer, account.subject) == (google.origin, "alice-at-google")
    assert account.user.grants.get().client == alice
    assert account.user.email == "alice@gmail.example"
    assert cast.is_signed_in(browser)


@pytest.mark.parametrize("claim", [False, "true", None, 1])
def test_address_that_the_provider_did_not_verify_gets_the_confirmation_link(browser, google, alice, claim):
    google.person["email_verified"] = claim
    cast.start(browser, alice)

    page = round_trip(browser, purpose="first-connection")

    assert page.redirect_chain[-1][0] == "/premiere-connexion/messagerie/"
    assert not cast.is_signed_in(browser)
    browser.post(cast.last_link("alice@gmail.example"))
    cast.choose_password(browser)
    assert SocialAccount.objects.get().user.email == "alice@gmail.example"


def test_provider_without_address_asks_for_a_courriel_and_is_linked_in_the_end(browser, google, alice, settings):
    settings.SOCIAL_PROVIDERS = [google.provider("twitter")]
    google.person = {"sub": "alice-at-x"}
    cast.start(browser, alice)

    page = round_trip(browser, purpose="first-connection", provider="twitter")
    cast.give_address(browser)
    browser.post(cast.last_link())
    cast.choose_password(browser)

    assert "Votre compte Twitter (X) est reconnu." in page.content.decode()
    account = SocialAccount.objects.get()
    assert (account.provider, account.subject) == ("twitter", "alice-at-x")


def test_address_of_a_provider_without_id_token_is_never_held_for_verified(browser, google, alice, settings):
    settings.SOCIAL_PROVIDERS = [google.provider("facebook")]
    cast.start(browser, alice)

    page = round_trip(browser, purpose="first-connection", provider="facebook")

    assert page.redirect_chain[-1][0] == "/premiere-connexion/messagerie/"


def test_account_of_another_login_is_not_taken_and_the_courriel_is_offered(browser, google, alice, linked):
    cast.start(browser, alice)

    page = round_trip(browser, purpose="first-connection")

    assert "déjà associé à un espace client. Renseignez un courriel." in page.content.decode()
    assert Activation.objects.get().state == Activation.State.STARTED


def test_account_taken_by_two_first_connections_is_linked_to_the_first_that_ends(
    browser, other_browser, google, alice, agency
):
    bob = cast.client_with_letter(agency)
    for device, client in ((browser, alice), (other_browser, bob)):
        cast.start(device, client)
        round_trip(device, purpose="first-connection")

    for device in (browser, other_browser):
        cast.choose_password(device)

    assert SocialAccount.objects.get().user.grants.get().client == alice
    assert cast.is_signed_in(other_browser)


def test_start_elsewhere_kills_the_account_that_was_pending(browser, other_browser, google, alice):
    cast.start(browser, alice)
    back = return_of(leave(browser, purpose="first-connection"))
    cast.start(other_browser, alice)

    browser.get(back)

    assert not Activation.objects.exclude(social_subject="").exists()
    assert not cast.is_signed_in(browser)


def test_account_cannot_be_taken_for_a_first_connection_without_its_browser(browser, google, alice):
    answer = browser.post("/connexion/avec/google/", {"purpose": "first-connection"})

    assert answer["Location"] == "/connexion/"
