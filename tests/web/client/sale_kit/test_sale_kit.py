"""Kit de vente: everything that a seller hands over, in one file, and what it lacks."""

import datetime as dt
import io
import zipfile

import pikepdf
import pytest

from parvis.compliance.rules.sale_kit import PIECES, gather
from parvis.compliance.sale_document import figures_pdf
from parvis.compliance.sale_figures import sale_figures
from parvis.documents.actions import Paper, publish
from parvis.documents.models import Audience, Kind
from parvis.ledger.models import Account, BudgetLine, WorksInstalment, WorksOperation
from parvis.people.models import Viewer
from parvis.property.models import AllocationKey, Lot, Ownership
from tests.compliance.factories import ExpenseFactory, FiscalYearFactory, GeneralKeyFactory
from tests.factories import (
    AccountFactory,
    CallFactory,
    ClientFactory,
    CreditorFactory,
    LotFactory,
    LotShareFactory,
    OwnershipFactory,
    TenancyFactory,
)

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 made by Parvis"


@pytest.fixture
def books(alice, home):
    """Two closed years of a building of 1 000 shares, of which Alice holds 100, and what she owes."""
    key = GeneralKeyFactory(building=home.building, total_shares=1000)
    LotShareFactory(lot=home, key=key, shares=100)
    LotShareFactory(lot=LotFactory(building=home.building, number="Z99"), key=key, shares=900)
    for first in (2024, 2025):
        year = FiscalYearFactory(building=home.building, begins_on=dt.date(first, 1, 1))
        ExpenseFactory(fiscal_year=year, key=key, amount_cents=first * 100)
        BudgetLine.objects.create(fiscal_year=year, key=key, kind="works_fund", amount_cents=50_000)
    return AccountFactory(client=alice, building=home.building, balance_cents=-41_235)


def kit_path(lot):
    return f"/kit-de-vente/{lot.public_id}/"


def text(response):
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ").replace("&nbsp;", " ")


def put_online(building, kind, title, *, dated_on=dt.date(2026, 6, 15)):
    paper = Paper(
        agency=building.agency,
        kind=kind,
        title=title,
        dated_on=dated_on,
        audience=Audience.OWNERS,
        building=building,
    )
    return publish(paper, content=PDF + title.encode(), by=("user", ""), is_ours=True)


def downloaded(browser, lot):
    response = browser.get(f"{kit_path(lot)}telecharger/")
    assert response.status_code == 200
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_kit_is_one_file_with_numbered_documents_figures_and_a_list_of_what_lacks(signed_in, home, books):
    put_online(home.building, Kind.BUILDING_SUMMARY_SHEET, "Fiche synthétique 2026")
    put_online(home.building, Kind.MINUTES, "PV de l’assemblée 2026")
    put_online(home.building, Kind.MINUTES, "PV de l’assemblée 1998", dated_on=dt.date(1998, 6, 15))

    kit = downloaded(signed_in, home)

    assert kit.testzip() is None
    assert kit.namelist() == [
        "LISTE.txt",
        "01 2026-06-15 Fiche synthétique 2026.pdf",
        "03 2026-06-15 PV de l’assemblée 2026.pdf",
        "04 Charges, sommes dues, impayés et fonds de travaux.pdf",
    ]
    listed = kit.read("LISTE.txt").decode("utf-8-sig")
    assert "5. Carnet d’entretien de l’immeuble\r\n   MANQUE" in listed
    figures = listed.partition("\r\n5. ")[0].partition("\r\n4. ")[2]
    assert "MANQUE : la dette du syndicat envers ses fournisseurs" in figures.replace("\u00a0", " ")


