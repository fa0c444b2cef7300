"""manage.py import_documents: an index and its files; each row taken whole or refused with its reason."""

import csv
import io
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command

from parvis.compliance.models import LegalState
from parvis.documents import examiner
from parvis.documents.models import Document, StoredFile
from parvis.exchange.models import ImportRun
from parvis.exchange.rules.tables import load_table
from tests.documents.factories import NAUGHTY, SAMPLES, sample
from tests.factories import AccountFactory, AgencyFactory, ClientFactory, LotFactory
from tests.guards.tree import ROOT

pytestmark = pytest.mark.django_db
COLUMNS = load_table("documents").column_names
MINUTES = {
    "reference": "PV-1",
    "file": "pv.pdf",
    "kind": "minutes",
    "title": "Procès-verbal",
    "dated_on": "09/12/2025",
    "audience": "owners",
    "building": "0012",
}


@pytest.fixture(autouse=True, scope="module")
def _end_the_process():
    yield
    examiner.stop()


@pytest.fixture
def lot():
    agency = AgencyFactory(slug="tilleuls")
    ClientFactory(agency=agency, customer_reference="10427835", reference_key="10427835")
    return LotFactory(building__agency=agency, building__reference="0012", number="12")


@pytest.fixture
def parcel(tmp_path, lot):
    """Write an index of these rows, and one readable PDF beside it."""
    folder = tmp_path / "envoi"
    folder.mkdir()
    (folder / "pv.pdf").write_bytes(sample("pdf_minimal.pdf"))

    def write(*rows):
        with (folder / "documents.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, delimiter=";")
            writer.writeheader()
            writer.writerows({**MINUTES, **row} for row in rows)
        return folder

    return write


def bring_in(path, *options):
    """The report of one import."""
    report = path.parent / "report.json"
    call_command("import_documents", path, "--agency", "tilleuls", "--report", report, *options, stdout=io.StringIO())
    return json.loads(report.read_text(encoding="utf-8"))


def outcome(report):
    return {name: report[name] for name in ("created", "changed", "unchanged", "refused") if report[name]}


def reasons(report):
    return [refusal["reason"] for refusal in report["refusals"]]


def test_a_document_comes_in_and_the_same_again_changes_nothing(parcel):
    folder = parcel({})

    assert outcome(bring_in(folder)) == {"created": 1}
    assert outcome(bring_in(folder)) == {"unchanged": 1}
    document = Document.objects.get()
    assert (document.building.reference, document.dated_on.isoformat()) == ("0012", "2025-12-09")
    assert list(ImportRun.objects.values_list("source", "state")) == [("papers", "applied")] * 2


def test_a_rehearsal_says_the_same_and_writes_nothing(parcel):
    folder = parcel({}, {"reference": "2", "file": "absent.pdf"})

    assert outcome(bring_in(folder, "--dry-run")) == {"created": 1, "refused": 1}
    assert not Document.objects.exists()
    assert not StoredFile.objects.exists()
    assert not ImportRun.objects.exists()


def test_another_content_or_title_replaces_and_withdrawn_is_withdrawn(parcel):
    folder = parcel({})
    bring_in(folder)
    (folder / "pv.pdf").write_bytes(sample("pdf_with_attachment.pdf"))

    assert outcome(bring_in(folder, "--dry-run")) == {"changed": 1}
    assert outcome(bring_in(folder)) == {"changed": 1}
    assert outcome(bring_in(parcel({"title": "Autre"}))) == {"changed": 1}
    assert outcome(bring_in(parcel({"file": "", "is_withdrawn": "oui"}))) == {"changed": 1}
    assert outcome(bring_in(parcel({"file": "", "is_withdrawn": "oui"}))) == {"unchanged": 1}
    assert Document.objects.get().withdrawn_at is not None


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"kind": "employment_contract"}, "contrat de travail"),
        ({"kind": "inconnu"}, "pas connu"),
        ({"building": "9999"}, "immeuble n’est pas connu"),
        ({"audience": "client", "client": "404"}, "client n’est pas connu"),
        ({"audience": "lot", "lot": "404"}, "lot n’est pas connu"),
        ({"audience": "client"}, "à qui il s’adresse"),
        ({"dated_on": "31/02/2026"}, "calendrier"),
        ({"file": ""}, "obligatoire"),
        ({"file": "absent.pdf"}, "pas dans l’envoi"),
        ({"file": "../report.json"}, "sort de l’envoi"),
        ({"file": "/etc/passwd"}, "sort de l’envoi"),
        ({"file": "C:\\boot.ini"}, "sort de l’envoi"),
        ({"file": "lien.pdf"}, "sort de l’envoi"),
        ({"file": "dossier/passwd"}, "sort de l’envoi"),
        ({"file": "documents.csv"}, "ni un PDF"),
        ({"reference": "x", "is_withdrawn": "oui"}, "rien à retirer"),
    ],
)
def test_a_row_is_refused_alone_with_its_reason(parcel, row, reason):
    folder = parcel({"reference": "bon"}, row)
    (folder / "lien.pdf").symlink_to("/etc/passwd")
    (folder / "dossier").symlink_to("/etc")

    report = bring_in(folder)

    assert outcome(report) == {"created": 1, "refused": 1}
    assert reason in reasons(report)[0]


