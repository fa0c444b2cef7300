"""A building leaves: what is written is whole, and another Parvis takes it in."""

import csv
import datetime as dt
import hashlib
import io
import zipfile

import pytest
from django.core.management import CommandError, call_command

from parvis.agencies.models import Agency
from parvis.documents.models import Document
from parvis.exchange.actions import Options, import_package
from parvis.exchange.actions.papers import PapersOptions, import_documents
from parvis.exchange.rules.rows import cell, csv_chunks, hundredths
from parvis.exchange.rules.tables import load_tables
from parvis.journal.models import Record
from parvis.ledger.models import Account, Entry, Expense
from parvis.property.models import Building, Lot, LotShare, Ownership, Tenancy
from tests.documents.factories import published
from tests.exchange.packages import SLUG, example, whole_package, write_folder
from tests.factories import AccountFactory, CreditorFactory, LotFactory, OwnershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency(tmp_path):
    """The agency of the examples, with one building and everything that a package may hold."""
    folder = write_folder(tmp_path / "venu", whole_package())
    report = import_package(folder, Options(slug=SLUG, create_agency=True))
    assert (report.is_applied, report.refused) == (True, 0)
    return Agency.objects.get(slug=SLUG)


@pytest.fixture
def building(agency):
    return Building.objects.get(agency=agency)


@pytest.fixture
def given(tmp_path, agency, building):
    """What the command writes, opened."""

    def give(**options):
        path = tmp_path / "transmission.zip"
        call_command("hand_over", str(path), agency=SLUG, building=building.reference, verbosity=0, **options)
        folder = tmp_path / "ouvert"
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            archive.extractall(folder)
        return folder

    return give


