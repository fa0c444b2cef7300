"""Aide: an answer is found by a keyword, with a script as one types, and without one."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_whoever_cannot_come_in_finds_the_way_by_a_keyword(person_at, demonstration, size, scripts):
    alice = person_at(size, java_script_enabled=scripts)
    alice.opens("/connexion/")
    alice.follows("Aide à la connexion")
    alice.is_on("Aide à la connexion")
    alice.opens("/aide/")

    alice.types("Recherche par mot-clé", "mot de pase oublié")
    alice.presses("Rechercher")
    alice.reads("pour « mot de pase oublié »")
    alice.keeps(f"aide-recherche-{'avec' if scripts else 'sans'}-script")
    alice.page.get_by_role("link", name="J’ai oublié mon mot de passe").first.click()

    alice.is_on("J’ai oublié mon mot de passe")
    alice.presses("Oui")
    alice.reads("Merci, votre avis est transmis à votre agence.")


def test_answers_come_while_one_types_and_the_focus_stays(person_at, demonstration):
    alice = person_at("desktop")
    alice.opens("/aide/")

    field = alice.page.get_by_label("Recherche par mot-clé")
    field.press_sequentially("quittance", delay=20)

    expect(alice.page.get_by_role("heading", name="pour « quittance »")).to_be_visible()
    expect(field).to_be_focused()
    assert "q=quittance" in alice.page.url


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_reader_says_what_was_missing(person_at, demonstration, size, scripts):
    alice = person_at(size, java_script_enabled=scripts)
    alice.comes_in(demonstration.active())
    alice.opens("/aide/rubrique/paiement/")
    alice.page.get_by_role("link", name="Comment payer").first.click()

    alice.page.get_by_text("Non", exact=True).click()
    alice.types("Que manquait-il ? (facultatif)", "Le numéro de la rue.")
    alice.presses("Envoyer")

    alice.reads("Merci, votre avis est transmis à votre agence.")
    alice.follows("Ouvrir Comptes")
    alice.is_on("Comptes")
