"""Interventions and Mes recherches, as clients follow them, with and without a script."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])]


def test_case_is_followed_step_by_step(person_at, demonstration, size, scripts):
    alice = person_at(size, java_script_enabled=scripts)
    alice.comes_in(demonstration.active("owner"))
    alice.is_home()
    alice.follows("Interventions")
    alice.page.locator("nav").get_by_role("link", name="Terminées").click()
    alice.page.locator("main .row").first.click()

    alice.reads("Suivi")
    alice.reads("En bref")


def test_file_of_a_search_is_a_tap_away(person_at, demonstration, size, scripts):
    zoe = person_at(size, java_script_enabled=scripts)
    zoe.comes_in(demonstration.active())
    zoe.is_home()
    if size == "phone":
        zoe.follows("Autres")
    zoe.goes_to("/recherches/")

    zoe.is_on("Mes recherches")
    zoe.reads("votre agence" if zoe.page.get_by_text("Aucune candidature").count() else "Dossiers")
