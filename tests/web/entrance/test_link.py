"""The link of the confirmation message: a scanner cannot use it, a stranger gains nothing by it."""

import datetime as dt
import email
import quopri

import pytest
from django.utils import timezone

from parvis.mail.models import OutboxMessage
from parvis.people.models import Activation, EmailLink, Grant
from tests.web.entrance.cast import (
    CODE,
    EMAIL,
    OWN,
    choose_password,
    give_address,
    is_signed_in,
    last_link,
    messages_to,
    sign_in,
    start,
)

PASSWORD_STEP = "/premiere-connexion/mot-de-passe/"
CONFIRMED = "/premiere-connexion/confirmee/"


@pytest.fixture
def begun(browser, alice):
    """Alice gave her address in `browser`; the path of her link."""
    start(browser, alice)
    give_address(browser)
    return last_link()


def page_at(browser, path):
    return browser.get(path).content.decode()


def grow_old():
    EmailLink.objects.update(
        created_at=timezone.now() - dt.timedelta(hours=25), expires_at=timezone.now() - dt.timedelta(hours=1)
    )
    Activation.objects.update(expires_at=timezone.now() - dt.timedelta(hours=1))


def test_asking_for_the_link_never_uses_it(other_browser, begun):
    for method in ("get", "head", "get", "options"):
        getattr(other_browser, method)(begun)

    assert EmailLink.objects.get().used_at is None
    assert Activation.objects.get().state == Activation.State.ADDRESS_GIVEN
    assert EMAIL in page_at(other_browser, begun)


def test_page_of_the_link_has_no_script_that_could_press_its_button(other_browser, begun):
    assert "<script" not in page_at(other_browser, begun)


def test_another_browser_confirms_then_asks_for_the_password_before_showing_anything(other_browser, alice, begun):
    response = other_browser.post(begun)

    page = page_at(other_browser, response.url)
    assert response.url == CONFIRMED
    assert "Votre adresse est confirmée." in page
    assert "Fontaine" not in page
    assert alice.customer_reference not in page
    assert other_browser.get("/").url.startswith("/connexion/")
    assert other_browser.get(PASSWORD_STEP).url.startswith("/connexion/")


def test_another_browser_goes_on_with_the_password_in_place_of_the_first(browser, other_browser, alice, begun):
    other_browser.post(begun)

    assert other_browser.post(CONFIRMED, {"password": CODE}).url == PASSWORD_STEP
    assert browser.get(PASSWORD_STEP).url.startswith("/connexion/")
    choose_password(other_browser)
    assert is_signed_in(other_browser)


def test_client_of_the_former_portal_finishes_in_another_browser(browser, other_browser, bob):
    start(browser, bob, password=OWN)
    give_address(browser)
    other_browser.post(last_link())

    assert other_browser.post(CONFIRMED, {"password": OWN}).url == "/profil/connexion/proposition/"
    assert is_signed_in(other_browser)


def test_other_door_also_goes_on_after_the_link(other_browser, alice, begun):
    other_browser.post(begun)

    assert start(other_browser, alice, door="/connexion/").url == PASSWORD_STEP


def test_holder_of_a_mistyped_address_gains_nothing(browser, other_browser, alice):
    start(browser, alice)
    give_address(browser, "inconnu@exemple.fr")

    other_browser.post(last_link("inconnu@exemple.fr"))
    page = other_browser.post(CONFIRMED, {"password": "000000"}).content.decode()

    assert "Identifiant ou mot de passe incorrect." in page
    assert not is_signed_in(other_browser)
    assert not Grant.objects.exists()


def test_guesses_after_the_link_count_like_those_at_the_doors(other_browser, alice, begun):
    other_browser.post(begun)
    for guess in range(5):
        other_browser.post(CONFIRMED, {"password": f"{guess:06}"})

    assert "la connexion est bloquée" in other_browser.post(CONFIRMED, {"password": CODE}).content.decode()
    assert "la connexion est bloquée" in start(other_browser, alice).content.decode()


def test_new_start_without_the_link_kills_the_confirmed_one(browser, other_browser, alice, begun):
    browser.post(begun)

    assert start(other_browser, alice).url == "/premiere-connexion/courriel/"
    assert browser.get(PASSWORD_STEP).url.startswith("/connexion/")


