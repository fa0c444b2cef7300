"""Accounts of providers, against a real OpenID provider on loopback: doors, first connection, profile, lies."""

from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from django.core.cache import cache
from django.utils import timezone

from parvis.journal.models import Record
from parvis.people.models import Activation, SocialAccount
from parvis.people.social_protocol import trusted
from tests.factories import AgencyFactory
from tests.openid_provider import openid_provider
from tests.web.entrance import cast

pytestmark = pytest.mark.django_db
FAILED = "La connexion avec Google n’a pas abouti."


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
    link(charlie, google, subject="charlie-at-google")
    google.person = {"sub": "charlie-at-google", "email": "elsewhere@gmail.example", "email_verified": True}
    return charlie


def link(user, google, *, subject):
    return SocialAccount.objects.create(
        agency=user.agency,
        user=user,
        provider="google",
        issuer=google.origin,
        subject=subject,
        linked_at=timezone.now(),
    )


def leave(browser, *, purpose="sign-in", provider="google"):
    """Press « Continuer avec … »; the address of the provider."""
    answer = browser.post(f"/connexion/avec/{provider}/", {"purpose": purpose})
    assert answer.status_code == 302
    return answer["Location"]


def return_of(address):
    """What the provider sends the browser back to: a path of the site."""
    back = httpx2.get(address, trust_env=False, verify=trusted())
    assert back.status_code == 302
    url = urlsplit(back.headers["Location"])
    return f"{url.path}?{url.query}"


def round_trip(browser, *, purpose="sign-in", provider="google"):
    """There and back, then wherever the site leads."""
    return browser.get(return_of(leave(browser, purpose=purpose, provider=provider)), follow=True)


def test_linked_account_signs_in(browser, linked):
    round_trip(browser)

    assert cast.is_signed_in(browser)
    assert browser.session["_auth_user_id"] == str(linked.pk)
    assert Record.objects.filter(verb="sign-in.by-social-account", actor_id=linked.public_id).exists()


def test_session_has_a_new_name_after_the_return(browser, linked):
    address = leave(browser)
    before = browser.session.session_key

    browser.get(return_of(address))

    assert browser.session.session_key != before


def test_unknown_account_opens_nothing_and_says_how_to_go_on(browser, google, charlie):
    google.person = {"sub": "stranger", "email": charlie.email, "email_verified": True}

    page = round_trip(browser)

    assert "Ce compte Google n’est associé à aucun espace client" in page.content.decode()
    assert not cast.is_signed_in(browser)
    assert not SocialAccount.objects.exists()


def test_account_linked_at_another_agency_opens_nothing_here(browser, google, agency):
    elsewhere = cast.active_client(AgencyFactory(host="ailleurs.exemple.fr"))
    link(elsewhere, google, subject="alice-at-google")

    round_trip(browser)

    assert not cast.is_signed_in(browser)


def test_closed_login_does_not_open(browser, linked):
    linked.is_active = False
    linked.save()

    round_trip(browser)

    assert not cast.is_signed_in(browser)


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


def test_provider_that_ignores_proof_and_nonce_is_spoken_to_without_them(browser, google, charlie, settings):
    settings.SOCIAL_PROVIDERS = [google.provider("linkedin")]
    link(charlie, google, subject="charlie-at-linkedin")
    google.person = {"sub": "charlie-at-linkedin"}
    google.lies = {"nonce": None}

    round_trip(browser, provider="linkedin")

    assert cast.is_signed_in(browser)
    assert "code_challenge" not in google.asked[-1]
    assert "code_verifier" not in google.exchanged[-1]


def test_account_of_another_login_is_not_taken_and_the_courriel_is_offered(browser, google, alice, linked):
    cast.start(browser, alice)

    page = round_trip(browser, purpose="first-connection")

    assert "déjà associé à un espace client. Renseignez un courriel." in page.content.decode()
    assert Activation.objects.get().state == Activation.State.STARTED


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


def test_signed_in_client_links_an_account_after_their_password(browser, google, charlie):
    browser.force_login(charlie)

    answer = browser.post("/profil/comptes-associes/google/associer/", {"password": cast.OWN})
    page = browser.get(return_of(answer["Location"]), follow=True)

    assert "Votre compte Google est associé." in page.content.decode()
    assert SocialAccount.objects.get().user == charlie
    (told,) = cast.messages_to(charlie.email)
    assert "Un compte Google est associé" in cast.text_of(told)


def test_wrong_password_links_nothing(browser, google, charlie):
    browser.force_login(charlie)

    page = browser.post("/profil/comptes-associes/google/associer/", {"password": "Autre#mot1"})

    assert "Ce n’est pas votre mot de passe actuel." in page.content.decode()
    assert not google.asked
    assert "social-trip" not in browser.session


def test_password_is_tried_ten_times_at_most(browser, google, charlie):
    browser.force_login(charlie)
    for _ in range(10):
        browser.post("/profil/comptes-associes/google/associer/", {"password": "Autre#mot1"})

    page = browser.post("/profil/comptes-associes/google/associer/", {"password": cast.OWN})

    assert "Trop d’essais." in page.content.decode()


def test_link_that_was_begun_by_another_login_is_dropped(browser, google, charlie, agency):
    bob = cast.active_client(agency, email="bob@exemple.fr")
    browser.force_login(charlie)
    answer = browser.post("/profil/comptes-associes/google/associer/", {"password": cast.OWN})
    session = browser.session
    trip = session["social-trip"]
    browser.force_login(bob)
    session = browser.session
    session["social-trip"] = trip
    session.save()

    browser.get(return_of(answer["Location"]))

    assert not SocialAccount.objects.exists()


def test_client_sees_and_unlinks_their_own_account_alone(browser, other_browser, linked, agency):
    account = SocialAccount.objects.get()
    browser.force_login(cast.active_client(agency, email="bob@exemple.fr"))
    other_browser.force_login(linked)
    path = f"/profil/comptes-associes/{account.public_id}/dissocier/"

    assert browser.post(path).status_code == 404
    assert "Associé le" in other_browser.get("/profil/comptes-associes/").content.decode()
    assert "n’est plus associé" in other_browser.post(path, follow=True).content.decode()
    assert not SocialAccount.objects.exists()


def test_last_way_in_cannot_be_unlinked(browser, linked):
    linked.set_unusable_password()
    linked.save()
    browser.force_login(linked)
    account = SocialAccount.objects.get()

    page = browser.post(f"/profil/comptes-associes/{account.public_id}/dissocier/", follow=True)

    assert "Choisissez d’abord un mot de passe." in page.content.decode()
    assert SocialAccount.objects.exists()


def test_doors_offer_only_the_configured_providers(browser, google, alice):
    door = browser.get("/connexion/").content.decode()
    cast.start(browser, alice)
    step = browser.get("/premiere-connexion/courriel/").content.decode()

    for page in (door, step):
        assert "Google" in page
        assert "LinkedIn" not in page
    assert "ou d’utiliser un identifiant déjà utilisé sur un réseau social" in step


def test_site_without_provider_offers_none(browser, alice, settings):
    settings.SOCIAL_PROVIDERS = []

    cast.start(browser, alice)

    assert "Continuer avec" not in browser.get("/premiere-connexion/courriel/").content.decode()
    assert browser.post("/connexion/avec/google/").status_code == 404