def test_figures_are_a_tagged_pdf_in_french(signed_in, home, books):
    kit = downloaded(signed_in, home)

    with pikepdf.open(io.BytesIO(kit.read("04 Charges, sommes dues, impayés et fonds de travaux.pdf"))) as pdf:
        assert str(pdf.Root.Lang).startswith("fr")
        assert bool(pdf.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in pdf.Root


def test_figures_are_those_of_the_lots(alice, home, books, signed_in, today):
    CallFactory(account=books, due_on=today + dt.timedelta(days=30), issued_on=today, amount_cents=20_000)
    viewer = Viewer(user_id=alice.grants.get().user_id, agency_id=alice.agency_id)

    figures = sale_figures(viewer, [home], building=home.building, day=today)

    assert [year.current_cents for year in figures.years] == [20_250, 20_240]
    assert figures.owed_cents == 41_235
    assert figures.to_come_cents == 20_000
    assert figures.arrears.total_cents == 41_235
    assert (figures.fund_share_cents, figures.last_contribution_cents) == (10_000, 5_000)
    assert figures_pdf(figures, agency=alice.agency).startswith(b"%PDF")


def test_works_are_those_of_the_lots_sold_once_whatever_accounts_there_are(alice, home, books, today):
    """Another flat of hers, and what she owes an ASL, are no part of this sale."""
    key = AllocationKey.objects.get()
    Lot.objects.filter(number="Z99").update(kind=Lot.Kind.MAIN)
    OwnershipFactory(client=alice, lot=Lot.objects.get(number="Z99"))
    roof = WorksOperation.objects.create(
        agency=alice.agency,
        building=home.building,
        key=key,
        reference="TOIT",
        title="Toiture",
        amount_cents=500_000,
        voted_on=dt.date(2025, 1, 15),
    )
    WorksInstalment.objects.create(operation=roof, rank=1, due_on=dt.date(2025, 3, 1))
    asl = CreditorFactory(agency=alice.agency, kind="free_association")
    AccountFactory(client=alice, building=home.building, creditor=asl, balance_cents=-5_000)
    viewer = Viewer(user_id=alice.grants.get().user_id, agency_id=alice.agency_id)

    figures = sale_figures(viewer, [home], building=home.building, day=today)

    assert [year.works_cents for year in figures.years] == [50_000, 0]
    assert figures.owed_cents == 41_235
    assert figures.arrears.total_cents == 41_235


def test_debt_of_another_lot_with_an_account_of_its_own_is_left_out(alice, home, books, today):
    other = OwnershipFactory(client=alice, lot=Lot.objects.get(number="Z99")).lot
    AccountFactory(client=alice, building=home.building, creditor=books.creditor, lot=other, balance_cents=-9_000)
    Account.objects.filter(pk=books.pk).update(lot=home)
    viewer = Viewer(user_id=alice.grants.get().user_id, agency_id=alice.agency_id)

    assert sale_figures(viewer, [home], building=home.building, day=today).owed_cents == 41_235


def test_page_says_before_the_click_what_is_there_and_what_is_missing(signed_in, home, books):
    put_online(home.building, Kind.BYLAWS, "Règlement de copropriété")

    page = text(signed_in.get(kit_path(home)))

    assert "1 pièce complète sur 6" in page
    assert "le notaire dit ce que votre vente demande" in page
    assert "Règlement de copropriété" in page
    assert "L’agence ne l’a pas mis en ligne." in page
    assert "S’il en existe un, demandez-le à votre agence." in page


def test_amendments_alone_are_no_bylaws_and_old_minutes_do_not_count(today):
    empty = gather([], day=today)

    assert [line.piece.number for line in empty] == list(range(1, len(PIECES) + 1))
    assert [line.piece.number for line in empty if not line.is_missing] == [4]


def test_kit_without_any_books_still_says_what_it_does_not_know(signed_in, home):
    FiscalYearFactory(building=home.building)

    assert "Non connu" not in text(signed_in.get(kit_path(home)))
    assert "Incomplet" in text(signed_in.get(kit_path(home)))
    assert downloaded(signed_in, home).testzip() is None


def test_annexes_go_with_the_only_main_lot(signed_in, alice, home, books):
    cellar = LotFactory(building=home.building, kind=Lot.Kind.ANNEX, label="Cave", number="C32")
    OwnershipFactory(client=alice, lot=cellar)

    assert "Cave (lot C32)" in text(signed_in.get(kit_path(home)))

    OwnershipFactory(client=alice, lot=LotFactory(building=home.building, number="Z77"))
    assert "Cave (lot C32)" not in text(signed_in.get(kit_path(home)))


def test_only_the_owner_of_today_has_the_kit(signed_in, alice, home, books, today):
    let = TenancyFactory(client=alice).lease.lot
    neighbour = OwnershipFactory(client=ClientFactory(agency=alice.agency), lot=LotFactory(building=home.building)).lot
    for lot in (let, neighbour):
        assert signed_in.get(kit_path(lot)).status_code == 404
        assert signed_in.get(f"{kit_path(lot)}telecharger/").status_code == 404

    Ownership.objects.filter(lot=home).update(ends_on=today - dt.timedelta(days=1))
    assert signed_in.get(kit_path(home)).status_code == 404
    assert "concerne les copropriétaires" in text(signed_in.get("/kit-de-vente/"))


def test_kit_holds_nothing_of_another_building_or_of_the_council(signed_in, home, books):
    other = FiscalYearFactory(building__agency=home.agency).building
    put_online(other, Kind.MAINTENANCE_LOG, "Carnet des voisins")

    assert "voisins" not in text(signed_in.get(kit_path(home)))


def test_cost_does_not_grow_with_lots_and_documents(signed_in, alice, home, books, assert_flat):
    put_online(home.building, Kind.MINUTES, "PV")

    def grow():
        for rank in range(8):
            put_online(home.building, Kind.MINUTES, f"PV {rank}")
            OwnershipFactory(client=alice, lot=LotFactory(building=home.building, kind=Lot.Kind.ANNEX))

    assert_flat(kit_path(home), grow)
    assert_flat("/kit-de-vente/", grow)
