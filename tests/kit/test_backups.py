"""A safety copy holds everything and appears whole; what comes back is the same, table by table, file by file."""

import os
import secrets
import signal
import subprocess
import sys
import time
from contextlib import closing

import pytest
from django.core.management import CommandError, call_command
from django.db.migrations.recorder import MigrationRecorder
from pyrage import x25519

from parvis.journal.actions import record
from parvis.journal.models import Record
from parvis.kit.backups import dumps
from parvis.kit.backups.copies import PARTIAL
from tests.deploy.site import database_url
from tests.factories import AgencyFactory, EntryFactory, UserFactory
from tests.guards.tree import ROOT
from tests.kit.other_databases import contents, empty_database, opened

pytestmark = pytest.mark.django_db(transaction=True)
PAPER = "2026/11/procès-verbal.pdf"


@pytest.fixture
def data(tmp_path, settings):
    """The folder of the site, with a file in it."""
    settings.DATA_DIR = tmp_path / "data"
    settings.MEDIA_ROOT = settings.DATA_DIR / "documents"
    paper = settings.MEDIA_ROOT / PAPER
    paper.parent.mkdir(parents=True)
    paper.write_bytes(b"%PDF-1.7 " + secrets.token_bytes(500))
    return settings.DATA_DIR


@pytest.fixture
def agency(data):
    agency = AgencyFactory(slug="tilleuls")
    EntryFactory.create_batch(5, account__client__agency=agency, label="Appel de charges, « été » 1 234,56 €")
    UserFactory(agency=agency)
    for number in range(3):
        record(agency_id=agency.pk, verb="letter.drawn", subject=("client", str(number)))
    return agency


@pytest.fixture
def copy(agency, tmp_path):
    """A safety copy of the site."""
    call_command("backup", output=tmp_path / "copies" / "copy.tar.gz")
    return tmp_path / "copies" / "copy.tar.gz"


@pytest.fixture
def elsewhere(tmp_path):
    """Another server, with nothing on it."""
    with empty_database(tmp_path) as url:
        yield url


def manage(*arguments, url, data):
    environment = {**os.environ, "PARVIS_ENV": "development", "DATABASE_URL": url, "DATA": str(data)}
    return subprocess.Popen(
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def restore(*arguments, url, data):
    run = manage("restore", *arguments, url=url, data=data)
    said = run.communicate(timeout=60)[0]
    return run.returncode, said


def test_another_server_gets_the_same_tables_and_files(copy, data, elsewhere, tmp_path):
    status, said = restore(copy, url=elsewhere, data=tmp_path / "there")

    assert status == 0, said
    assert "tilleuls : 3 faits, chaîne entière." in said
    assert contents(elsewhere) == contents(database_url())
    assert len(contents(elsewhere)["ledger_entry"]) == 5
    assert (tmp_path / "there" / "documents" / PAPER).read_bytes() == (data / "documents" / PAPER).read_bytes()


def test_restored_site_goes_on_counting(copy, elsewhere, tmp_path):
    """A row written after the restoration gets a number of its own."""
    restore(copy, url=elsewhere, data=tmp_path / "there")
    again = manage(
        "shell", "-c", "from tests.factories import ClientFactory; ClientFactory()", url=elsewhere, data=tmp_path
    )

    assert "Error" not in again.communicate(timeout=60)[0]
    assert again.returncode == 0


def test_copy_is_its_owner_s_alone_and_is_never_written_over(copy):
    before = copy.read_bytes()

    with pytest.raises(CommandError, match="existe déjà"):
        call_command("backup", output=copy)

    assert copy.stat().st_mode & 0o777 == 0o600
    assert copy.read_bytes() == before
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]


def test_present_rows_are_replaced_only_when_asked(copy, agency, elsewhere, tmp_path):
    saved = contents(database_url())
    restore(copy, url=elsewhere, data=tmp_path / "there")
    with closing(opened(elsewhere)) as database:
        database.execute("DELETE FROM ledger_entry")
        database.execute("CREATE TABLE left_by_another_version (number integer)")
        database.commit()

    refused = restore(copy, url=elsewhere, data=tmp_path / "there")
    assert (refused[0], "La base n’est pas vide" in refused[1]) == (1, True)
    assert contents(elsewhere)["ledger_entry"] == []

    replaced = restore(copy, "--replace", url=elsewhere, data=tmp_path / "there")
    assert replaced[0] == 0, replaced[1]
    assert contents(elsewhere) == saved


