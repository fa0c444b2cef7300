"""No page is ever blank: the whole way in with JavaScript off, and with nothing but the first answer."""

import pytest

from tests.browser.visitor import OWN_PASSWORD

pytestmark = pytest.mark.browser


def test_first_connection_without_javascript(person_at, demonstration, size):
    alice = person_at(size, java_script_enabled=False)

    alice.begins(demonstration.letter("letter"))
    alice.confirms(alice.gives_address(f"sans.script.{size}@exemple.fr"))
    alice.reads("Vous devez changer votre mot de passe.")
    alice.keeps("nouveau-mot-de-passe-sans-script")
    alice.chooses(OWN_PASSWORD, again="autre chose")
    alice.reads("Les 2 mots de passe ne sont pas identiques.")
    alice.chooses(OWN_PASSWORD)

    alice.arrives()
    for entry in ("Biens", "Comptes", "Interventions"):
        alice.follows(entry)
        alice.is_on(entry)


def test_sign_in_when_nothing_but_pages_arrives(alice, demonstration):
    letter = demonstration.active()
    alice.context.route(lambda address: address.endswith((".css", ".js")), lambda route: route.abort())

    alice.opens("/connexion/")
    assert alice.page.get_by_label("Identifiant", exact=True).is_visible()
    alice.comes_in(letter)

    alice.is_home()
    alice.keeps("accueil-sans-style")
