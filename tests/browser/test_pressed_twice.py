"""Many people press twice, as they open a file on a computer: each page of the entrance takes it as once."""

import pytest

from tests.browser.visitor import CODE_SENT, CONFIRM, OWN_PASSWORD, WHO

pytestmark = pytest.mark.browser


def test_sign_in(person_at, demonstration):
    alice, letter = person_at("phone"), demonstration.active()
    received = len(demonstration.arrived(letter.email, CODE_SENT))
    alice.opens("/connexion/")
    alice.types("Identifiant", letter.identifier)
    alice.types("Mot de passe", letter.password)
    alice.button("Connexion").dblclick()
    alice.is_on(WHO)
    alice.types("Code à 8 chiffres", demonstration.message(letter.email, CODE_SENT, after=received).code)
    alice.button("Continuer").dblclick()

    alice.is_home()


def test_first_connection(person_at, demonstration):
    alice, letter, email = person_at("phone"), demonstration.letter("letter"), "deux.fois@exemple.fr"
    alice.opens("/premiere-connexion/")
    alice.types("Identifiant", letter.identifier)
    alice.types("Mot de passe", letter.password)
    alice.button("Connexion").dblclick()
    alice.is_on("Votre courriel")
    alice.types("Courriel", email)
    alice.button("Soumettre").dblclick()
    alice.is_on("Consultez votre boîte mail")
    alice.opens(demonstration.message(email, "Confirmez votre adresse email").link)
    alice.button(CONFIRM).dblclick()
    alice.types("Nouveau mot de passe", OWN_PASSWORD)
    alice.types("Confirmez le nouveau mot de passe", OWN_PASSWORD)
    alice.button("Soumettre").dblclick()

    alice.arrives()
