"""Mon profil: an address changes, documents come by post again, somebody of the household opens their own access."""

import pytest

from tests.browser.inspection import Inspection
from tests.browser.visitor import OWN_PASSWORD

pytestmark = pytest.mark.browser

INVITED = "Vous êtes invité à consulter un espace client"


@pytest.fixture
def letter(demonstration):
    """Somebody who came in long ago, whose profile no other test changes."""
    return demonstration.letter("active")


def test_profile_changes_without_javascript(person_at, size, letter):
    alice = person_at(size, java_script_enabled=False)
    alice.comes_in(letter)
    alice.is_home()
    alice.opens("/profil/")
    alice.keeps("profil")
    alice.page.get_by_role("link", name="Modifier l’adresse").first.click()
    alice.is_on("Modifier l’adresse")
    alice.types("Adresse", "")
    alice.presses("Enregistrer l’adresse")
    alice.reads("Renseignez votre adresse.")
    alice.keeps("adresse-refusee")
    alice.types("Adresse", "4 rue des Lilas")
    alice.types("Code postal", "69003")
    alice.types("Commune", "Lyon")
    alice.presses("Enregistrer l’adresse")

    alice.reads("Votre adresse est enregistrée.")
    alice.reads("En cours de prise en compte")
    alice.keeps("adresse-en-cours")
    alice.page.get_by_role("button", name="Annuler ce changement").first.click()
    alice.reads("Votre changement est annulé.")
    for link, title in (
        ("Modifier les téléphones", "Modifier les téléphones"),
        ("Recevoir par courriel ou par courrier", "Recevoir par courriel ou par courrier"),
        ("Personnes du foyer", "Personnes du foyer"),
        ("Demander une rectification", "Demander une rectification"),
        ("Télécharger mes données", "Télécharger mes données"),
        ("Qui a consulté mes données", "Qui a consulté mes données"),
        ("Fermer mon accès en ligne", "Fermer mon accès en ligne"),
    ):
        alice.opens("/profil/")
        alice.page.get_by_role("link", name=link).first.click()
        alice.is_on(title)
        alice.keeps(f"profil-{link.split()[-1]}")


def test_person_of_the_household_opens_their_own_access_and_loses_it(person_at, demonstration, size, letter):
    alice = person_at(size, java_script_enabled=False)
    gaby = person_at(size, java_script_enabled=False)
    email = f"gaby.{size}@exemple.fr"
    alice.comes_in(letter)
    alice.is_home()
    alice.opens("/profil/")
    alice.page.get_by_role("link", name="Personnes du foyer").first.click()
    alice.page.get_by_role("link", name="Inviter une personne").click()
    alice.types("Prénom et nom", "Gaby Fontaine")
    alice.types("Son courriel", email)
    alice.presses("Envoyer l’invitation")
    alice.reads("L’invitation est partie.")
    alice.keeps("foyer")

    gaby.opens(demonstration.message(email, INVITED).link)
    gaby.is_on("Ouvrir mon accès")
    gaby.keeps("foyer-invitation")
    gaby.chooses(OWN_PASSWORD)
    gaby.page.wait_for_url(lambda url: "/f/" not in url)
    gaby.opens("/comptes/")
    gaby.is_on("Comptes")
    gaby.opens("/profil/")
    gaby.reads("Accès donné par")
    assert gaby.page.get_by_role("link", name="Modifier l’adresse").count() == 0
    gaby.keeps("foyer-profil")

    alice.page.get_by_role("button", name="Retirer cet accès").click()
    alice.reads("est retiré.")
    gaby.opens("/comptes/")
    gaby.is_on("Espace client")


def test_nothing_is_reproached_to_the_pages(person_at, letter):
    alice, inspection = person_at("desktop"), Inspection()
    alice.comes_in(letter)
    alice.is_home()
    alice.opens("/profil/")
    links = alice.page.get_by_role("main").get_by_role("link").all()
    paths = {href for href in (link.get_attribute("href") for link in links) if href and href.startswith("/profil/")}

    for path in sorted(path for path in paths if "/connexion/" not in path):
        alice.opens(path)
        inspection.look(alice)

    assert "\n".join(inspection.faults) == ""
