"""« Pourquoi ce montant ? » from the account to the last cent, on a telephone and on a desktop, without a script."""

import re
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect

from parvis.demo.charges import WRONG_CALL
from parvis.kit.money import format_cents
from tests.browser.person import Person

pytestmark = pytest.mark.browser

WRONG_HOLDER = """SELECT c.customer_reference, a.public_id FROM ledger_calldifference d
JOIN ledger_call k ON k.id = d.call_id JOIN ledger_account a ON a.id = k.account_id
JOIN people_client c ON c.id = a.client_id"""
EUROS = re.compile(r"(−?[\d\u202f]+),(\d\d)\u202f€")


@pytest.fixture
def owner(person_at, demonstration):
    """Whoever was called a wrong sum, without a script, on the page of their account with that syndicat."""
    with closing(sqlite3.connect(demonstration.folder / "parvis.sqlite3", timeout=20)) as database:
        ((reference, account),) = database.execute(WRONG_HOLDER)
    letter = next(letter for letter in demonstration.letters if letter.identifier.endswith(reference))

    def arrive(size: str) -> Person:
        person = person_at(size, java_script_enabled=False)
        person.comes_in(letter)
        person.is_home()
        person.opens(f"/comptes/{account}/")
        person.page.get_by_role("link", name=re.compile("Pourquoi ce montant")).click()
        return person

    return arrive


def cents(text: str) -> int:
    euros, rest = EUROS.search(text).groups()
    return int(re.sub(r"\D", "", euros) + rest) * (-1 if euros.startswith("−") else 1)


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_a_call_is_followed_to_the_last_cent(owner, size):
    person = owner(size)
    person.is_on("Appels")

    person.page.get_by_role("link", name=re.compile("Pourquoi ce montant.*4e trimestre 2026")).click()

    person.reads("Votre part dans l’immeuble est de")
    rows = person.page.get_by_role("row")
    amounts = [cents(row.get_by_role("cell").inner_text()) for row in rows.all()[1:]]
    assert sum(amounts[:-1]) == amounts[-1]
    person.does_not_read("diffère")
    person.keeps(f"appel-{size}")


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_a_wrong_call_says_by_how_much(owner, size):
    person = owner(size)

    person.page.get_by_role("link", name=re.compile(f"Pourquoi ce montant.*{WRONG_CALL[3]}er trimestre 2026")).click()

    person.reads(f"Le détail calculé diffère de {format_cents(WRONG_CALL[4])} du montant appelé")


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_the_charges_of_two_years_stand_in_a_table_and_a_drawing(owner, size):
    person = owner(size)

    person.page.get_by_role("link", name=re.compile("Charges des deux derniers exercices")).click()

    person.is_on("Charges des deux derniers exercices")
    person.reads("Votre part du fonds de travaux")
    expect(person.page.get_by_role("table")).to_be_visible()
    expect(person.page.get_by_role("img", name=re.compile("Vos charges par poste"))).to_be_visible()
    person.keeps(f"charges-{size}")
