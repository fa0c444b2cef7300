"""The statement of account: the entries of the page as a PDF and as a spreadsheet, every balance the account's."""

import csv
import datetime as dt
import io
import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from parvis.ledger.models import FiscalYear
from parvis.web.client.accounts import views
from tests.factories import AccountFactory, BuildingFactory, EntryFactory, LotFactory, OwnershipFactory
from tests.web.client.accounts.reading import page_at, page_of

NAUGHTY = (Path(__file__).parents[3] / "data" / "naughty_strings.txt").read_text(encoding="utf-8").splitlines()
YEAR = "?periode=dates&du=2025-01-01&au=2025-12-31"


@pytest.fixture
def account(alice):
    """A debt from before, a call and a payment of 2025, a call since."""
    building = BuildingFactory(agency=alice.agency)
    account = AccountFactory(client=alice, building=building, reference="450-0142", balance_cents=-8000)
    OwnershipFactory(client=alice, lot=LotFactory(building=building))
    for day, debit, credit, label in (
        (dt.date(2024, 6, 1), 1000, 0, "Appel ancien"),
        (dt.date(2025, 2, 1), 412_35, 0, "APPEL PROV TRIM"),
        (dt.date(2025, 3, 1), 0, 400_00, "Prélèvement reçu"),
        (dt.date(2026, 1, 2), 57_65, 0, "Appel de charges"),
    ):
        kind = "payment" if credit else "call"
        EntryFactory(
            account=account, booked_on=day, debit_cents=debit, credit_cents=credit, label=label, kind=kind, piece="P-7"
        )
    return account


def book_naughty(account):
    """An entry under each of the strings that break things."""
    for rank, text in enumerate(NAUGHTY):
        words = text[:160].replace("\0", "")
        EntryFactory(account=account, label=words, detail=words, reference=rank)


def file_of(signed_in, account, ending, query=""):
    response = signed_in.get(f"/comptes/{account.public_id}/releve.{ending}{query}")
    assert response.status_code == 200
    return response


def rows_of(response):
    text = b"".join(response).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    return text.replace("\u202f", "").replace("\u00a0", " ").replace("\r\n", "\n")


def test_pdf_tells_the_period_with_its_balances(signed_in, account):
    response = file_of(signed_in, account, "pdf", YEAR)

    text = text_of(response.content)
    assert response.headers["Content-Type"] == "application/pdf"
    assert "releve-450-0142-2025-12-31.pdf" in response.headers["Content-Disposition"]
    for words in ("Relevé de compte", "Cabinet des Tilleuls", "Madame Alice Fontaine", "Syndicat des copropriétaires"):
        assert words in text
    assert text.index("Solde au 31") < text.index("10,00€") < text.index("412,35€") < text.index("+400,00€")
    assert "Appel de charges" in text
    assert "APPEL PROV TRIM" in text
    assert "22,35€, vous devez" in text
    assert "57,65" not in text
    assert "Page 1 sur 1" in text


def test_pdf_is_tagged_in_french_and_declares_its_standards(signed_in, account):
    pdf = pikepdf.open(io.BytesIO(file_of(signed_in, account, "pdf", YEAR).content))

    root = pdf.Root
    kinds = {str(node.S) for node in nodes_of(root.StructTreeRoot)}
    assert str(root.Lang).startswith("fr")
    assert bool(root.MarkInfo.Marked)
    assert {"/H1", "/Table", "/TH", "/TD", "/TR"} <= kinds
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["pdfaid:part"] == "2"
        assert metadata["dc:title"] == "Relevé de compte"


def nodes_of(element):
    """Every element of the structure below this one."""
    children = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from nodes_of(child)


def test_pdf_says_which_figures_may_still_change(signed_in, account):
    for year, state in ((2025, {"status": "approved", "approved_on": dt.date(2026, 5, 18)}), (2026, {})):
        FiscalYear.objects.create(
            agency=account.agency,
            building=account.building,
            reference=str(year),
            begins_on=dt.date(year, 1, 1),
            ends_on=dt.date(year, 12, 31),
            **state,
        )

    closed = text_of(file_of(signed_in, account, "pdf", "?periode=exercice-2025").content)
    current = text_of(file_of(signed_in, account, "pdf", "?periode=exercice-2026").content)
    rows = rows_of(file_of(signed_in, account, "csv", "?periode=tout"))

    assert "approuvé en assemblée le 18" in closed
    assert "provisoire" not in closed
    assert "Chiffres provisoires" in current
    assert [row[-1] for row in rows[1:-1]] == ["", "", *["approuvé en assemblée le 18\u00a0mai 2026"] * 2, "provisoire"]


