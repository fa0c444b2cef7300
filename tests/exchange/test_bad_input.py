"""What an agency sends is wrong one day: a sentence says where and what to do, and nothing is half-applied."""

import os
import stat
import time
import zipfile

import pytest

from parvis.agencies.models import Agency
from parvis.exchange.actions import packages
from parvis.exchange.rules.tables import load_table
from parvis.ledger.models import Account
from tests.exchange.packages import SLUG, as_csv, entry, example, example_package, with_entries, write_zip


def refused(report):
    """The one reason why nothing was applied."""
    assert not report.is_applied
    assert (report.created, report.changed, report.unchanged) == (0, 0, 0)
    assert not Agency.objects.exists()
    return report.refusals[0]


def rewritten(folder, name, change):
    path = folder / f"{name}.csv"
    path.write_bytes(change(path.read_bytes()))
    return folder


# Faults of structure: nothing is applied


@pytest.mark.parametrize(
    ("encoding", "words"),
    [("cp1252", "Windows-1252"), ("cp850", "CP850"), ("mac_roman", "Mac Roman"), ("utf-16", "UTF-16")],
)
def test_another_encoding_is_named_with_its_file(bring_in, folder, encoding, words):
    text = as_csv("buildings", [example("buildings"), example("buildings", name="Résidence de l'église à Sète")])
    (folder / "buildings.csv").write_bytes(text.replace("’", "'").encode(encoding))

    fault = refused(bring_in(path=folder))

    assert fault.file == "buildings.csv"
    assert words in fault.reason
    assert "CSV\u00a0UTF-8" in fault.reason or "CSV UTF-8" in fault.reason


def test_a_missing_file_is_named(bring_in, folder):
    (folder / "entries.csv").unlink()

    assert "Il manque entries.csv" in refused(bring_in(path=folder)).reason


def test_a_file_of_another_name_is_not_ignored(bring_in, folder):
    (folder / "client.csv").write_text("x")

    assert refused(bring_in(path=folder)).file == "client.csv"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda old: old.replace(b"account;", b"", 1), "manque la colonne «\u00a0account\u00a0»"),
        (lambda old: old.replace(b"label", b"libelle", 1), "«\u00a0libelle\u00a0» n’est pas connue"),
        (lambda old: old.replace(b"label", b"debit", 1), "donnée deux fois"),
        (lambda old: old + b"450-10427318;AF-2026-5\r\n", f"2 cellules au lieu de {len(load_table('entries').fields)}"),
        (lambda old: old + b'450-10427318;"AF-2026-5\r\n', "guillemet"),
        (lambda _old: b"", "ne nomme aucune colonne"),
        (lambda old: old.replace(b";", b"\t"), "points-virgules"),
        (lambda old: old.replace(b"account", b"acc\0unt", 1), "UTF-16"),
    ],
)
def test_a_file_out_of_shape_is_refused_whole(bring_in, folder, change, words):
    fault = refused(bring_in(path=rewritten(folder, "entries", change)))

    assert fault.file == "entries.csv"
    assert words in fault.reason


def test_the_package_of_another_agency_is_refused(bring_in, folder):
    fault = refused(bring_in(path=folder, slug="cabinet-des-ormes"))

    assert (fault.file, fault.column, fault.value) == ("agency.csv", "slug", SLUG)
    assert "autre agence" in fault.reason


def test_a_package_does_not_move_the_portal_to_another_host(bring_in):
    bring_in()
    rows = example_package()
    rows["agency"][0]["host"] = "espace.pirate.example"

    report = bring_in(rows, create_agency=False)

    assert not report.is_applied
    assert Agency.objects.get().host == "espace.exemple.fr"


@pytest.mark.parametrize(("count", "words"), [(0, "aucune ligne"), (2, "plusieurs lignes")])
def test_an_agency_file_has_one_row(bring_in, count, words):
    rows = example_package()
    rows["agency"] *= count

    assert words in refused(bring_in(rows)).reason


def test_columns_that_have_changed_places_are_guessed(bring_in):
    rows = with_entries(*(entry(str(rank), booked_on=f"{rank},00", debit="2026-01-01") for rank in range(10)))

    assert "interverties" in refused(bring_in(rows)).reason


def sides(*, calls, payments=(), account="co_owner", kind="call"):
    """A package whose calls and payments stand on those sides."""
    lines = [entry(f"A{rank}", kind=kind, **{side: "10,00"}) for rank, side in enumerate(calls)]
    lines += [entry(f"P{rank}", kind="payment", **{side: "10,00"}) for rank, side in enumerate(payments)]
    rows = with_entries(*lines)
    rows["accounts"][0]["kind"] = account
    return rows


DEBITS, CREDITS = ["debit"] * 10, ["credit"] * 10


@pytest.mark.parametrize(
    "rows",
    [
        sides(calls=CREDITS),
        sides(calls=CREDITS, payments=["debit", "debit", "credit"]),
        sides(calls=[*CREDITS, "debit"], payments=DEBITS),
        sides(calls=CREDITS, kind="rent", account="tenant"),
    ],
    ids=["calls", "payments too", "one cancelled", "rents"],
)
def test_debit_and_credit_under_each_others_header_are_refused(bring_in, rows):
    fault = refused(bring_in(rows))

    assert (fault.file, fault.line, fault.column) == ("entries.csv", 2, "credit")
    assert "interverties" in fault.reason
    assert "10 appels ou loyers sur" in fault.reason


