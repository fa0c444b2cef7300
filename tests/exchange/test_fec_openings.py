"""Opening balances: counted once, whatever the exercises held, in whatever order they came."""

import pytest

from parvis.ledger.models import Entry
from tests.exchange.books import (
    ALICE,
    BOB,
    LAST_YEAR,
    OPENED,
    YEAR,
    balances,
    bring_in,
    confirm,
    opened,
    owed,
    told,
    write_fec,
)

pytestmark = pytest.mark.django_db


def test_an_opening_balance_counts_while_nothing_before_it_is_held(tmp_path, agency, known):
    bring_in(write_fec(tmp_path, OPENED))

    assert balances(agency.pk)[ALICE] == (-7000, False)


@pytest.mark.parametrize("order", [("20251231", "20261231"), ("20261231", "20251231")])
def test_an_opening_balance_is_left_out_once_the_exercise_before_is_held(tmp_path, agency, known, order):
    files = {"20251231": LAST_YEAR, "20261231": OPENED}

    for closing in order:
        report = bring_in(write_fec(tmp_path, files[closing], closing=closing))

    assert balances(agency.pk)[ALICE] == (-7000, False)
    assert "1 à-nouveau n’est pas compté" in told(report)
    assert Entry.objects.counted().filter(account__reference=ALICE).count() == 4


@pytest.mark.parametrize(
    "opening",
    [
        {"JournalCode": "RAN", "JournalLib": "Report"},
        {"JournalCode": "77", "JournalLib": "A Nouveaux Détaillés"},
        {"JournalCode": "OD", "JournalLib": "Opérations diverses", "EcritureLib": "Report à nouveau"},
        {"JournalCode": "VE", "JournalLib": "Ventes", "EcritureLib": "Facture", "EcritureDate": "20250630"},
    ],
)
def test_openings_are_known_by_journal_by_label_and_by_date(tmp_path, agency, known, opening):
    bring_in(write_fec(tmp_path, [*opened("20260101", ALICE, debit="30,00", **opening), *YEAR]))

    assert Entry.objects.filter(is_opening=True).count() == 1


def test_the_journals_chosen_for_the_books_stand_alone_and_are_kept(tmp_path, agency, known):
    other = {"JournalCode": "Z9", "JournalLib": "Divers"}
    rows = [*opened("20260101", ALICE, debit="30,00", **other), *opened("20260101", BOB, debit="1,00")]

    bring_in(write_fec(tmp_path, rows), opening_journals=("z9",))
    bring_in(write_fec(tmp_path, rows))

    assert Entry.objects.get(is_opening=True).account.reference == ALICE


def test_openings_that_contradict_the_year_before_make_the_account_incomplete(tmp_path, agency, known):
    bring_in(write_fec(tmp_path, LAST_YEAR, closing="20251231"))

    report = bring_in(write_fec(tmp_path, [*opened("20260101", ALICE, debit="31,00"), *YEAR]))

    assert balances(agency.pk)[ALICE][1] is True
    assert "1 compte a un à-nouveau différent" in told(report)
    bring_in(write_fec(tmp_path, [*LAST_YEAR, *owed("20251230", ALICE, "Oubli", "1,00")], closing="20251231"))
    assert balances(agency.pk)[ALICE] == (-7100, False)


def test_a_gap_makes_the_balance_start_again_from_the_openings(tmp_path, agency, known):
    bring_in(write_fec(tmp_path, owed("20230105", ALICE, "Vieux", "999,00"), closing="20231231"))

    report = bring_in(write_fec(tmp_path, OPENED))

    assert balances(agency.pk)[ALICE] == (-7000, False)
    assert "Rien n’est connu entre le 31 décembre 2023 et le 1er janvier 2026" in told(report)


def test_an_account_confirmed_after_last_year_came_counts_from_its_openings(tmp_path, agency, alice, building):
    bring_in(write_fec(tmp_path, LAST_YEAR, closing="20251231"))
    confirm(ALICE, alice, building)

    bring_in(write_fec(tmp_path, OPENED))

    assert balances(agency.pk)[ALICE] == (-7000, False)
    bring_in(write_fec(tmp_path, LAST_YEAR, closing="20251231"))
    assert balances(agency.pk)[ALICE] == (-7000, False)
    assert Entry.objects.counted().count() == 4
