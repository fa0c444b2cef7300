"""Passkeys by a virtual device of Chromium's, an application of codes, recovery codes, and the gate of the staff."""

import pyotp
import pytest

from tests.browser.visitor import OFFER, OWN_PASSWORD, WHO

pytestmark = pytest.mark.browser
PASSKEY = "Utiliser l’empreinte, le visage ou le code de mon appareil"
SECURITY = "Connexion et sécurité"


@pytest.fixture
def newcomer(alice, demonstration, size):
    """Alice at the end of her first connection, and what she types at the door."""
    letter = demonstration.letter("letter")
    alice.begins(letter)
    alice.confirms(alice.gives_address(f"moyens.{size}.{letter.identifier}@exemple.fr"))
    alice.chooses(OWN_PASSWORD)
    alice.is_on(OFFER)
    return letter.identifier


def adds_passkey(alice, name):
    alice.types("Nom de cet appareil", name)
    alice.presses("Ajouter cet appareil")
    alice.is_on("Codes de secours")
    alice.reads(f"La clé d’accès « {name} » est ajoutée.")


def test_passkey_offered_after_the_first_connection_is_the_way_in_from_then_on(alice, newcomer):
    alice.holds_a_device()
    alice.page.reload()
    alice.follows("Ajouter cet appareil")
    adds_passkey(alice, "Téléphone")
    alice.context.clear_cookies()

    alice.opens("/connexion/")
    alice.keeps("connexion-avec-cle")
    alice.presses(PASSKEY)

    alice.is_home()


def test_passkey_completes_a_password_and_is_removed_after_it(alice, newcomer):
    alice.holds_a_device()
    alice.page.reload()
    alice.follows("Ajouter cet appareil")
    adds_passkey(alice, "Tablette")
    alice.context.clear_cookies()

    alice.signs_in(newcomer, OWN_PASSWORD)
    alice.is_on(WHO)
    alice.keeps("seconde-etape-avec-cle")
    alice.presses(PASSKEY)
    alice.is_home()
    alice.opens("/profil/connexion/")
    alice.page.locator("main a", has_text="Tablette").click()
    alice.follows("Supprimer cette clé d’accès")
    alice.presses("Supprimer")

    alice.reads("La clé d’accès « Tablette » est supprimée.")
    alice.is_on(SECURITY)


def test_device_that_does_not_know_its_holder_opens_nothing(alice, newcomer):
    alice.holds_a_device(knows_holder=False)
    alice.page.reload()
    alice.follows("Ajouter cet appareil")

    alice.presses("Ajouter cet appareil")

    alice.reads("L’appareil n’a pas répondu. Réessayez, ou choisissez un autre moyen.")
    alice.is_on("Ajouter une clé d’accès")


def test_application_and_paper_complete_a_password(alice, elsewhere, newcomer):
    alice.follows("Choisir une application de codes")
    secret = alice.page.locator(".key").inner_text().replace(" ", "")
    alice.types("Code à 6 chiffres", pyotp.TOTP(secret).now())
    alice.keeps("application-de-codes")
    alice.presses("Ajouter l’application")
    alice.presses("Créer mes codes de secours")
    code = alice.page.locator(".recovery-codes li").first.inner_text()
    alice.keeps("codes-de-secours")

    elsewhere.signs_in(newcomer, OWN_PASSWORD)
    elsewhere.is_on(WHO)
    elsewhere.follows("Utiliser un code de secours")
    elsewhere.types("Code de secours", code.lower())
    elsewhere.presses("Continuer")

    elsewhere.is_home()
    elsewhere.opens("/profil/connexion/")
    elsewhere.reads("Il vous reste 9 codes sur papier")


def test_no_button_is_dead_without_javascript(person_at, demonstration, size):
    alice = person_at(size, java_script_enabled=False)
    letter = demonstration.letter("letter")
    alice.begins(letter)
    alice.confirms(alice.gives_address(f"moyens.sans.script.{size}@exemple.fr"))
    alice.chooses(OWN_PASSWORD)

    assert alice.page.get_by_role("link", name="Ajouter cet appareil").locator("visible=true").count() == 0
    alice.opens("/profil/connexion/cles/ajouter/")
    assert alice.page.get_by_role("button", name="Ajouter cet appareil").locator("visible=true").count() == 0
    alice.reads("Ce navigateur ne sait pas utiliser de clé d’accès.")
    alice.follows("Choisir une application de codes")
    secret = alice.page.locator(".key").inner_text().replace(" ", "")
    alice.types("Code à 6 chiffres", pyotp.TOTP(secret).now())
    alice.presses("Ajouter l’application")

    alice.is_on("Codes de secours")


def test_staff_see_nothing_before_a_second_proof(alice, demonstration):
    newcomer = demonstration.staff_without_telephone()
    alice.comes_in(newcomer)

    alice.is_on("Protégez votre accès")
    alice.keeps("gestion-protegez")
    alice.opens("/gestion/")
    alice.is_on("Protégez votre accès")


def test_staff_show_the_code_of_their_telephone(alice, demonstration):
    alice.comes_to_work(demonstration.staff())

    alice.page.wait_for_url("**/gestion/")