def test_running_site_is_not_restored_over(copy, elsewhere, tmp_path):
    restore(copy, url=elsewhere, data=tmp_path / "there")

    with closing(opened(elsewhere)) as somebody:
        somebody.execute("SELECT COUNT(*) FROM ledger_entry").fetchall()
        somebody.rollback()
        status, said = restore(copy, "--replace", url=elsewhere, data=tmp_path / "there")

    assert (status, "arrêtez d’abord le serveur web" in said) == (1, True), said


@pytest.mark.parametrize("place", [0.02, 0.2, 0.5, 0.8, 0.99])
@pytest.mark.parametrize("how", ["changed", "cut"])
def test_damaged_copy_is_refused_before_anything_changes(copy, how, place):
    content = bytearray(copy.read_bytes())
    at = int(len(content) * place)
    content[at] ^= 0x55
    copy.write_bytes(content if how == "changed" else content[:at])

    with pytest.raises(CommandError, match=r"abîmée ou incomplète .* Rien n’a été changé"):
        call_command("restore", copy, replace=True)

    assert Record.objects.count() == 3


def test_other_file_is_refused(agency, tmp_path):
    (tmp_path / "other").write_bytes(b"not a copy")

    with pytest.raises(CommandError, match="abîmée"):
        call_command("restore", tmp_path / "other")
    with pytest.raises(CommandError, match="ne peut pas être lu"):
        call_command("restore", tmp_path / "absent")


def test_encrypted_copy_opens_with_its_key_only(agency, elsewhere, tmp_path, settings):
    ours, theirs = x25519.Identity.generate(), x25519.Identity.generate()
    settings.BACKUP_RECIPIENTS = [str(ours.to_public())]
    copy, key, other_key = tmp_path / "copy", tmp_path / "key", tmp_path / "other-key"
    key.write_text(f"# created: today\n{ours}\n")
    other_key.write_text(f"{theirs}\n")
    call_command("backup", output=copy)

    assert copy.read_bytes().startswith(b"age-encryption.org/v1")
    with pytest.raises(CommandError, match="est chiffrée"):
        call_command("restore", copy)
    with pytest.raises(CommandError, match="n’ouvre pas"):
        call_command("restore", copy, identity=other_key)
    status, said = restore(copy, "--identity", key, url=elsewhere, data=tmp_path / "there")
    assert status == 0, said
    assert contents(elsewhere) == contents(database_url())


def test_copy_of_a_later_version_is_refused(agency, tmp_path):
    migration = MigrationRecorder.Migration.objects.create(app="people", name="9999_later")
    call_command("backup", output=tmp_path / "copy")
    migration.delete()

    with pytest.raises(CommandError, match="version plus récente"):
        call_command("restore", tmp_path / "copy", replace=True)


def test_killed_backup_leaves_no_copy_and_the_next_one_cleans_up(agency, data, tmp_path):
    (data / "documents" / "large").write_bytes(secrets.token_bytes(2**25))
    output = tmp_path / "copies" / "copy.tar.gz"
    run = manage("backup", "--output", output, url=database_url(), data=data)
    deadline = time.monotonic() + 30
    while not list(output.parent.glob(f"{PARTIAL}*/packed")) and time.monotonic() < deadline:
        time.sleep(0.01)
    run.send_signal(signal.SIGKILL)
    run.communicate()

    assert [path.name.startswith(PARTIAL) for path in output.parent.iterdir()] == [True]

    call_command("backup", output=output)
    assert [path.name for path in output.parent.iterdir()] == [output.name]


def test_folder_keeps_the_latest_ones(agency, tmp_path):
    for day in ("20261120", "20261121", "20261122"):
        (tmp_path / f"parvis-{day}T023000Z.tar.gz").touch()

    call_command("backup", folder=tmp_path, keep=2)

    kept = sorted(path.name[:15] for path in tmp_path.glob("parvis-*"))
    assert len(kept) == 2
    assert kept[0] == "parvis-20261122"


def test_missing_program_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(dumps.ToolMissing) as refusal:
        dumps.run_tool("pg_dump")

    assert "pg_dump n’est pas installé" in refusal.value.message
