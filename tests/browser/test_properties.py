"""Biens: from the list to the lot, its share of the building, its lease, and the letter to leave."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])]


def at_biens(person_at, letter, *, size, scripts):
    person = person_at(size, java_script_enabled=scripts)
    person.comes_in(letter)
    person.is_home()
    person.follows("Biens")
    person.is_on("Biens")
    return person


def test_owner_reads_their_share_of_the_building(person_at, demonstration, size, scripts):
    alice = at_biens(person_at, demonstration.active("owner"), size=size, scripts=scripts)

    alice.page.locator("main .row").first.click()
    alice.reads("dans l’immeuble (tantièmes)")
    alice.reads("L’immeuble")
    alice.page.get_by_text("Afficher le code de la porte").click()
    alice.keeps(f"bien-copropriétaire-{'avec' if scripts else 'sans'}-script")
    alice.page.locator('a[href^="/comptes/"].row').first.click()
    alice.page.wait_for_url("**/comptes/**")


def test_tenant_reads_the_lease_and_the_letter_to_leave(person_at, demonstration, size, scripts):
    bob = at_biens(person_at, demonstration.active("tenant"), size=size, scripts=scripts)

    bob.page.locator("main .row").first.click()
    bob.reads("Votre bail")
    bob.reads("Dépôt de garantie")
    bob.keeps(f"bien-locataire-{'avec' if scripts else 'sans'}-script")
    bob.follows("Donner mon congé")

    bob.is_on("Donner mon congé")
    bob.reads("lettre recommandée")
    bob.keeps(f"congé-{'avec' if scripts else 'sans'}-script")


def test_landlord_reads_to_whom_the_flat_is_let(person_at, demonstration, size, scripts):
    carole = at_biens(person_at, demonstration.active("landlord"), size=size, scripts=scripts)

    carole.reads("Gestion locative")
    carole.page.get_by_role("region", name="Gestion locative").locator(".row").first.click()

    carole.reads("Occupant")
    carole.reads("charges comprises")
