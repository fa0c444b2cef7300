"""manage.py import_package: its exit status, its files, its words."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.management import CommandError, call_command

from parvis.agencies.models import Agency
from tests.exchange.packages import SLUG, entry, example, example_package, read_report, with_entries, write_folder

pytestmark = pytest.mark.django_db
PLAIN = {"debit": "10,00", "booked_on": "2026-01-01"}


def run(folder, **options):
    out, err = options.pop("stdout", io.StringIO()), options.pop("stderr", io.StringIO())
    call_command(
        "import_package", folder, stdout=out, stderr=err, **({"agency": SLUG, "create_agency": True} | options)
    )
    return out.getvalue(), err.getvalue()


def status_of(folder, **options):
    with pytest.raises((SystemExit, CommandError)) as end:
        run(folder, **options)
    return end.value.code if isinstance(end.value, SystemExit) else end.value.returncode


def test_an_applied_package_says_so_and_ends_well(folder):
    out, err = run(folder)

    assert "Paquet appliqué.\n23 lignes lues\u00a0: 23 créées" in out
    assert "clients.csv" in err


def test_a_package_that_changes_nothing_says_so(folder):
    run(folder)

    assert "il ne change rien" in run(folder)[0]


def test_the_report_has_six_entries_and_no_more(folder, tmp_path):
    run(folder, report=tmp_path / "report.json")

    assert json.loads((tmp_path / "report.json").read_text()) == {
        "read": 23,
        "created": 23,
        "changed": 0,
        "unchanged": 0,
        "refused": 0,
        "refusals": [],
    }


def test_refusals_are_told_with_their_place(tmp_path):
    folder = write_folder(tmp_path / "package", with_entries(entry("1", **PLAIN), entry("2", debit="12.5")))

    out, _err = run(folder, report=tmp_path / "report.json")

    assert "entries.csv, ligne 3, colonne debit («\u00a012.5\u00a0»)\u00a0: Ce n’est pas un montant" in out
    assert "1 compte est retenu" in out
    assert read_report(tmp_path / "report.json")["refused"] == 4


def test_the_csv_of_refusals_runs_no_formula(tmp_path):
    folder = write_folder(tmp_path / "package", with_entries(entry("1", debit="=1+1")))

    run(folder, refusals=tmp_path / "refus.csv")

    text = (tmp_path / "refus.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0] == ["fichier", "ligne", "colonne", "valeur", "motif"]
    assert rows[1][:4] == ["entries.csv", "2", "debit", "'=1+1"]


def test_a_refused_package_ends_with_one_and_a_report(folder, tmp_path):
    (folder / "calls.csv").unlink()

    assert status_of(folder, report=tmp_path / "report.json") == 1

    report = read_report(tmp_path / "report.json")
    assert report["created"] == 0
    assert report["refusals"][0]["file"] == "calls.csv"


def test_an_unknown_agency_ends_with_two(folder):
    assert status_of(folder, agency="inconnue", create_agency=False) == 2


@pytest.mark.parametrize("option", ["report", "refusals"])
@pytest.mark.parametrize(
    ("target", "words"),
    [("", "est un dossier"), ("absent/file", "n’existe pas"), ("n" * 300, "le nom est trop long")],
)
def test_a_file_that_cannot_be_written_is_said_before_anything_is_done(folder, tmp_path, option, target, words):
    with pytest.raises(CommandError, match=words) as end:
        run(folder, **{option: tmp_path / target})

    assert end.value.returncode == 2
    assert not Agency.objects.exists()


def test_a_file_without_the_right_to_write_is_said_before_anything_is_done(folder, tmp_path, monkeypatch):
    def deny(*_arguments, **_options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", deny)

    assert status_of(folder, report=tmp_path / "report.json") == 2
    assert not Agency.objects.exists()


def test_a_wrong_use_leaves_no_empty_report(folder, tmp_path):
    status_of(folder, agency="inconnue", create_agency=False, report=tmp_path / "report.json")

    assert not (tmp_path / "report.json").exists()


@pytest.mark.parametrize("option", ["report", "refusals"])
def test_a_full_disk_does_not_hide_what_was_applied(folder, option):
    out, err = run(folder, **{option: Path("/dev/full")})

    assert "Paquet appliqué." in out
    assert "Paquet appliqué, mais le compte rendu n’a pas pu être écrit" in err
    assert "le disque est plein" in err
    assert Agency.objects.get().slug == SLUG


def test_a_full_disk_does_not_hide_what_was_refused(folder):
    (folder / "calls.csv").unlink()
    err = io.StringIO()

    assert status_of(folder, report=Path("/dev/full"), stderr=err) == 1
    assert "Paquet refusé, mais le compte rendu n’a pas pu être écrit" in err.getvalue()


def test_a_package_that_does_not_exist_is_a_wrong_use(tmp_path):
    assert status_of(tmp_path / "absent") == 2


def test_a_rehearsal_says_that_nothing_changed(folder):
    assert "Répétition\u00a0: rien n’a été changé" in run(folder, dry_run=True)[0]


def test_a_withheld_account_is_in_the_verdict_until_it_is_whole_again(tmp_path):
    def sent(debit):
        return write_folder(tmp_path / "package", with_entries(entry("1", **(PLAIN | {"debit": debit}))))

    run(sent("10,00"))
    withheld, _err = run(sent("1.234,56"))
    again, _err = run(sent("1.234,56"))
    whole, _err = run(sent("10,00"))

    incomplete = "Paquet appliqué, 1 compte retenu\u00a0: situation incomplète."
    assert withheld.startswith(f"{incomplete}\n")
    assert again.startswith(f"{incomplete} Il ne change rien à ce que Parvis savait déjà.\n")
    assert whole.startswith("Paquet appliqué.\n")
    assert "1 compte redevient complet." in whole


def test_refused_rows_of_no_account_are_in_the_verdict(tmp_path):
    rows = example_package()
    rows["ownerships"][0]["client"] = "99999999"

    out, _err = run(write_folder(tmp_path / "package", rows))

    assert out.startswith("Paquet appliqué, sauf ce qui est refusé.\n")
    assert "1 refusée." in out


def test_old_passwords_alone_are_a_change(tmp_path):
    run(write_folder(tmp_path / "package", example_package()))
    rows = example_package()
    rows["clients"][0]["password_hash"] = PBKDF2PasswordHasher().encode("Ancien-mot-de-passe-1", "sel", 1_000)

    out, _err = run(write_folder(tmp_path / "package", rows))

    assert out.startswith("Paquet appliqué.\n")
    assert "1 mot de passe de l’ancien portail est repris." in out


def test_every_row_of_a_refused_package_is_refused_and_at_least_one(folder, tmp_path):
    (folder / "calls.csv").write_text("account\n")
    out = io.StringIO()
    with pytest.raises(SystemExit):
        run(folder, stdout=out, report=tmp_path / "report.json")

    report = read_report(tmp_path / "report.json")
    assert report["refused"] == report["read"] > 1
    assert "lignes lues\u00a0: 0 créée, 0 modifiée, 0 inchangée" in out.getvalue()


def test_one_refusal_more_than_shown_is_singular(tmp_path):
    rows = example_package()
    rows["council_seats"] = [example("council_seats", client=f"9{rank}") for rank in range(21)]

    assert "… et 1 autre\u00a0:" in run(write_folder(tmp_path / "package", rows))[0]