def test_spreadsheet_adds_up(signed_in, account):
    rows = rows_of(file_of(signed_in, account, "csv", YEAR))

    assert rows[0][:2] == ["Date", "Opération"]
    assert [row[0] for row in rows[1:]] == ["2024-12-31", "2025-02-01", "2025-03-01", "2025-12-31"]
    assert [row[6:10] for row in rows[1:]] == [
        ["", "", "10,00", ""],
        ["412,35", "", "422,35", ""],
        ["", "400,00", "22,35", ""],
        ["", "", "22,35", ""],
    ]
    assert rows[2][1:6] == ["Appel de charges", "APPEL PROV TRIM", "", "Appel de fonds", "P-7"]


@pytest.mark.parametrize("ending", ["csv", "pdf"])
def test_file_holds_what_the_page_shows(signed_in, account, ending):
    query = f"{YEAR}&operations=payment"

    response = file_of(signed_in, account, ending, query)

    text = b"".join(response).decode() if ending == "csv" else text_of(response.content)
    assert "Prélèvement reçu" in text
    assert "22,35" in text
    assert "412,35" not in text
    assert f"releve.{ending}?periode=dates&amp;operations=payment" in page_of(signed_in, account, query)


NUMBER = re.compile(r"-\d+(,\d+)?", re.ASCII)  # a sum below zero is no formula


def test_no_cell_is_read_as_a_formula(signed_in, alice):
    account = AccountFactory(client=alice)
    book_naughty(account)

    rows = rows_of(file_of(signed_in, account, "csv", "?periode=tout"))

    assert len(rows) == len(NAUGHTY) + 3
    assert not [
        cell
        for row in rows
        for cell in row
        if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")) and not NUMBER.fullmatch(cell)
    ]


def test_any_text_can_be_printed(signed_in, alice):
    account = AccountFactory(client=alice)
    book_naughty(account)

    response = file_of(signed_in, account, "pdf", "?periode=tout")

    assert len(pypdfium2.PdfDocument(response.content)) > 1


def test_naughty_words_look_for_themselves_and_do_no_harm(signed_in, alice):
    account = AccountFactory(client=alice)
    EntryFactory(account=account)

    for text in NAUGHTY[::10]:
        response = signed_in.get(f"/comptes/{account.public_id}/", {"mot": text, "periode": "tout"})
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("ending", ["csv", "pdf"])
def test_refused_choice_leads_back_to_the_page(signed_in, account, ending):
    answer = signed_in.get(f"/comptes/{account.public_id}/releve.{ending}?du=demain")

    assert answer.status_code == 302
    page = page_at(signed_in, answer.url)
    assert "Renseignez une date complète" in page
    assert 'value="demain"' in page


@pytest.mark.parametrize(
    ("limit", "ending", "words"),
    [("MOST_PRINTED", "pdf", "ou le format tableur"), ("MOST_WRITTEN", "csv", "choisissez-en une plus courte")],
)
def test_too_long_a_statement_says_so(signed_in, account, monkeypatch, limit, ending, words):
    monkeypatch.setattr(views, limit, 1)

    answer = signed_in.get(f"/comptes/{account.public_id}/releve.{ending}{YEAR}", follow=True)

    page = answer.content.decode()
    assert words in page
    assert 'value="2025-01-01"' in page


@pytest.mark.parametrize("ending", ["csv", "pdf"])
def test_withheld_account_has_no_statement(signed_in, alice, ending):
    account = AccountFactory(client=alice, is_withheld=True)

    assert signed_in.get(f"/comptes/{account.public_id}/releve.{ending}").status_code == 404


def test_spreadsheet_reads_its_entries_once(signed_in, account, django_assert_max_num_queries):
    EntryFactory.create_batch(60, account=account, booked_on=dt.date(2025, 5, 5))

    with django_assert_max_num_queries(12):
        rows = rows_of(file_of(signed_in, account, "csv", YEAR))

    assert len(rows) == 65
