"""Interventions and Mes recherches, as clients follow them, with and without a script."""

import pytest
from playwright.sync_api import expect

from tests.browser.declaring import ENDS, FINISHES, ORDERS_WITH_TIMES, declares, put_to, the_agency
from tests.browser.inspection import sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])]


def looks(person, name):
    """A picture for people, axe-core for everybody."""
    person.keeps(f"intervention-{name}-{'script' if person.has_script else 'sans-script'}")
    if person.has_script:
        assert violations(person) == []
        assert sideways(person) == []


@pytest.fixture
def visitor(person_at, size, scripts):
    return person_at(size, java_script_enabled=scripts)


def test_case_is_followed_step_by_step(visitor, demonstration):
    visitor.comes_in(demonstration.active("owner"))
    visitor.is_home()
    visitor.follows("Interventions")
    looks(visitor, "liste")
    visitor.page.locator("main nav").get_by_role("link", name="De mon immeuble").click()
    expect(visitor.page.locator("main nav [aria-current]")).to_contain_text("De mon immeuble")
    visitor.page.locator("main nav").get_by_role("link", name="Terminées").click()
    visitor.page.locator("main .row").first.click()

    visitor.reads("Suivi")
    visitor.reads("En bref")


def adds_a_photo(visitor):
    visitor.follows("Ajouter un message ou une photo")
    visitor.page.locator("textarea").fill("La voici.")
    visitor.page.locator("input[type=file]").set_input_files("tests/data/uploads/photo_canon_40D.jpg")
    looks(visitor, "message")
    visitor.presses("Envoyer")
    visitor.reads("Votre message est envoyé.")
    visitor.reads("La voici.")


def test_time_is_chosen_the_end_confirmed_rated_then_the_problem_comes_back(visitor, demonstration):
    visitor.comes_in(demonstration.active("tenant"))
    visitor.is_home()
    number = declares(visitor, "Propreté")
    the_agency(demonstration, ORDERS_WITH_TIMES.format(number=number))

    adds_a_photo(visitor)
    visitor.page.reload()
    looks(visitor, "creneaux-proposes")
    visitor.follows("Choisir un créneau")
    visitor.page.locator("input[name=slot]").first.check()
    looks(visitor, "creneau")
    visitor.presses("Choisir ce rendez-vous")
    visitor.reads("Le rendez-vous est fixé.")
    visitor.reads("Ajouter à mon agenda")
    looks(visitor, "rendez-vous")
    the_agency(demonstration, FINISHES.format(number=number))

    visitor.page.reload()
    visitor.follows("Le problème est résolu")
    looks(visitor, "resolu")
    visitor.presses("Oui, il est résolu")
    visitor.reads("Merci. L’intervention est terminée.")
    looks(visitor, "terminee")
    visitor.follows("Donner mon avis")
    visitor.page.get_by_label("Peu satisfait", exact=True).check()
    looks(visitor, "avis")
    visitor.presses("Envoyer")
    visitor.reads("Merci, votre avis est transmis.")
    visitor.follows("Rouvrir l’intervention")
    visitor.page.locator("textarea").fill("C’est revenu ce matin.")
    looks(visitor, "rouvrir")
    visitor.presses("Rouvrir l’intervention")
    visitor.reads("Rouverte")
    looks(visitor, "rouverte")
    the_agency(demonstration, ENDS.format(number=number))


@pytest.mark.parametrize(
    ("approver", "answer", "told"),
    [
        ("landlord", "Demander un autre devis", "Votre agence demande un autre devis."),
        ("council", "Favorable", "Merci, votre avis est transmis."),
    ],
    ids=["landlord", "council"],
)
def test_quote_is_read_and_answered(visitor, demonstration, approver, answer, told):
    letter = demonstration.active(approver)
    title = put_to(approver, demonstration, letter)
    visitor.comes_in(letter)
    visitor.is_home()
    visitor.follows("Interventions")
    visitor.page.get_by_role("link", name=title).click()
    visitor.page.get_by_role("link", name="Devis d").first.click()
    looks(visitor, f"devis-{approver}")
    visitor.page.get_by_label(answer, exact=True).check()
    visitor.page.locator("textarea").fill("Trop cher pour cette surface.")
    visitor.page.locator("form button.button").last.click()

    visitor.reads(told)
    visitor.reads("Trop cher pour cette surface.")


def test_file_of_a_search_is_a_tap_away(visitor, demonstration, size):
    visitor.comes_in(demonstration.active())
    visitor.is_home()
    if size == "phone":
        visitor.follows("Autres")
    visitor.goes_to("/recherches/")

    visitor.is_on("Mes recherches")
    visitor.reads("votre agence" if visitor.page.get_by_text("Aucune candidature").count() else "Dossiers")