def rows_of(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"))


def taken_in(folder):
    """The package as the next agency takes it: its own agency.csv, then the two imports."""
    line = example("agency", slug="successeur", host="successeur.exemple.fr", name="Cabinet suivant")
    write_folder(folder / "donnees", {"agency": [line]})
    data = import_package(folder / "donnees", Options(slug="successeur", create_agency=True))
    papers = import_documents(folder / "documents", PapersOptions(slug="successeur"))
    return data, papers, Agency.objects.get(slug="successeur")


def test_package_holds_every_file_and_the_digest_of_each(given, building):
    published(building=building)

    folder = given()

    assert {path.name for path in (folder / "donnees").iterdir()} == {table.file for table in load_tables()}
    assert "import_package" in (folder / "LISEZMOI.txt").read_text(encoding="utf-8-sig")
    lines = (folder / "EMPREINTES.sha256").read_text().splitlines()
    assert len(lines) == len(load_tables()) + 4
    for line in lines:
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_another_agency_takes_it_in_and_holds_the_same(given, agency, building):
    paper = published(building=building, title="Procès-verbal 2026")
    before = {model: model.objects.count() for model in (Lot, LotShare, Ownership, Expense)}
    counted = Entry.objects.counted().filter(account__kind="co_owner").count()
    balances = dict(Account.objects.filter(kind="co_owner").values_list("reference", "balance_cents"))

    data, papers, next_one = taken_in(given())

    assert (data.is_applied, data.refused, papers.is_applied, papers.refused) == (True, 0, True, 0)
    assert {model: model.objects.count() for model in before} == {model: 2 * n for model, n in before.items()}
    assert Entry.objects.counted().filter(account__agency=next_one, account__kind="co_owner").count() == counted
    assert dict(Account.objects.filter(agency=next_one).values_list("reference", "balance_cents")) == balances
    same = Document.objects.get(agency=next_one)
    assert (same.title, same.kind, same.file.sha256) == (paper.title, paper.kind, paper.file.sha256)


def test_lettings_passwords_and_people_of_the_agency_stay(given, building):
    folder = given()

    assert Tenancy.objects.exists()
    for name in ("tenancies", "leases", "mandates", "staff", "assignments", "applications"):
        assert rows_of(folder / "donnees" / f"{name}.csv") == []
    assert {row["password_hash"] for row in rows_of(folder / "donnees" / "clients.csv")} <= {""}
    assert {row["kind"] for row in rows_of(folder / "donnees" / "accounts.csv")} <= {"co_owner"}


def test_account_of_an_association_stays(given, agency, building):
    """What an owner owes an ASL is no part of the syndicat's books."""
    asl = CreditorFactory(agency=agency, kind="free_association")
    owner = Ownership.objects.filter(lot__building=building).first().client
    AccountFactory(client=owner, building=building, creditor=asl, reference="ASL-01")

    assert "ASL-01" not in {row["reference"] for row in rows_of(given() / "donnees" / "accounts.csv")}


def test_nothing_of_another_building_leaves_with_it(given, agency):
    other = OwnershipFactory(
        client__agency=agency, client__last_name="Voisine", lot=LotFactory(building__agency=agency)
    )
    AccountFactory(client=other.client, building=other.lot.building, reference="450-AILLEURS")
    published(building=other.lot.building, title="PV des voisins")

    folder = given()

    everything = "".join(path.read_text(encoding="utf-8") for path in (folder / "donnees").iterdir())
    assert "Voisine" not in everything
    assert "450-AILLEURS" not in everything
    assert rows_of(folder / "documents" / "documents.csv") == []


def test_withdrawn_papers_and_those_of_lettings_stay(given, building):
    published(building=building, title="Retiré")
    Document.objects.update(withdrawn_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    published(building=building, audience="tenants", title="Aux locataires")

    assert rows_of(given() / "documents" / "documents.csv") == []


def test_ledger_of_each_account_ends_on_its_balance(given, building):
    folder = given()

    rows = rows_of(folder / "grand-livre.csv")
    last = {row["Compte"]: (row["Solde débiteur"], row["Solde créditeur"]) for row in rows}

    account = Account.objects.get(building=building, kind="co_owner")
    assert account.balance_cents < 0
    assert last == {account.reference: (hundredths(-account.balance_cents), "0,00")}


def test_agency_says_until_when_clients_read_and_it_is_journalled(given, building):
    given(closed_on=dt.date(2026, 12, 31), readable_until=dt.date(2027, 12, 31))

    building.refresh_from_db()
    assert (building.closed_on, building.readable_until) == (dt.date(2026, 12, 31), dt.date(2027, 12, 31))
    assert Record.objects.filter(verb="building.handed_over").count() == 1


def test_existing_file_and_unknown_building_are_refused(tmp_path, agency, building):
    taken = tmp_path / "déjà.zip"
    taken.write_text("à garder")

    with pytest.raises(CommandError, match="porte déjà ce nom"):
        call_command("hand_over", str(taken), agency=SLUG, building=building.reference)
    with pytest.raises(CommandError, match="Aucun immeuble"):
        call_command("hand_over", str(tmp_path / "x.zip"), agency=SLUG, building="inconnu")

    assert taken.read_text() == "à garder"
    assert not (tmp_path / "x.zip").exists()


@pytest.mark.parametrize(
    ("value", "kind", "written"),
    [
        (-41235, "number", "-412,35"),
        (5, "number", "0,05"),
        (None, "number", ""),
        (True, "boolean", "oui"),
        (False, "boolean", "non"),
        (dt.date(2026, 11, 23), "date", "2026-11-23"),
        (12, "integer", "12"),
        ("a;b", "string", "a;b"),
    ],
)
def test_cells_are_written_as_the_import_reads_them(value, kind, written):
    assert cell(value, kind=kind) == written


def test_long_file_is_written_a_few_lines_at_a_time():
    chunks = list(csv_chunks(["a"], ([str(rank)] for rank in range(1200))))

    assert len(chunks) == 3
    assert b"".join(chunks).decode().split("\r\n")[-2] == "1199"