@pytest.mark.parametrize(
    "rows",
    [
        sides(calls=DEBITS, payments=CREDITS),
        sides(calls=CREDITS[1:], payments=DEBITS),
        sides(calls=CREDITS, payments=["credit"]),
        sides(calls=[*CREDITS, "debit", "debit"]),
        sides(calls=CREDITS, kind="rent", account="landlord"),
        sides(calls=CREDITS, kind="other"),
    ],
    ids=["right", "too few", "cancelled calls beside payments", "many debits", "rents of a landlord", "another kind"],
)
def test_what_may_be_right_is_not_taken_for_swapped_columns(bring_in, rows):
    assert bring_in(rows).refused == 0


def test_a_known_balance_is_not_turned_round(bring_in):
    bring_in(sides(calls=DEBITS))

    report = bring_in(sides(calls=CREDITS, payments=["debit"]))

    assert not report.is_applied
    assert Account.objects.get().balance_cents == -10_000


def test_a_file_that_is_nothing_but_faults_is_given_up(bring_in, monkeypatch):
    monkeypatch.setattr("parvis.exchange.actions.loading.MOST_FAULTS", 3)
    rows = with_entries(entry("1", debit="1,00"), *(entry(str(rank), debit="1.2.3") for rank in range(5)))

    assert "Plus de 3 fautes" in refused(bring_in(rows)).reason


# Dangerous files


def test_a_file_of_two_gibibytes_is_refused_before_it_is_read(bring_in, folder):
    os.truncate(folder / "entries.csv", 2 * 1024**3)

    fault = refused(bring_in(path=folder))

    assert "2,0\u00a0Gio" in fault.reason or "2,0 Gio" in fault.reason
    assert fault.file == "entries.csv"


@pytest.mark.parametrize("name", ["agency", "entries"])
@pytest.mark.parametrize(("kept", "line"), [(0, 1), (-1, 2)])
def test_a_file_that_ends_in_a_hole_is_refused_as_soon_as_the_hole_is_met(bring_in, folder, name, kept, line):
    path = folder / f"{name}.csv"
    start = path.read_bytes()[:kept]
    path.write_bytes(start)
    os.truncate(path, 900 * 1024**2)

    began = time.process_time()
    fault = refused(bring_in(path=folder))

    assert (fault.file, fault.line) == (f"{name}.csv", line)
    assert "signes nuls (NUL)" in fault.reason
    assert time.process_time() - began < 1.0


def test_the_signs_that_act_on_a_terminal_are_written_out(bring_in):
    rows = with_entries(entry("1", debit="10\x1b[2J\u202e€\x9b"))
    rows["ownerships"][0]["client"] = "1\u2066\u200f9"
    rows["accounts"][0]["lot"] = "14\u202e"

    values = {(fault.file, fault.column): fault.value for fault in bring_in(rows).refusals}

    assert values["entries.csv", "debit"] == r"10\x1b[2J\u202e€\x9b"
    assert values["accounts.csv", "lot"] == r"14\u202e"
    assert "".join(values.values()).isprintable()


def test_the_signs_of_a_header_are_written_out(bring_in, folder):
    header = "account;acc\x1b]0;x\u202e" + "long" * 100
    fault = refused(bring_in(path=rewritten(folder, "entries", lambda old: header.encode() + old)))

    assert r"acc\x1b]0" in fault.reason
    assert fault.reason.replace("\u00a0", "").isprintable()


def test_the_name_of_a_file_is_written_out(bring_in, folder):
    (folder / "caf\udce9\x1b.csv").write_text("x")

    assert refused(bring_in(path=folder)).file == r"caf\udce9\x1b.csv"


@pytest.mark.parametrize("name", ["../entries.csv", "/etc/entries.csv", "a/../../entries.csv", "..\\entries.csv"])
def test_a_zip_that_climbs_is_refused(bring_in, folder, tmp_path, name):
    archive = write_zip(tmp_path / "package.zip", folder)
    with zipfile.ZipFile(archive, "a") as opened:
        opened.writestr(name, "x")

    assert "chemin qui en sort" in refused(bring_in(path=archive)).reason


def test_a_zip_with_a_link_is_refused(bring_in, folder, tmp_path):
    archive = write_zip(tmp_path / "package.zip", folder)
    link = zipfile.ZipInfo("readme.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(archive, "a") as opened:
        opened.writestr(link, "/etc/passwd")

    assert "lien" in refused(bring_in(path=archive)).reason


def test_a_folder_with_a_link_is_refused(bring_in, folder):
    (folder / "calls.csv").unlink()
    (folder / "calls.csv").symlink_to("/etc/passwd")

    assert refused(bring_in(path=folder)).file == "calls.csv"


def test_a_zip_bomb_is_refused_before_it_is_opened(bring_in, folder, tmp_path, monkeypatch):
    monkeypatch.setattr(packages, "SMALL", 1024)
    (folder / "entries.csv").write_bytes(b"0" * 1024 * 1024)

    assert "bombe" in refused(bring_in(path=write_zip(tmp_path / "package.zip", folder))).reason


def test_a_damaged_zip_is_refused(bring_in, folder, tmp_path):
    archive = write_zip(tmp_path / "package.zip", folder)
    content = bytearray(archive.read_bytes())
    place = content.index(b"entries.csv") + len(b"entries.csv")
    content[place : place + 20] = b"\xff" * 20
    archive.write_bytes(content)

    assert "abîmé" in refused(bring_in(path=archive)).reason


def test_what_is_no_zip_is_refused(bring_in, tmp_path):
    (tmp_path / "package.zip").write_bytes(b"%PDF-1.7")

    assert "ZIP" in refused(bring_in(path=tmp_path / "package.zip")).reason
