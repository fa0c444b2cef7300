"""§ The link: reading it changes nothing, a button confirms, another browser is asked for the password."""

import pytest

from tests.browser.demonstration import fetch
from tests.browser.visitor import CONFIRM, OWN_PASSWORD

pytestmark = pytest.mark.browser

MUST_CHANGE = "Vous devez changer votre mot de passe."


def test_message_is_plain_short_and_complete(alice, demonstration, size):
    letter = demonstration.letter("letter")
    alice.begins(letter)

    message = alice.gives_address(f"lisible.{size}@exemple.fr")

    assert len(message.link) <= 76
    for body in (message.text, message.html):
        assert CONFIRM in body
        assert message.link in body
    assert not set("?=&") & set(message.link)
    assert letter.password not in message.text + message.html
    assert "<img" not in message.html


def test_reading_the_link_changes_nothing(alice, demonstration, size):
    alice.begins(demonstration.letter("letter"))
    message = alice.gives_address(f"scanner.{size}@exemple.fr")

    for _ in range(3):
        assert fetch(message.link).status_code == 200
    alice.confirms(message)

    alice.reads(MUST_CHANGE)


def test_another_browser_confirms_then_asks_for_the_password(alice, elsewhere, demonstration, size):
    letter = demonstration.letter("letter")
    alice.begins(letter)
    message = alice.gives_address(f"ailleurs.{size}@exemple.fr")

    elsewhere.confirms(message)

    elsewhere.is_on("Votre adresse est confirmée.")
    elsewhere.does_not_read(MUST_CHANGE)
    elsewhere.keeps("adresse-confirmee-ailleurs")
    elsewhere.types("Mot de passe", "000000" if letter.password != "000000" else "111111")
    elsewhere.presses("Connexion")
    elsewhere.does_not_read(MUST_CHANGE)
    elsewhere.types("Mot de passe", letter.password)
    elsewhere.presses("Connexion")
    elsewhere.reads(MUST_CHANGE)
    elsewhere.chooses(OWN_PASSWORD)
    elsewhere.arrives()


def test_browser_that_began_goes_on_once_the_address_is_confirmed_elsewhere(alice, elsewhere, demonstration, size):
    alice.begins(demonstration.letter("letter"))
    elsewhere.confirms(alice.gives_address(f"deux.appareils.{size}@exemple.fr"))
    elsewhere.reads("Votre adresse est confirmée.")

    alice.page.reload()
    alice.reads("Votre adresse est confirmée.")
    alice.page.get_by_text("Continuer", exact=True).first.click()

    alice.reads(MUST_CHANGE)


def test_mistyped_address_never_opens_the_account_to_its_owner(alice, elsewhere, demonstration, size):
    letter = demonstration.letter("letter")
    alice.begins(letter)
    message = alice.gives_address(f"quelqu.un.dautre.{size}@exemple.fr")

    elsewhere.confirms(message)
    elsewhere.is_on("Votre adresse est confirmée.")
    assert letter.identifier not in elsewhere.page.content()
    for path in ("/", "/comptes/", "/premiere-connexion/mot-de-passe/", "/premiere-connexion/courriel/"):
        elsewhere.opens(path)
        elsewhere.does_not_read("Vos comptes")
        elsewhere.does_not_read("Nouveau mot de passe")
        assert letter.identifier not in elsewhere.page.content()


def test_expired_link_offers_a_new_one(alice, demonstration, size):
    email = f"trop.tard.{size}@exemple.fr"
    alice.begins(demonstration.letter("letter"))
    message = alice.gives_address(email)
    demonstration.expire_links(email)

    alice.opens(message.link)

    alice.is_on("Ce lien n’est plus valable")
    alice.reads("Il était valable 24 heures.")
    alice.keeps("lien-expire")
    alice.presses("Recevoir un nouveau lien")
    alice.confirms(demonstration.message(email, "Confirmez votre adresse email", after=1))
    alice.reads(MUST_CHANGE)


def test_used_link_says_so_and_leads_to_the_sign_in(alice, elsewhere, demonstration, size):
    alice.begins(demonstration.letter("letter"))
    message = alice.gives_address(f"deja.servi.{size}@exemple.fr")
    alice.confirms(message)
    alice.reads(MUST_CHANGE)

    elsewhere.opens(message.link)

    elsewhere.is_on("Ce lien a déjà servi")
    elsewhere.reads("Votre adresse est déjà confirmée.")
    elsewhere.keeps("lien-deja-servi")
    elsewhere.follows("Connexion")
    elsewhere.is_on("Espace client")


def test_broken_link_has_its_page_and_a_way_on(alice, demonstration, size):
    alice.begins(demonstration.letter("letter"))
    message = alice.gives_address(f"coupe.{size}@exemple.fr")

    alice.opens(message.link[:-4])

    alice.is_on("Ce lien est incomplet")
    alice.reads("Copiez toute l’adresse du message, ou demandez un nouveau lien.")
    alice.keeps("lien-incomplet")
