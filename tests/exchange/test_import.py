"""A package comes in: what is created, changed, left, closed."""

import datetime as dt

import pytest
from django.db import transaction

from parvis.agencies.models import Agency
from parvis.exchange.actions import WrongUse, ledger
from parvis.exchange.models import ImportRun
from parvis.interventions.models import Intervention
from parvis.journal.models import Record
from parvis.ledger.models import Account, Entry
from parvis.people.models import Client
from parvis.property.models import Building, Lot, LotShare, Ownership
from parvis.rentals.models import RentalApplication
from tests.exchange.conftest import TODAY
from tests.exchange.packages import SLUG, entry, example, example_package, with_entries, write_zip

ROWS = 23


def figures(report):
    return report.created, report.changed, report.unchanged, report.refused


def test_the_examples_of_the_schemas_make_a_whole_package(bring_in):
    report = bring_in()

    assert report.is_applied
    assert report.read == ROWS
    assert figures(report) == (ROWS, 0, 0, 0)


def test_the_same_package_twice_changes_nothing(bring_in):
    bring_in()

    assert figures(bring_in()) == (0, 0, ROWS, 0)


def test_a_zip_is_the_same_package(bring_in, folder, tmp_path):
    bring_in(path=folder)

    report = bring_in(path=write_zip(tmp_path / "package.zip", folder, inside="Envoi du lundi/"))

    assert figures(report) == (0, 0, ROWS, 0)


def test_commas_and_another_order_of_columns_are_the_same_package(bring_in, folder):
    bring_in(path=folder)
    (folder / "calls.csv").write_text(
        "amount,label,reference,account,due_on,issued_on\n"
        '"480,02",Appel de fonds 4e trimestre 2026,AF-2026-4,450-10427318,15/10/2026,01/10/2026\n',
        encoding="utf-8-sig",
    )

    assert figures(bring_in(path=folder)) == (0, 0, ROWS, 0)


def test_what_the_books_say_is_what_the_tables_hold(bring_in):
    bring_in()

    account = Account.objects.get()
    assert (account.client.last_name, account.building.name, account.lot.number) == (
        "Fontaine",
        "Résidence Les Acacias",
        "14",
    )
    assert (account.balance_cents, account.oldest_unpaid_on) == (-48002, dt.date(2026, 10, 15))
    assert account.as_of == dt.date(2026, 11, 20)
    assert Lot.objects.get().area_square_decimetres == 6250


def test_a_changed_cell_changes_its_row_alone(bring_in):
    bring_in()
    rows = example_package()
    rows["clients"][0]["mobile_phone"] = "06 00 00 00 99"

    report = bring_in(rows)

    assert figures(report) == (0, 1, ROWS - 1, 0)
    assert Client.objects.get(customer_reference="10427318").mobile_phone == "06 00 00 00 99"


def test_a_column_left_out_leaves_what_is_known(bring_in, folder):
    bring_in(path=folder)
    (folder / "staff.csv").write_text("reference;last_name;role\nDH;Hamon-Roy;manager\n", encoding="utf-8")

    bring_in(path=folder)

    staff = Agency.objects.get().staffmember_set.get()
    assert (staff.last_name, staff.first_name, staff.phone) == ("Hamon-Roy", "Diane", "01 00 00 00 01")


def test_a_building_is_recognised_by_its_registration_number(bring_in):
    bring_in()
    rows = example_package()
    for name in ("buildings", "lots", "allocation_keys", "lot_shares", "assignments", "ownerships", "mandates"):
        rows[name][0]["reference" if name == "buildings" else "building"] = "A-12"
    for name in ("leases", "council_seats", "accounts", "interventions"):
        rows[name][0]["building"] = "A-12"

    report = bring_in(rows)

    assert figures(report) == (0, 1, ROWS - 1, 0)
    assert Building.objects.get().reference == "A-12"


def test_identifiants_name_the_same_client_however_typed(bring_in):
    bring_in()
    rows = example_package()
    rows["accounts"][0]["client"] = "10.427 318"

    assert figures(bring_in(rows)) == (0, 0, ROWS, 0)


