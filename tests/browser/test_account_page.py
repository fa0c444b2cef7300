"""What the pages of a client gain from a script, and keep without one: copying, the theme, paper."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.person import Person

pytestmark = pytest.mark.browser

IBAN = re.compile(r"FR\d{2}( \d{4}){5} \d{3}")
OWES = """UPDATE ledger_account SET balance_cents = -41235, payment_mode = 'manual', arrangement = '', is_withheld = 0
WHERE client_id IN (SELECT id FROM people_client WHERE customer_reference = ?)"""


@pytest.fixture(scope="module")
def debtor(demonstration):
    """Somebody who came in long ago and owes something today."""
    letter = demonstration.letter("active")
    demonstration.change(OWES, letter.identifier)
    return letter


@pytest.fixture
def visitor(person_at, debtor):
    """In front of how to pay, from the first page on."""

    def arrive(**options) -> Person:
        person = person_at("desktop", **options)
        person.comes_in(debtor)
        person.is_home()
        person.page.get_by_role("link", name="Comment payer").first.click()
        person.reads("Référence à recopier")
        person.page.wait_for_load_state()
        return person

    return arrive


def test_iban_is_copied_without_its_spaces(visitor):
    person = visitor(permissions=["clipboard-read", "clipboard-write"])
    shown = IBAN.search(person.page.locator("#payer").inner_text())

    person.presses("Copier l’IBAN")

    expect(person.page.get_by_role("status").filter(has_text="Copié")).to_have_count(1)
    assert person.page.evaluate("navigator.clipboard.readText()") == shown.group().replace(" ", "")


def test_without_a_script_nothing_is_offered_that_does_not_work(visitor):
    person = visitor(java_script_enabled=False)

    assert IBAN.search(person.page.locator("#payer").inner_text())
    assert person.page.get_by_role("button", name="Copier").count() == 0


def test_chosen_theme_paints_the_pages(visitor):
    person = visitor(color_scheme="light")
    paper = background(person)

    person.opens("/profil/")
    person.page.get_by_label("Sombre").check()
    person.presses("Enregistrer")

    person.reads("Votre choix d’affichage est enregistré sur cet appareil.")
    assert background(person) != paper


def test_on_paper_there_is_no_menu_and_nothing_is_folded(visitor):
    person = visitor(color_scheme="dark")

    person.page.emulate_media(media="print")
    person.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")

    expect(person.page.get_by_role("navigation", name="Navigation principale")).to_be_hidden()
    expect(person.page.get_by_text("s’ajoute à ce que vous devez")).to_be_visible()
    assert background(person) == "rgb(255, 255, 255)"


def background(person):
    return person.page.evaluate("getComputedStyle(document.body).backgroundColor")