def test_start_by_a_thief_dies_with_its_link_when_the_client_starts(browser, other_browser, alice):
    thief = other_browser
    start(thief, alice)
    give_address(thief, "voleur@exemple.fr")
    stolen = last_link("voleur@exemple.fr")

    start(browser, alice)

    assert "Ce lien n’est plus valable" in page_at(thief, stolen)
    thief.post(stolen)
    assert Activation.objects.filter(state=Activation.State.CONFIRMED).count() == 0
    assert thief.get("/premiere-connexion/messagerie/").url.startswith("/connexion/")
    assert give_address(thief, "voleur@exemple.fr").url.startswith("/connexion/")


def test_thief_who_confirmed_first_dies_too(browser, other_browser, alice):
    thief = other_browser
    start(thief, alice)
    give_address(thief, "voleur@exemple.fr")
    thief.post(last_link("voleur@exemple.fr"))

    start(browser, alice)

    assert choose_password(thief).url.startswith("/connexion/")
    assert not Grant.objects.exists()


def test_used_link_says_so_and_leads_to_the_door(browser, other_browser, begun):
    browser.post(begun)

    page = page_at(other_browser, begun)
    assert "<h1>Ce lien a déjà servi</h1>" in page
    assert "Votre adresse est déjà confirmée." in page
    assert 'href="/connexion/"' in page
    assert "<h1>Ce lien a déjà servi</h1>" in other_browser.post(begun).content.decode()


def test_link_pressed_twice_goes_on_in_the_browser_that_began(browser, begun):
    browser.post(begun)

    assert browser.post(begun).url == PASSWORD_STEP
    assert browser.get(begun).url == PASSWORD_STEP


def test_link_pressed_twice_asks_for_the_password_in_the_browser_that_confirmed(other_browser, begun):
    other_browser.post(begun)

    assert other_browser.post(begun).url == CONFIRMED


def test_expired_link_offers_another_to_the_same_address(other_browser, begun):
    grow_old()

    page = page_at(other_browser, begun)
    assert "Il était valable 24\u00a0heures." in page
    assert "a•••e@exemple.fr" in page
    sent = other_browser.post(f"{begun}/nouveau").content.decode()

    assert "Nous avons envoyé un nouveau message à a•••e@exemple.fr." in sent
    assert last_link() != begun
    assert "Confirmer mon adresse email" in page_at(other_browser, last_link())


def test_expired_link_confirms_nothing(browser, begun):
    grow_old()

    browser.post(begun)

    assert Activation.objects.get().state == Activation.State.ADDRESS_GIVEN


def test_only_an_expired_link_is_renewed(browser, other_browser, begun):
    assert other_browser.post(f"{begun}/nouveau").status_code == 200
    browser.post(begun)
    other_browser.post(f"{begun}/nouveau")

    assert len(messages_to(EMAIL, "confirm-address")) == 1


@pytest.mark.parametrize("mangled", ["/c/abc", "/c/", "/c/%00", "/c/" + "é" * 26, "/c/" + "a" * 5000, "/c/a/b/c"])
def test_broken_link_has_its_page_and_a_way_on(browser, agency, mangled):
    response = browser.get(mangled)

    assert response.status_code == 404
    if mangled != "/c/":
        assert "Copiez toute l’adresse du message, ou demandez un nouveau lien." in response.content.decode()


@pytest.mark.parametrize("dressing", ["{}>", "{}.", "{}/", "{}%20", "{})"])
def test_link_pasted_with_a_sign_too_many_still_works(other_browser, begun, dressing):
    assert "Confirmer mon adresse email" in page_at(other_browser, dressing.format(begun))


def test_link_survives_the_relays_of_the_mail(begun):
    text = f"x\nhttp://testserver{begun}\ny"

    relayed = quopri.decodestring(quopri.encodestring(text.encode())).decode()

    assert begun in relayed
    assert "=" not in begun
    assert "&" not in begun
    assert email.message_from_string(f"\n{text}").get_payload().splitlines()[1] == f"http://testserver{begun}"


def test_token_is_stored_nowhere_in_clear(begun):
    token = begun.removeprefix("/c/")

    assert token not in str(list(EmailLink.objects.values())) + str(list(OutboxMessage.objects.values()))


def test_confirmed_page_without_a_link_leads_to_the_door(browser, agency):
    assert browser.get(CONFIRMED).url == "/connexion/"


def test_first_browser_finishes_after_the_link_was_used_elsewhere(browser, other_browser, bob):
    start(browser, bob, password=OWN)
    give_address(browser)
    other_browser.post(last_link())

    assert browser.post("/premiere-connexion/suite/").url == "/profil/connexion/proposition/"
    assert is_signed_in(browser)
    assert sign_in(other_browser, bob.customer_reference, OWN).url == "/connexion/verification/"
