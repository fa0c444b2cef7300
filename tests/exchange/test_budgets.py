"""Budgets, works, expenses and what each call asks for: files that a package may hold or not."""

import datetime as dt

import pytest

from parvis.exchange.rules.tables import OPTIONAL
from parvis.ledger.models import Account, BudgetLine, Call, CallPart, Expense, FiscalYear, WorksInstalment
from tests.exchange.packages import ACCOUNT, entry, example, example_package, whole_package, write_folder

pytestmark = pytest.mark.django_db


def changed(name, **cells):
    """The whole package, the row of one file changed."""
    return whole_package() | {name: [example(name, **cells)]}


def reasons(report, file):
    return [fault.reason for fault in report.refusals if fault.file == f"{file}.csv"]


def test_what_the_files_say_is_what_the_tables_hold(bring_in):
    report = bring_in(whole_package())

    assert report.is_applied
    year = FiscalYear.objects.get()
    assert (year.reference, year.instalments, year.works_fund_at_start_cents) == ("2026", 4, 1248000)
    assert BudgetLine.objects.get().amount_cents == 5700000
    assert WorksInstalment.objects.get().operation.key.code == "GEN"
    assert (Expense.objects.get().amount_cents, Expense.objects.get().works_operation) == (312000, None)
    part = CallPart.objects.get()
    assert (part.call, part.fiscal_year, part.instalment) == (Call.objects.get(), year, 4)


def test_the_whole_package_twice_changes_nothing(bring_in):
    first = bring_in(whole_package())

    again = bring_in(whole_package())

    assert (again.created, again.changed, again.unchanged) == (0, 0, first.created)


def test_an_absent_file_says_nothing_and_closes_nothing(bring_in, tmp_path):
    bring_in(whole_package())
    without = write_folder(tmp_path / "without", example_package())

    report = bring_in(path=without, prune=True)

    assert report.is_applied
    assert not [note for note in report.notes if any(name in note for name in OPTIONAL)]
    assert BudgetLine.objects.count() == Expense.objects.count() == CallPart.objects.count() == 1


def test_what_is_no_longer_in_a_file_is_removed_when_asked(bring_in):
    bring_in(whole_package())

    bring_in(whole_package() | {"expenses": [], "budget_lines": []})
    kept = Expense.objects.count(), BudgetLine.objects.count()
    bring_in(whole_package() | {"expenses": [], "budget_lines": []}, prune=True)

    assert kept == (1, 1)
    assert (Expense.objects.count(), BudgetLine.objects.count()) == (0, 0)


def test_a_removed_call_takes_its_parts_along(bring_in):
    bring_in(whole_package())
    other = example("calls", reference="AF-2026-3", issued_on="2026-10-01", due_on="2026-10-15")

    report = bring_in(whole_package() | {"calls": [other], "call_parts": []}, prune=True)

    assert report.is_applied
    assert Call.objects.get().reference == "AF-2026-3"
    assert not CallPart.objects.exists()


def test_parts_of_a_withheld_account_wait_with_it(bring_in):
    rows = whole_package() | {"entries": [entry("E-1", debit="12,3")]}

    report = bring_in(rows)

    assert Account.objects.get(reference=ACCOUNT).is_withheld
    assert not CallPart.objects.exists()
    assert reasons(report, "call_parts") == ["Ligne retenue avec son compte\u00a0: voir entries.csv, ligne 2."]


@pytest.mark.parametrize(
    ("name", "cells", "told"),
    [
        ("fiscal_years", {"ends_on": "2025-12-31"}, "La fin de l’exercice précède son début"),
        ("fiscal_years", {"status": "approved"}, "Des comptes approuvés le sont un jour donné"),
        ("fiscal_years", {"approved_on": "2027-06-18"}, "Des comptes approuvés le sont un jour donné"),
        ("fiscal_years", {"called_before_vote": "4"}, "avant le dernier appel"),
        ("fiscal_years", {"instalments": "13"}, "hors des limites"),
        ("works_operations", {"from_works_fund": "84000,01"}, "dépasse le coût"),
        ("expenses", {"recoverable": "3120,01"}, "dépasse la dépense"),
        ("expenses", {"recoverable": "-1,00"}, "dépasse la dépense"),
        ("expenses", {"works_operation": "INCONNUE"}, "ne désigne rien"),
        ("call_parts", {"works_operation": "TX-2026-1"}, "remplissez l’une des colonnes"),
        ("call_parts", {"fiscal_year": "", "works_operation": "TX-2026-1", "instalment": ""}, "dit son rang"),
        ("call_parts", {"fiscal_year": "1999"}, "ne désigne rien"),
        ("budget_lines", {"key": "ASC"}, "ne désigne rien"),
        ("budget_lines", {"amount": "-1,00"}, "nombre négatif"),
    ],
)
def test_a_row_that_contradicts_itself_is_refused_alone(bring_in, name, cells, told):
    report = bring_in(changed(name, **cells))

    assert report.is_applied
    assert any(told in reason for reason in reasons(report, name))
    assert Account.objects.get(reference=ACCOUNT).balance_cents


def test_exercises_of_a_building_do_not_overlap(bring_in):
    rows = whole_package()
    rows["fiscal_years"].append(
        example("fiscal_years", reference="2026-2027", begins_on="2026-07-01", ends_on="2027-06-30")
    )

    report = bring_in(rows)

    assert len(reasons(report, "fiscal_years")) == 2
    assert not FiscalYear.objects.exists()


def test_a_credit_note_is_negative(bring_in):
    bring_in(changed("expenses", amount="-120,00", recoverable="-20,00"))

    assert (Expense.objects.get().amount_cents, Expense.objects.get().recoverable_cents) == (-12000, -2000)


def test_accounts_are_approved_on_a_day(bring_in):
    bring_in(whole_package())

    bring_in(changed("fiscal_years", status="approved", approved_on="2026-06-18"))

    assert FiscalYear.objects.get().approved_on == dt.date(2026, 6, 18)


def test_a_call_keeps_its_public_id(bring_in):
    bring_in(whole_package())
    first = Call.objects.get().public_id

    bring_in(changed("calls", label="Appel de fonds du 4e trimestre 2026"))

    assert (Call.objects.get().public_id, len(first)) == (first, 26)
