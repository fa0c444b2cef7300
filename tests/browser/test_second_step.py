"""§ Connexion from a browser not yet known, then « Connexion et sécurité »."""

import pytest

from tests.browser.inspection import Inspection
from tests.browser.visitor import CODE_SENT, OWN_PASSWORD, WHO

pytestmark = pytest.mark.browser

REFUSED = "Ce code n’est pas le bon, ou il n’est plus valable."
SECURITY = "/profil/connexion/"


@pytest.fixture(scope="module")
def holder(demonstration):
    """Somebody whom these tests share; each leaves them their password."""
    return demonstration.letter("active")


@pytest.fixture
def letter(holder, demonstration):
    """The same, who may receive five codes again in each test."""
    yield holder
    demonstration.change("DELETE FROM kit_attemptcounter")


def changes_password(person, present, password):
    person.opens(SECURITY)
    person.follows("Changer de mot de passe")
    person.types("Mot de passe actuel", present)
    person.chooses(password)
    person.is_on("Connexion et sécurité")
    person.reads("Votre mot de passe est enregistré.")


def test_unknown_browser_gives_the_code_of_the_message_once(alice, letter, demonstration):
    received = len(demonstration.arrived(letter.email, CODE_SENT))

    alice.signs_in(letter.identifier, letter.password)
    alice.is_on(WHO)
    alice.keeps("second-facteur")
    alice.types("Code à 8 chiffres", "0000 0000")
    alice.presses("Continuer")
    alice.reads(REFUSED)
    alice.keeps("second-facteur-refuse")
    alice.gives_code(letter.email, after=received)
    alice.is_home()

    alice.context.clear_cookies(name="session")
    alice.signs_in(letter.identifier, letter.password)
    alice.is_home()


def test_code_is_given_without_a_script_too(person_at, size, letter, demonstration):
    alice, received = person_at(size, java_script_enabled=False), len(demonstration.arrived(letter.email, CODE_SENT))

    alice.signs_in(letter.identifier, letter.password)
    alice.presses("Renvoyer le code")
    alice.reads("Vous pourrez le renvoyer dans")
    alice.gives_code(letter.email, after=received)
    alice.is_home()

    alice.opens(SECURITY)
    alice.reads("– cet appareil")


def test_devices_are_seen_and_signed_out(alice, elsewhere, letter):
    alice.comes_in(letter)
    alice.is_home()
    elsewhere.comes_in(letter)
    elsewhere.is_home()

    alice.opens("/profil/")
    alice.goes_to(SECURITY)
    alice.is_on("Connexion et sécurité")
    alice.reads("– cet appareil")
    alice.keeps("connexion-et-securite")
    alice.presses("Déconnecter tous les autres appareils")
    alice.reads("Tous les autres appareils sont déconnectés.")

    elsewhere.opens("/")
    elsewhere.is_on("Espace client")


def test_password_is_changed_in_the_profile(alice, elsewhere, letter, demonstration):
    alice.comes_in(letter)
    alice.is_home()
    elsewhere.comes_in(letter)
    elsewhere.is_home()

    changes_password(alice, letter.password, OWN_PASSWORD)
    alice.keeps("mot-de-passe-change")

    elsewhere.opens("/")
    elsewhere.is_on("Espace client")
    demonstration.message(letter.email, "Votre mot de passe a été modifié")
    changes_password(alice, OWN_PASSWORD, letter.password)


def test_who_one_is_is_asked_again_before_a_way_in_is_added(alice, letter, demonstration):
    alice.comes_in(letter)
    alice.is_home()
    demonstration.change("UPDATE people_signedinsession SET proved_at = datetime('now', '-11 minutes')")

    alice.opens("/profil/connexion/application/")
    alice.is_on(WHO)
    alice.keeps("confirmez-que-c-est-vous")
    alice.types("Mot de passe actuel", letter.password)
    alice.presses("Continuer")

    alice.is_on("Ajouter une application de codes")


def test_these_pages_are_accessible_in_both_themes(person_at, letter, demonstration):
    alice, inspection = person_at("desktop"), Inspection()
    received = len(demonstration.arrived(letter.email, CODE_SENT))
    alice.signs_in(letter.identifier, letter.password)
    alice.is_on(WHO)
    inspection.look(alice)
    alice.types("Code à 8 chiffres", "1")
    alice.presses("Continuer")
    alice.reads(REFUSED)
    inspection.look(alice, "refused")
    alice.gives_code(letter.email, after=received)
    alice.is_home()
    for address in (SECURITY, "/profil/connexion/mot-de-passe/", "/connexion/confirmer/"):
        alice.opens(address)
        inspection.look(alice)
    alice.presses("Continuer")
    inspection.look(alice, "refused")

    assert "\n".join(inspection.faults) == ""
