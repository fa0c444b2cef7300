"""manage.py import_fec: its exit status, its files, its words."""

import csv
import io

import pytest
from django.core.management import CommandError, call_command

from tests.exchange.books import owed, write_fec
from tests.exchange.packages import read_report
from tests.factories import AgencyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path):
    AgencyFactory(slug="agence")
    return write_fec(tmp_path, owed("20260105", "450ALICE", "Appel", "10,00"))


def run(path, **options):
    out, err = io.StringIO(), io.StringIO()
    call_command("import_fec", path, stdout=out, stderr=err, **({"agency": "agence"} | options))
    return out.getvalue().replace("\u00a0", " "), err.getvalue()


def status_of(path, **options):
    with pytest.raises((SystemExit, CommandError)) as end:
        run(path, **options)
    return end.value.code if isinstance(end.value, SystemExit) else end.value.returncode


def test_an_applied_fec_says_what_it_did_and_what_waits(path):
    out, err = run(path)

    assert "FEC appliqué" in out
    assert "2 lignes lues : 0 créée" in out
    assert "1 compte attend d’être rattaché" in out
    assert "1 ligne hors des comptes de clients, 1 ligne en attente d’un client" in out
    assert "application" in err


def test_the_report_is_that_of_a_package_and_what_only_a_fec_has(path, tmp_path):
    run(path, report=tmp_path / "report.json")

    assert read_report(tmp_path / "report.json") == {
        "read": 2,
        "created": 0,
        "changed": 0,
        "unchanged": 0,
        "refused": 0,
        "refusals": [],
        "removed": 0,
        "left_out": 1,
        "waiting": 1,
        "tolerances": [],
    }


def test_the_table_of_the_accounts_is_written_for_a_spreadsheet(path, tmp_path):
    run(path, dry_run=True, mapping_out=tmp_path / "comptes.csv")

    text = (tmp_path / "comptes.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [row[3] for row in rows] == ["decision", "a rattacher", "ignore"]


def test_a_refused_fec_ends_with_one_and_says_nothing_changed(path, tmp_path):
    broken = tmp_path / "123456782FEC20261231_broken.txt"
    broken.write_text("bonjour\n", encoding="utf-8")

    assert status_of(broken) == 1


@pytest.mark.parametrize(
    "options",
    [
        {"agency": "inconnue"},
        {"building": "B9"},
        {"begins_on": "2026-01-01"},
        {"begins_on": "2026-02-01", "ends_on": "2026-01-31"},
        {"begins_on": "hier", "ends_on": "2026-01-31"},
    ],
)
def test_what_makes_no_sense_is_a_wrong_use(path, options):
    assert status_of(path, **options) == 2


def test_a_missing_file_is_a_wrong_use(path):
    assert status_of(path.with_name("autre.txt")) == 2


def test_each_tolerance_is_told_once_with_where_and_how_often(path, tmp_path):
    other = path.rename(tmp_path / "export.txt")
    other.write_bytes(other.read_bytes().replace(b"10,00", b"10.00"))

    out, _err = run(other, begins_on="2026-01-01", ends_on="2026-12-31", report=tmp_path / "report.json")

    assert "Tolérance : Le nom du fichier n’est pas de la forme SirenFECAAAAMMJJ.\n" in out
    assert "Tolérance : Des montants ont un point au lieu de la virgule (2 fois, d’abord ligne 2).\n" in out
    kept = read_report(tmp_path / "report.json")["tolerances"]
    assert [(tolerance["kind"], tolerance["count"]) for tolerance in kept] == [("name", 1), ("amount-point", 2)]
