"""Signing in with an account of a provider, and linking one, against a real OpenID provider on loopback."""

import pytest

from parvis.journal.models import Record
from parvis.people.models import SocialAccount
from tests.factories import AgencyFactory
from tests.web.entrance import cast
from tests.web.entrance.trips import leave, link, return_of, round_trip

pytestmark = pytest.mark.django_db


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


def test_provider_that_ignores_proof_and_nonce_is_spoken_to_without_them(browser, google, charlie, settings):
    settings.SOCIAL_PROVIDERS = [google.provider("linkedin")]
    link(charlie, google, subject="charlie-at-linkedin")
    google.person = {"sub": "charlie-at-linkedin"}
    google.lies = {"nonce": None}

    round_trip(browser, provider="linkedin")

    assert cast.is_signed_in(browser)
    assert "code_challenge" not in google.asked[-1]
    assert "code_verifier" not in google.exchanged[-1]


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
    bob = cast.active_client(agency, email="bob@exemple.fr")
    cast.sign_in(cast.known(browser, bob), bob.email, cast.OWN)
    round_trip(other_browser)
    path = f"/profil/comptes-associes/{account.public_id}/dissocier/"

    assert browser.post(path).status_code == 404
    assert "Associé le" in other_browser.get("/profil/comptes-associes/").content.decode()
    assert "n’est plus associé" in other_browser.post(path, follow=True).content.decode()
    assert not SocialAccount.objects.exists()
    (told,) = cast.messages_to(linked.email, "social-account-unlinked")
    assert "ne permet plus de vous connecter" in cast.text_of(told).replace("\n", " ")


def test_session_left_open_unlinks_nothing_before_its_holder_is_asked_again(browser, linked):
    browser.force_login(linked)

    answer = browser.post(f"/profil/comptes-associes/{SocialAccount.objects.get().public_id}/dissocier/")

    assert answer.url.startswith("/connexion/confirmer/")
    assert SocialAccount.objects.exists()


def test_last_way_in_cannot_be_unlinked(browser, linked):
    linked.set_unusable_password()
    linked.save()
    round_trip(browser)
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


def test_connexion_et_securite_leads_to_the_linked_accounts_where_there_is_a_provider(
    browser, google, charlie, settings
):
    browser.force_login(charlie)

    with_google = browser.get("/profil/connexion/").content.decode()
    settings.SOCIAL_PROVIDERS = []
    without = browser.get("/profil/connexion/").content.decode()

    assert "/profil/comptes-associes/" in with_google
    assert "/profil/comptes-associes/" not in without


def test_site_without_provider_offers_none(browser, alice, settings):
    settings.SOCIAL_PROVIDERS = []

    cast.start(browser, alice)

    assert "Continuer avec" not in browser.get("/premiere-connexion/courriel/").content.decode()
    assert browser.post("/connexion/avec/google/").status_code == 404
