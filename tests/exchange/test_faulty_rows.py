"""A faulty row waits with what it touches, its reason is told, and the rest of the package comes in."""

from pathlib import Path

import pytest

from parvis.ledger.models import Account, Entry
from parvis.people.models import Client
from parvis.property.models import Ownership
from tests.exchange.packages import ACCOUNT, entry, example, example_package, with_entries
from tests.factories import AgencyFactory, ClientFactory

NAUGHTY = (Path(__file__).parents[1] / "data" / "naughty_strings.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"debit": "1.234,56"}, "debit", "deux décimales"),
        ({"debit": "1234.5"}, "debit", "deux décimales"),
        ({"booked_on": "2099-01-01"}, "booked_on", "dans le futur"),
        ({"booked_on": "01.11.2026"}, "booked_on", "écrivez 2026-11-23"),
        ({"label": "Appel\0de fonds"}, "label", "signe invisible"),
        ({"label": ""}, "label", "obligatoire"),
        ({"debit": "1,00", "credit": "1,00"}, "debit", "deux écritures"),
        ({"kind": "facture"}, "kind", "call, works"),
    ],
)
def test_a_faulty_entry_withholds_its_account_and_no_other(bring_in, changes, column, words):
    rows = example_package()
    rows["accounts"].append(example("accounts", reference="450-2", client="10427400"))
    rows["entries"] = [entry("1", debit="10,00"), entry("2", **changes), entry("3", account="450-2", debit="30,00")]

    report = bring_in(rows)

    assert report.is_applied
    fault = report.refusals[0]
    assert (fault.file, fault.line, fault.column) == ("entries.csv", 3, column)
    assert words in fault.reason
    withheld, whole = Account.objects.get(reference=ACCOUNT), Account.objects.get(reference="450-2")
    assert (withheld.is_withheld, withheld.balance_cents, withheld.entries.count()) == (True, 0, 0)
    assert (whole.is_withheld, whole.balance_cents) == (False, -3000)


def test_every_row_of_a_withheld_account_is_listed(bring_in):
    report = bring_in(with_entries(entry("1", debit="10,00"), entry("2", debit="dix euros")))

    places = [(fault.file, fault.line) for fault in report.refusals]
    assert places == [("entries.csv", 3), ("accounts.csv", 2), ("calls.csv", 2), ("entries.csv", 2)]
    assert "voir entries.csv, ligne 3" in report.refusals[1].reason
    assert report.read == report.created + report.refused


def test_a_withheld_account_keeps_its_figures_of_before(bring_in):
    bring_in(with_entries(entry("1", debit="10,00")))

    bring_in(with_entries(entry("1", debit="10,00"), entry("2", debit="x")))

    account = Account.objects.get()
    assert (account.is_withheld, account.balance_cents) == (True, -1000)


def test_an_account_is_whole_again_once_corrected(bring_in):
    bring_in(with_entries(entry("1", debit="x")))

    report = bring_in(with_entries(entry("1", debit="10,00")))

    account = Account.objects.get()
    assert (account.is_withheld, account.balance_cents) == (False, -1000)
    assert "1 compte redevient complet." in report.notes


def test_a_package_with_refusals_twice_changes_nothing(bring_in):
    rows = with_entries(entry("1", debit="10,00"), entry("2", debit="x"))
    first = bring_in(rows)

    again = bring_in(rows)

    assert (again.created, again.changed, again.refused) == (0, 0, first.refused)


@pytest.mark.parametrize("known", [False, True])
def test_an_entry_given_twice_withholds_its_account(bring_in, known):
    if known:
        bring_in(with_entries(entry("1", debit="10,00")))

    report = bring_in(with_entries(entry("1", debit="10,00"), entry("1", debit="20,00")))

    assert [fault.line for fault in report.refusals if fault.column == "reference" and fault.file == "entries.csv"] == [
        2,
        3,
    ]
    assert "donnée deux fois" in report.refusals[0].reason
    assert Account.objects.get().is_withheld
    assert Entry.objects.count() == int(known)


