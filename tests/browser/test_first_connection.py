"""§ Première Connexion: from the paper letter to the Accueil, and every way to be mistaken on the road."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import CONFIRM, OWN_PASSWORD, WHO

pytestmark = pytest.mark.browser

A_MINUTE_AGO = "UPDATE people_activation SET last_message_at = datetime(last_message_at, '-2 minutes') WHERE email = ?"
MUST_CHANGE = "Vous devez changer votre mot de passe."


def test_from_the_letter_to_the_accueil(alice, demonstration, size):
    letter = demonstration.letter("letter")
    email = f"du.papier.{size}@exemple.fr"

    alice.begins(letter)
    alice.keeps("votre-courriel")
    message = alice.gives_address(email)
    alice.reads(email)
    alice.reads("courriers indésirables ou spams")
    alice.keeps("consultez-votre-boite-mail")
    alice.opens("/demo/boite/")
    alice.reads("Confirmez votre adresse email")
    alice.keeps("boite-de-demonstration")
    alice.confirms(message)
    alice.reads(MUST_CHANGE)
    alice.keeps("nouveau-mot-de-passe")
    alice.chooses(OWN_PASSWORD)

    alice.reads("Votre mot de passe est enregistré.")
    alice.keeps("plus-facilement")
    alice.arrives()
    alice.keeps("accueil-premiere-fois")
    demonstration.message(email, "Votre espace client est activé")


def test_former_password_leads_straight_to_the_accueil(alice, demonstration, size):
    letter = demonstration.letter("former")

    alice.begins(letter)
    alice.confirms(alice.gives_address(f"ancien.portail.{size}@exemple.fr"))

    alice.arrives()
    alice.does_not_read(MUST_CHANGE)


def test_first_screen_needs_nothing_before_premiere_connexion(alice):
    alice.opens("/connexion/")

    alice.follows("Première Connexion")

    alice.is_on("Première Connexion")
    alice.does_not_read("Renseignez")
    alice.keeps("premiere-connexion")
    alice.follows("Annuler")
    alice.is_on("Espace client")


def test_wrong_letter_is_refused_without_a_hint(alice, demonstration):
    letter = demonstration.letter("letter")
    alice.opens("/connexion/")
    alice.follows("Première Connexion")
    alice.types("Identifiant", letter.identifier)
    alice.types("Mot de passe", "000000" if letter.password != "000000" else "111111")

    alice.presses("Connexion")

    alice.reads("Identifiant ou mot de passe incorrect.")
    alice.does_not_read("choisissez « Première Connexion »")


def test_incomplete_courriel_is_explained_and_kept(alice, demonstration):
    alice.begins(demonstration.letter("letter"))
    alice.types("Courriel", "jeanne.fontaine")

    alice.presses("Soumettre")

    alice.reads("Renseignez un courriel complet, par exemple jeanne.fontaine@exemple.fr.")
    expect(alice.page.get_by_label("Courriel", exact=True)).to_have_value("jeanne.fontaine")
    alice.keeps("votre-courriel-erreur")


def test_address_known_to_the_agency_is_offered_masked(alice, demonstration):
    letter = demonstration.letter("letter", with_email=True)

    alice.begins(letter)

    alice.reads("Votre agence connaît l’adresse ")
    alice.does_not_read(letter.email)
    assert letter.email not in alice.page.content()
    alice.presses("Utiliser cette adresse")
    alice.is_on("Consultez votre boîte mail")
    alice.does_not_read(letter.email)
    alice.confirms(demonstration.message(letter.email, "Confirmez votre adresse email"))
    alice.reads(MUST_CHANGE)


def test_address_can_be_corrected_and_the_first_link_dies(alice, demonstration, size):
    alice.begins(demonstration.letter("letter"))
    mistyped = alice.gives_address(f"jeanne.fontane.{size}@exemple.fr")

    alice.follows("Modifier mon adresse")
    alice.is_on("Votre courriel")
    right = alice.gives_address(f"jeanne.fontaine.{size}@exemple.fr")
    alice.opens(mistyped.link)
    alice.reads("Un lien plus récent vous a été envoyé.")
    alice.confirms(right)

    alice.reads(MUST_CHANGE)


def test_message_can_be_sent_again_after_a_pause(alice, demonstration, size):
    email = f"encore.{size}@exemple.fr"
    alice.begins(demonstration.letter("letter"))
    first = alice.gives_address(email)

    waiting = alice.page.get_by_role("button", name=re.compile(r"Renvoyer le message \(\d+.s\)"))
    expect(waiting).to_have_attribute("aria-disabled", "true")
    demonstration.change(A_MINUTE_AGO, email)
    alice.page.reload()
    alice.presses("Renvoyer le message")
    alice.reads("Nouveau message envoyé à ")
    alice.reads("Le lien précédent n’est plus valable.")
    second = demonstration.message(email, "Confirmez votre adresse email", after=1)

    assert second.link != first.link
    alice.confirms(second)
    alice.reads(MUST_CHANGE)


def test_message_asked_again_too_early_is_explained(person_at, demonstration, size):
    alice = person_at(size, java_script_enabled=False)
    alice.begins(demonstration.letter("letter"))
    alice.gives_address(f"trop.tot.{size}@exemple.fr")

    alice.presses("Renvoyer le message")

    alice.reads("Le message vient d’être envoyé.")
    expect(alice.page.locator("main")).to_contain_text(re.compile(r"dans \d+.secondes?"))


def test_half_signed_in_person_reaches_nothing_else(alice, demonstration):
    alice.begins(demonstration.letter("letter"))

    for path in ("/", "/biens/", "/comptes/", "/interventions/", "/profil/"):
        alice.opens(path)
        alice.does_not_read("Vos comptes")
        alice.does_not_read("Bonjour")
        alice.does_not_read("Se déconnecter")


def test_new_start_kills_what_the_former_one_left_pending(alice, elsewhere, demonstration, size):
    letter = demonstration.letter("letter")
    elsewhere.begins(letter)
    trap = elsewhere.gives_address(f"voleur.{size}@exemple.fr")

    alice.begins(letter)
    alice.confirms(alice.gives_address(f"titulaire.{size}@exemple.fr"))
    alice.reads(MUST_CHANGE)
    elsewhere.opens(trap.link)

    expect(elsewhere.page.get_by_role("button", name=CONFIRM)).to_have_count(0)
    elsewhere.opens("/")
    elsewhere.does_not_read("Vos comptes")
    elsewhere.does_not_read(MUST_CHANGE)


def test_code_dies_with_the_own_password(alice, elsewhere, demonstration, size):
    letter = demonstration.letter("letter")
    alice.begins(letter)
    alice.confirms(alice.gives_address(f"une.fois.{size}@exemple.fr"))
    alice.chooses(OWN_PASSWORD)
    alice.arrives()

    elsewhere.opens("/connexion/")
    elsewhere.follows("Première Connexion")
    elsewhere.types("Identifiant", letter.identifier)
    elsewhere.types("Mot de passe", letter.password)
    elsewhere.presses("Connexion")

    elsewhere.reads("Votre mot de passe provisoire n’est plus valable.")
    elsewhere.signs_in(letter.identifier, OWN_PASSWORD)
    elsewhere.is_on(WHO)