def test_one_reference_twice_is_refused_twice(parcel):
    report = bring_in(parcel({}, {"title": "Autre"}))

    assert outcome(report) == {"refused": 2}


def test_lots_and_clients_are_found_as_they_are_typed(parcel):
    report = bring_in(
        parcel(
            {"reference": "1", "audience": "client", "client": "10 427 835", "kind": "lease"},
            {"reference": "2", "audience": "lot", "lot": "12", "kind": "energy_report"},
        )
    )

    assert outcome(report) == {"created": 2}
    assert {document.audience for document in Document.objects.all()} == {"client", "lot"}


def zipped(folder, *, around=""):
    path = folder.parent / "envoi.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in folder.iterdir():
            archive.write(file, around + file.name)
    return path


@pytest.mark.parametrize("around", ["", "Envoi du 23/"])
def test_a_zip_does_as_well_as_a_folder(parcel, around):
    assert outcome(bring_in(zipped(parcel({}), around=around))) == {"created": 1}


def refused(path):
    with pytest.raises(SystemExit) as stop:
        call_command("import_documents", path, "--agency", "tilleuls", stdout=(told := io.StringIO()))
    assert stop.value.code == 1
    return told.getvalue().replace("\xa0", " ").replace("\u202f", " ")


def test_a_zip_with_a_link_or_a_bomb_is_refused_whole(parcel, tmp_path):
    assert "sans lien" in refused(SAMPLES / "zip_symlink_etc_passwd.zip")
    bomb = tmp_path / "bombe.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("documents.csv", bytes(30_000_000))
    assert "bombe" in refused(bomb)
    assert not Document.objects.exists()


def test_no_index_no_agency_no_path(parcel, tmp_path):
    (tmp_path / "vide").mkdir()
    assert "index manque" in refused(tmp_path / "vide")
    with pytest.raises(CommandError, match="n’existe pas"):
        call_command("import_documents", parcel({}), "--agency", "inconnue")
    with pytest.raises(CommandError, match="n’existe pas"):
        call_command("import_documents", tmp_path / "rien", "--agency", "tilleuls")


def test_every_sample_comes_in_or_is_refused_in_french(parcel):
    folder = parcel(*({"reference": path.name, "file": path.name} for path in SAMPLES.iterdir()))
    for path in SAMPLES.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())

    report = bring_in(folder)

    assert report["created"] + report["refused"] == len(list(SAMPLES.iterdir()))
    assert report["created"] >= 5
    assert all(reason.endswith(".") for reason in reasons(report))


def test_naughty_cells_are_texts_like_others(parcel):
    rows = [{"reference": f"N{rank}", "title": text, "file": text} for rank, text in enumerate(NAUGHTY)]

    report = bring_in(parcel({}, *rows))

    assert (report["created"], report["refused"]) == (1, len(rows))


def test_the_legal_list_knows_what_came_in(parcel, lot):
    AccountFactory(client=ClientFactory(agency=lot.agency), building=lot.building)

    bring_in(parcel({"kind": "maintenance_log", "dated_on": "2026-11-01"}))

    assert LegalState.objects.get(code="maintenance_log", ended_on=None).status == "present"


def test_the_documentation_names_every_column_and_every_word():
    page = (ROOT / "docs" / "documents-import.md").read_text(encoding="utf-8")

    for field in load_table("documents").fields:
        assert f"`{field.name}`" in page
        for word, _label in field.categories:
            assert f"`{word}`" in page