def test_a_faulty_account_that_is_new_is_refused_with_its_entries(bring_in):
    rows = example_package()
    rows["accounts"][0]["kind"] = "syndic"

    report = bring_in(rows)

    assert report.is_applied
    assert not Account.objects.exists()
    assert {fault.file for fault in report.refusals} == {"accounts.csv", "entries.csv", "calls.csv"}


def test_a_row_that_names_nothing_is_an_orphan(bring_in):
    rows = example_package()
    rows["ownerships"][0]["client"] = "99999999"

    report = bring_in(rows)

    fault = report.refusals[0]
    assert (fault.file, fault.line, fault.column, fault.value) == ("ownerships.csv", 2, "client", "99999999")
    assert "ni dans clients.csv ni dans Parvis" in fault.reason
    assert not Ownership.objects.exists()


def test_a_refused_client_leaves_an_account_that_nobody_holds_refused(bring_in):
    rows = example_package()
    rows["clients"][0] |= {"last_name": "", "company_name": ""}

    report = bring_in(rows)

    assert report.refusals[0].column in {"client", "last_name"}
    assert any("l’un des deux" in fault.reason for fault in report.refusals)
    assert not Account.objects.exists()


def test_an_identifiant_given_twice_opens_nothing(bring_in):
    rows = example_package()
    rows["clients"].append(example("clients", customer_reference="10427-400", last_name="Intrus"))

    report = bring_in(rows)

    assert {(fault.line, fault.column) for fault in report.refusals if fault.file == "clients.csv"} == {
        (3, "customer_reference"),
        (5, "customer_reference"),
    }
    assert not Client.objects.filter(last_name__in=["Roche", "Intrus"]).exists()


def test_an_identifiant_held_by_another_agency_of_the_host_is_refused(bring_in):
    other = AgencyFactory(host="portail.exemple.fr", other_hosts=["espace.exemple.fr"])
    ClientFactory(agency=other, customer_reference="10427400", reference_key="10427400")

    report = bring_in()

    fault = next(fault for fault in report.refusals if fault.file == "clients.csv")
    assert (fault.line, fault.value) == (3, "10427400")
    assert "autre agence du même portail" in fault.reason


def test_two_agencies_apart_may_use_the_same_identifiant(bring_in):
    ClientFactory(
        agency=AgencyFactory(host="ailleurs.exemple.fr"), customer_reference="10427400", reference_key="10427400"
    )

    assert bring_in().refused == 0


def test_an_unknown_password_notation_is_refused_and_never_shown(bring_in):
    rows = example_package()
    rows["clients"][0]["password_hash"] = "hunter2"

    fault = next(fault for fault in bring_in(rows).refusals if fault.column == "password_hash")

    assert "n’est pas reconnue" in fault.reason
    assert fault.value == "•••"


@pytest.mark.parametrize(
    ("name", "changes", "column"),
    [
        ("ownerships", {"share_numerator": "3", "share_denominator": "2"}, "share_numerator"),
        ("ownerships", {"ends_on": "2020-01-01"}, "ends_on"),
        ("representatives", {"representative": "10427318"}, "representative"),
        ("calls", {"due_on": "2026-09-01"}, "due_on"),
        ("accounts", {"building": ""}, "lot"),
        ("interventions", {"closed_on": "2026-11-01"}, "closed_on"),
        ("lots", {"building": "9999"}, "building"),
    ],
)
def test_a_row_that_contradicts_itself_is_refused(bring_in, name, changes, column):
    rows = example_package()
    rows[name][0] |= changes

    report = bring_in(rows)

    assert (f"{name}.csv", 2, column) in {(fault.file, fault.line, fault.column) for fault in report.refusals}


def test_names_of_every_kind_come_in_as_they_are_or_are_refused(bring_in):
    rows = example_package()
    rows["clients"] += [
        example("clients", customer_reference=f"N{rank}", first_name="", last_name=name)
        for rank, name in enumerate(NAUGHTY)
    ]

    report = bring_in(rows)

    assert report.is_applied
    kept = set(Client.objects.filter(customer_reference__startswith="N").values_list("last_name", flat=True))
    assert len(kept) + len([fault for fault in report.refusals if fault.file == "clients.csv"]) == len(NAUGHTY)
    assert {"undefined", "NULL", "0"} & kept
