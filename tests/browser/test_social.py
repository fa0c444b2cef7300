"""§ Linked accounts: a real OpenID provider stands in for Google; Chromium applies the policy of the forms."""

import pytest

from tests.browser.visitor import OWN_PASSWORD

pytestmark = pytest.mark.browser
GOOGLE = "Continuer avec Google"


@pytest.fixture
def person_of_google(google, request):
    """Who signs in at the provider from now on: an account that nobody else of the session has."""
    name = request.node.name.replace("[", "-").strip("]").replace("_", "-")
    google.person = {"sub": name, "email": f"{name[-40:].strip('-')}@gmail.example", "email_verified": True}
    google.refuses = False
    return google


def test_first_connection_with_google_skips_the_mailbox_and_opens_the_door_later(
    alice, elsewhere, demonstration, person_of_google
):
    alice.begins(demonstration.letter("letter"))

    alice.presses(GOOGLE)
    alice.is_on("Nouveau mot de passe")
    alice.chooses(OWN_PASSWORD)
    alice.arrives()

    elsewhere.opens("/connexion/")
    elsewhere.keeps("connexion-avec-google")
    elsewhere.presses(GOOGLE)
    elsewhere.is_home()


def test_google_works_without_javascript(person_at, size, demonstration, person_of_google):
    alice = person_at(size, java_script_enabled=False)
    alice.begins(demonstration.letter("letter"))

    alice.presses(GOOGLE)

    alice.is_on("Nouveau mot de passe")


def test_address_that_google_did_not_verify_gets_the_message(alice, demonstration, person_of_google):
    person_of_google.person["email_verified"] = False
    alice.begins(demonstration.letter("letter"))

    alice.presses(GOOGLE)
    alice.is_on("Consultez votre boîte mail")
    alice.confirms(demonstration.message(person_of_google.person["email"], "Confirmez votre adresse email"))

    alice.is_on("Nouveau mot de passe")


def test_unknown_account_opens_nothing_and_shows_the_ways_on(alice, person_of_google):
    alice.opens("/connexion/")

    alice.presses(GOOGLE)

    alice.is_on("Ce compte Google n’est associé à aucun espace client")
    alice.keeps("compte-google-inconnu")
    alice.follows("Première Connexion")
    alice.is_on("Première Connexion")


def test_refusal_at_google_leads_back_to_the_courriel(alice, demonstration, person_of_google):
    person_of_google.refuses = True
    alice.begins(demonstration.letter("letter"))

    alice.presses(GOOGLE)

    alice.is_on("Votre courriel")
    alice.reads("La connexion avec Google n’a pas abouti. Réessayez, ou renseignez un courriel.")
    alice.keeps("google-refuse")


def test_signed_in_client_links_google_after_the_password(alice, elsewhere, demonstration, person_of_google):
    letter = demonstration.letter("active")
    alice.comes_in(letter)

    alice.is_home()
    alice.opens("/profil/connexion/")
    alice.follows("Voir les comptes associés")
    alice.follows("Associer Google")
    alice.types("Mot de passe actuel", letter.password)
    alice.presses("Continuer")

    alice.reads("Votre compte Google est associé.")
    alice.keeps("comptes-associes")
    elsewhere.opens("/connexion/")
    elsewhere.presses(GOOGLE)
    elsewhere.is_home()
    alice.presses("Dissocier Google")
    alice.reads("n’est plus associé")