def test_a_rehearsal_says_what_it_would_do_and_writes_nothing(bring_in):
    report = bring_in(dry_run=True)

    assert figures(report) == (ROWS, 0, 0, 0)
    assert not Agency.objects.exists()


def test_each_import_is_kept_and_journalled(bring_in):
    bring_in()

    run = ImportRun.objects.get()
    assert (run.state, run.read, run.created, len(run.digest)) == ("applied", ROWS, ROWS, 64)
    assert Record.objects.get(verb="package_applied").object_id == run.public_id


def test_a_refused_package_is_kept_too(bring_in):
    bring_in()

    bring_in({"agency": [example("agency", slug="autre")]})

    assert ImportRun.objects.first().state == "refused"
    assert Record.objects.filter(verb="package_refused").count() == 1


def test_an_unknown_agency_is_a_wrong_use(bring_in):
    with pytest.raises(WrongUse, match="--create-agency"):
        bring_in(create_agency=False)


# What the package no longer holds


def without(name):
    rows = example_package()
    rows[name] = []
    return rows


def test_an_absent_row_is_said_and_stays(bring_in):
    bring_in()

    report = bring_in(without("ownerships"))

    assert "ownerships.csv\u00a0: 1 ligne connue de Parvis est absente" in report.notes[0]
    assert Ownership.objects.get().ends_on is None


@pytest.mark.parametrize(
    ("name", "model", "column"),
    [
        ("ownerships", Ownership, "ends_on"),
        ("council_seats", None, "ends_on"),
        ("assignments", None, "ends_on"),
        ("accounts", Account, "closed_on"),
        ("interventions", Intervention, "closed_on"),
    ],
)
def test_prune_closes_what_is_absent(bring_in, name, model, column):
    model = model or ledger.target_of(name).model
    bring_in()
    rows = without(name)
    if name == "interventions":
        rows["intervention_events"] = []
    if name == "accounts":
        rows["entries"] = rows["calls"] = []

    bring_in(rows, prune=True)

    assert getattr(model.objects.get(), column) == TODAY


def test_what_comes_back_is_open_again(bring_in):
    bring_in()
    bring_in(without("ownerships"), prune=True)

    bring_in()

    assert Ownership.objects.get().ends_on is None


def test_prune_ends_an_application_and_removes_a_share(bring_in):
    bring_in()
    rows = without("applications") | {"lot_shares": []}

    bring_in(rows, prune=True)

    assert RentalApplication.objects.get().state == "expired"
    assert not LotShare.objects.exists()


def test_a_file_with_refusals_closes_nothing(bring_in):
    bring_in()
    rows = example_package()
    rows["ownerships"] = [example("ownerships", share_numerator="3", share_denominator="2")]

    bring_in(rows, prune=True)

    assert Ownership.objects.get().ends_on is None


def two_seats():
    rows = example_package()
    rows["council_seats"].append(example("council_seats", client="10427400"))
    return rows


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (example_package, "1 ligne connue de Parvis est absente du paquet, ou refusée."),
        (two_seats, "2 lignes connues de Parvis sont absentes du paquet, ou refusées."),
    ],
)
def test_what_is_absent_or_refused_agrees_with_its_number(bring_in, rows, words):
    bring_in(rows())

    report = bring_in(example_package() | {"council_seats": [example("council_seats", client="99999999")]})

    assert words in "".join(report.notes)


@pytest.mark.parametrize(
    ("name", "words"), [("ownerships", "close avec --prune"), ("lot_shares", "retirée avec --prune")]
)
def test_what_prune_did_agrees_with_its_number(bring_in, name, words):
    bring_in()

    assert words in "".join(bring_in(without(name), prune=True).notes)


# Entries and balances


def test_an_absent_entry_is_said_then_pruned(bring_in):
    first, last = entry("1", booked_on="2026-01-01", debit="10,00"), entry("3", booked_on="2026-03-01", debit="30,00")
    bring_in(with_entries(first, entry("2", booked_on="2026-02-01", debit="20,00"), last))

    said = bring_in(with_entries(first, last))
    kept = Account.objects.get().balance_cents
    bring_in(with_entries(first, last), prune=True)

    assert "1 ligne est absente entre le 1er\u00a0janvier 2026 et le 1er\u00a0mars 2026" in "".join(said.notes)
    assert (kept, Account.objects.get().balance_cents) == (-6000, -4000)


