"""From a paper letter to the Accueil, step by step, through the pages."""

from parvis.people.models import Activation, Grant, Letter
from tests.web.entrance.cast import (
    EMAIL,
    NEW,
    OWN,
    choose_password,
    give_address,
    is_signed_in,
    last_link,
    start,
)


def test_letter_leads_to_the_accueil(browser, alice):
    assert start(browser, alice).url == "/premiere-connexion/courriel/"
    assert give_address(browser).url == "/premiere-connexion/messagerie/"
    assert browser.post(last_link()).url == "/premiere-connexion/mot-de-passe/"
    assert "Vous devez changer votre mot de passe." in browser.get("/premiere-connexion/mot-de-passe/").content.decode()

    response = choose_password(browser)

    assert response.url == "/"
    assert is_signed_in(browser)
    user = Grant.objects.get(client=alice, ended_at=None).user
    assert (user.email, user.check_password(NEW)) == (EMAIL, True)
    assert Letter.objects.get(client=alice).ending == Letter.Ending.ACTIVATED
    assert Activation.objects.get(client=alice).state == Activation.State.FINISHED


def test_own_password_of_the_former_portal_leads_straight_to_the_accueil(browser, bob):
    start(browser, bob, password=OWN)
    give_address(browser)

    response = browser.post(last_link())

    assert response.url == "/"
    assert is_signed_in(browser)
    assert Grant.objects.get(client=bob).user.check_password(OWN)
    assert not hasattr(type(bob).objects.get(pk=bob.pk), "former_password")


def test_accueil_of_the_new_client_says_that_the_password_is_saved(browser, alice):
    start(browser, alice)
    give_address(browser)
    browser.post(last_link())

    page = browser.post(
        "/premiere-connexion/mot-de-passe/", {"new_password": NEW, "confirmation": NEW}, follow=True
    ).content.decode()

    assert "Votre mot de passe est enregistré." in page
