"""What an import would change is told line by line by a rehearsal, and nothing is written."""

import pytest

from parvis.exchange.actions import Options, import_package
from parvis.exchange.actions.fec import FecOptions, import_fec
from parvis.exchange.actions.noticing import Changes
from parvis.people.models import Client
from tests.exchange.books import TODAY, bring_in, confirm, owed, write_fec
from tests.exchange.packages import ACCOUNT, SLUG, entry, example, example_package, with_entries, write_folder
from tests.factories import AgencyFactory, BuildingFactory, ClientFactory

pytestmark = pytest.mark.django_db


def applied(folder, rows, **options):
    return import_package(write_folder(folder, rows), Options(slug=SLUG, create_agency=True, today=TODAY, **options))


def rehearsed(folder, rows, **options):
    changes = Changes()
    report = applied(folder, rows, dry_run=True, changes=changes, **options)
    return report, changes


def told(changes, file):
    return [(row.what, row.key, row.column, row.before, row.after) for row in changes.rows if row.file == file]


def test_new_rows_are_told_by_their_key(tmp_path):
    report, changes = rehearsed(tmp_path / "a", example_package())

    assert report.is_applied
    assert changes.counts["clients.csv"] == {"créée": 3}
    assert ("créée", "10427318", "", "", "") in told(changes, "clients.csv")
    assert not Client.objects.exists()


def test_changed_cell_is_told_with_what_it_was(tmp_path):
    rows = example_package()
    applied(tmp_path / "a", rows)
    rows["clients"][0] = example("clients", last_name="Vasseur")

    report, changes = rehearsed(tmp_path / "b", rows)

    before = example("clients")["last_name"]
    assert report.changed == 1
    assert told(changes, "clients.csv") == [("modifiée", "10427318", "last_name", before, "Vasseur")]
    assert changes.counts == {"clients.csv": {"modifiée": 1}}


def test_amounts_are_told_in_euros_and_references_as_the_file_writes_them(tmp_path):
    line = entry("E1", account=ACCOUNT, debit="412,35")
    applied(tmp_path / "a", with_entries(line))

    _report, changes = rehearsed(tmp_path / "b", with_entries(line | {"debit": "500,00"}))

    assert ("modifiée", f"{ACCOUNT} / E1", "debit", "412,35\u202f€", "500,00\u202f€") in told(changes, "entries.csv")


def test_what_would_be_closed_is_told(tmp_path):
    rows = example_package()
    rows["clients"].append(example("clients", customer_reference="99000001", last_name="Absent"))
    applied(tmp_path / "a", rows)
    rows["clients"].pop()

    _report, changes = rehearsed(tmp_path / "b", rows, prune=True)
    _kept, without = rehearsed(tmp_path / "b", rows)

    assert told(changes, "clients.csv") == [("retirée", "99000001", "", "", "")]
    assert changes.removed == 1
    assert without.removed == 0


def test_nothing_to_change_is_told_by_silence(tmp_path):
    applied(tmp_path / "a", example_package())

    report, changes = rehearsed(tmp_path / "b", example_package())

    assert report.changes_nothing
    assert changes.rows == []
    assert changes.counts == {}


def test_lines_of_a_fec_that_come_and_go_are_told(tmp_path):
    agency = AgencyFactory(slug="agence")
    first = owed("20260105", "450ALICE", "Appel", "412,35")
    bring_in(write_fec(tmp_path, first))
    confirm("450ALICE", ClientFactory(agency=agency), BuildingFactory(agency=agency))
    bring_in(write_fec(tmp_path, first))
    changes = Changes()

    path = write_fec(tmp_path, owed("20260405", "450ALICE", "Deuxième appel", "100,00"))
    import_fec(path, FecOptions(slug="agence", today=TODAY, dry_run=True, changes=changes))

    assert {(row.what, row.before or row.after) for row in changes.rows} == {
        ("créée", "Deuxième appel, 100,00\u202f€"),
        ("retirée", "Appel, 412,35\u202f€"),
    }
    assert changes.removed == 1