def test_a_complete_period_replaces_what_was_known_of_it(bring_in):
    before, inside = (
        entry("1", booked_on="2025-12-31", debit="10,00"),
        entry("2", booked_on="2026-01-31", debit="20,00"),
    )
    bring_in(with_entries(before, inside))
    rows = with_entries()
    rows["agency"][0] |= {"entries_complete_from": "2026-01-01", "entries_complete_to": "2026-12-31"}

    report = bring_in(rows)

    assert Account.objects.get().balance_cents == -1000
    assert "période déclarée complète" in "".join(report.notes)


def test_payments_go_to_the_oldest_sum_due(bring_in):
    bring_in(
        with_entries(
            entry("1", booked_on="2026-01-01", due_on="2026-01-15", debit="100,00"),
            entry("2", booked_on="2026-01-02", due_on="2026-01-10", debit="50,00"),
            entry("3", booked_on="2026-03-01", credit="50,00"),
            entry("4", booked_on="2026-04-01", credit="99,99"),
        )
    )

    account = Account.objects.get()
    assert (account.balance_cents, account.oldest_unpaid_on) == (-1, dt.date(2026, 1, 15))


def test_nothing_is_unpaid_on_an_account_in_credit(bring_in):
    bring_in(with_entries(entry("1", booked_on="2026-01-01", debit="1,00"), entry("2", credit="1,00")))

    account = Account.objects.get()
    assert (account.balance_cents, account.oldest_unpaid_on) == (0, None)


OPENING = {"booked_on": "2026-01-01", "debit": "30,00", "is_opening": "oui"}


def test_an_opening_balance_counts_when_nothing_precedes_it(bring_in):
    bring_in(with_entries(entry("AN", **OPENING), entry("1", booked_on="2026-02-01", credit="10,00")))

    assert Account.objects.get().balance_cents == -2000


def test_an_opening_balance_is_left_out_when_the_earlier_exercise_is_held(bring_in):
    earlier = entry("1", booked_on="2025-06-01", debit="30,00")
    bring_in(with_entries(earlier))

    bring_in(with_entries(earlier, entry("AN", **OPENING)))

    assert Account.objects.get().balance_cents == -3000
    assert list(Entry.objects.order_by("booked_on").values_list("is_counted", flat=True)) == [True, False]


def test_an_opening_balance_that_contradicts_the_earlier_entries_withholds_the_account(bring_in):
    earlier = entry("1", booked_on="2025-06-01", debit="29,00")
    bring_in(with_entries(earlier))

    report = bring_in(with_entries(earlier, entry("AN", **OPENING)))

    account = Account.objects.get()
    assert (account.balance_cents, account.is_withheld) == (-2900, True)
    assert "envoyez l’exercice précédent en entier" in report.refusals[0].reason
    assert report.refusals[0].line == 3


def test_an_entry_that_is_no_longer_an_opening_counts_again(bring_in):
    earlier = entry("1", booked_on="2025-06-01", debit="30,00")
    bring_in(with_entries(earlier, entry("AN", **OPENING)))

    bring_in(with_entries(earlier, entry("AN", **(OPENING | {"is_opening": "non"}))))

    assert Account.objects.get().balance_cents == -6000


def test_a_balance_that_is_not_the_sum_of_its_entries_undoes_everything(bring_in, monkeypatch):
    monkeypatch.setattr(ledger, "compute_balances", lambda _application, **_scope: None)

    report = bring_in()

    assert not report.is_applied
    assert "différent de la somme" in report.refusals[0].reason
    assert not Agency.objects.exists()


def test_what_fails_on_the_way_leaves_nothing(bring_in, monkeypatch):
    def break_down(application, *, among):
        raise RuntimeError("power cut")

    monkeypatch.setattr(ledger, "compute_balances", break_down)

    with pytest.raises(RuntimeError), transaction.atomic():
        bring_in()

    assert not Agency.objects.filter(slug=SLUG).exists()
