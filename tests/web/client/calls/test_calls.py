"""« Pourquoi ce montant ? »: each sum in words, on the page, on paper, in a spreadsheet; no difference is hidden."""

import datetime as dt
import io
import re
from html import unescape

import pikepdf
import pypdfium2
import pytest
from django.utils import timezone

from parvis.kit.days import paris_day
from parvis.ledger.models import CallPart
from parvis.property.models import LotShare
from tests.factories import AccountFactory, CallFactory, ClientFactory
from tests.ledger.syndicats import BUDGET_CENTS, Syndicat

YEAR = paris_day(timezone.now()).year
# Session and login, the call, its parts; then the exercises, budgets, shares, keys and owners of the building.
QUERIES = 9
LIST_QUERIES = 4


@pytest.fixture
def syndicat(alice):
    return Syndicat(alice)


def path_of(call, ending=""):
    return f"/comptes/{call.account.public_id}/appels/{call.public_id}/{ending}"


def plain(content):
    text = unescape(re.sub(r"<[^>]+>", " ", content.decode()))
    return re.sub(r"\s+(?=[,.])", "", re.sub(r"\s+", " ", text.replace("\u202f", " ").replace("\u00a0", " ")))


def text_of(signed_in, path):
    response = signed_in.get(path)
    assert response.status_code == 200, path
    return plain(response.content)


def test_a_quarter_is_told_to_the_cent(signed_in, syndicat):
    call = syndicat.quarter(syndicat.year(YEAR), 2)

    page = text_of(signed_in, path_of(call))

    assert f"Pour l’exercice {YEAR}, l’assemblée a voté 57 000,00 € pour tout l’immeuble." in page
    assert "Votre part dans l’immeuble est de 319 sur 9 470 : 1 920,06 € pour l’année, au centime près." in page
    assert "Cet appel est le 2e sur 4 : 480,01 €." in page
    assert "1 920,06 € ne se divise pas exactement par 4." in page
    assert "Les 4 appels sont donc de 480,02 €, 480,01 €, 480,02 € et 480,01 €." in page
    assert "Total du calcul 480,01 €" in page
    assert f"Comptes de l’exercice {YEAR} : provisoires." in page
    assert "diffère" not in page


def test_a_difference_is_said_calmly_with_both_sums(signed_in, syndicat):
    call = syndicat.quarter(syndicat.year(YEAR), 1, more=1_240)

    page = text_of(signed_in, path_of(call))

    assert "Le détail calculé diffère de 12,40 € du montant appelé ; votre agence est prévenue." in page
    assert "Total du calcul 480,02 € Montant appelé 492,42 € Différence 12,40 €" in page


def test_a_late_vote_is_one_adjustment(signed_in, syndicat):
    syndicat.year(YEAR - 1, budget_cents=BUDGET_CENTS - 100_000)
    year = syndicat.year(YEAR, called_before_vote=1)

    before = text_of(signed_in, path_of(syndicat.quarter(year, 1)))
    after = text_of(signed_in, path_of(syndicat.quarter(year, 2)))

    assert "Le budget de l’exercice n’était pas encore voté : cet appel suit le budget précédent." in before
    assert f"Pour l’exercice {YEAR - 1}, il était de 56 000,00 € pour tout l’immeuble." in before
    assert "Ajustement après le vote du budget : Charges générales" in after
    assert "Le premier appel suivait l’ancien budget." in after
    assert "votre part de l’année passe de 1 886,38 € à 1 920,06 €." in after


def test_works_and_works_fund_have_their_own_lines(signed_in, syndicat):
    year = syndicat.year(YEAR)
    syndicat.fund(year, 285_000)
    days = dt.date(YEAR, 2, 1), dt.date(YEAR, 5, 1)
    works = syndicat.works(1_000_000, *days, from_fund=53_000)
    call = syndicat.call(48_002 + 2_400 + 15_950, due_on=days[0], fiscal_year=year, instalment=1)
    CallPart.objects.create(call=call, rank=2, works_operation=works, instalment=1)

    page = text_of(signed_in, path_of(call))

    assert "Fonds de travaux" in page
    assert "Travaux : réfection de la toiture Ces travaux demandent 9 470,00 € à tout l’immeuble." in page
    assert "Votre part dans l’immeuble est de 319 sur 9 470 : 319,00 € en tout." in page
    assert "diffère" not in page


def test_a_settlement_says_what_was_spent_and_what_was_paid(signed_in, syndicat):
    year = syndicat.approved(YEAR - 2, spent_cents=BUDGET_CENTS + 947_000)
    call = syndicat.call(31_900, due_on=dt.date(YEAR - 1, 7, 18), fiscal_year=year)

    page = text_of(signed_in, path_of(call))

    assert f"Pour l’exercice {YEAR - 2}, l’immeuble a dépensé 66 470,00 €." in page
    assert "Les appels de l’année vous en demandaient 1 920,06 € : il reste 319,00 €." in page
    assert f"approuvés en assemblée le 18 juin {YEAR - 1}." in page


def test_without_budget_the_page_says_so_plainly(signed_in, syndicat):
    call = syndicat.call(41_235, due_on=dt.date(YEAR, 1, 1))

    assert "Votre agence n’a pas transmis le détail de cet appel." in text_of(signed_in, path_of(call))
    listed = text_of(signed_in, f"/comptes/{syndicat.account.public_id}/appels/")
    assert "Votre agence ne transmet pas le budget de l’immeuble" in listed
    assert "Pourquoi ce montant ? Appel" not in listed
    assert [signed_in.get(path_of(call, name)).status_code for name in ("calcul.pdf", "calcul.csv")] == [404, 404]


def test_shares_that_do_not_add_up_are_not_calculated_with(signed_in, syndicat):
    call = syndicat.quarter(syndicat.year(YEAR), 1)
    LotShare.objects.filter(lot__number="2").update(shares=1)

    assert "Les parts des lots ne font pas le total de l’immeuble" in text_of(signed_in, path_of(call))


def test_a_withheld_account_shows_no_figure(signed_in, syndicat):
    call = syndicat.quarter(syndicat.year(YEAR), 1)
    syndicat.account.is_withheld = True
    syndicat.account.save(update_fields=["is_withheld"])

    pages = [text_of(signed_in, path) for path in (path_of(call), f"/comptes/{syndicat.account.public_id}/appels/")] + [
        text_of(signed_in, f"/comptes/{syndicat.account.public_id}/charges/")
    ]

    assert not any("480,02" in page for page in pages)
    assert all("en cours de correction par votre agence" in page for page in pages)


def test_the_spreadsheet_holds_the_same_numbers(signed_in, syndicat):
    call = syndicat.quarter(syndicat.year(YEAR), 2)

    response = signed_in.get(path_of(call, "calcul.csv"))

    lines = response.content.decode("utf-8-sig").split("\r\n")
    assert lines[1] == f"Charges générales;Charges générales;{YEAR};57000,00;319;9470;1920,06;;2;4;480,01"
    assert lines[2].split(";")[0::10] == ["Total du calcul", "480,01"]
    assert response["Content-Type"].startswith("text/csv")


def test_the_paper_is_tagged_french_and_holds_the_same_numbers(signed_in, syndicat):
    call = syndicat.quarter(syndicat.year(YEAR), 2, more=1_240)

    response = signed_in.get(path_of(call, "calcul.pdf"))

    page = pypdfium2.PdfDocument(response.content)[0].get_textpage().get_text_bounded()
    assert page.count("Alice Fontaine") == 1
    with pikepdf.open(io.BytesIO(response.content)) as document:
        root = document.Root
        assert bool(root.MarkInfo.Marked)
        assert str(root.Lang).startswith("fr")
        tags = tags_under(root.StructTreeRoot)
        assert document.docinfo.Title == "Pourquoi ce montant\u202f?"
    assert {"/Table", "/TH", "/TD", "/H1"} <= tags


def tags_under(node):
    """The structure elements of a tagged document."""
    if isinstance(node, pikepdf.Array):
        return set().union(*(tags_under(child) for child in node))
    if not isinstance(node, pikepdf.Dictionary):
        return set()
    return ({str(node.S)} if "/S" in node else set()) | (tags_under(node.K) if "/K" in node else set())


def test_the_list_holds_three_years_the_latest_first(signed_in, syndicat):
    syndicat.call(100, due_on=dt.date(YEAR - 4, 12, 31))
    old = syndicat.call(200, due_on=dt.date(YEAR - 3, 1, 1))
    new = syndicat.quarter(syndicat.year(YEAR), 1)

    page = text_of(signed_in, f"/comptes/{syndicat.account.public_id}/appels/")

    assert page.index("480,02 €") < page.index("2,00 €", page.index("480,02 €") + 8)
    assert " 1,00 €" not in page
    assert [new.amount_cents, old.amount_cents] == [48_002, 200]


def test_rents_are_listed_and_not_explained(signed_in, alice):
    account = AccountFactory(client=alice, kind="tenant")
    CallFactory(account=account, due_on=dt.date(YEAR, 1, 5), issued_on=dt.date(YEAR, 1, 1), label="Loyer de janvier")

    page = text_of(signed_in, f"/comptes/{account.public_id}/appels/")

    assert "Loyer de janvier" in page
    assert "ne transmet pas le budget" not in page
    assert signed_in.get(f"/comptes/{account.public_id}/charges/").status_code == 404


def test_a_guardian_reads_whose_call_it_is(signed_in, karine):
    syndicat = Syndicat(karine)

    page = text_of(signed_in, path_of(syndicat.quarter(syndicat.year(YEAR), 1)))

    assert "Compte de Madame Karine Cherif" in page
    assert "« vous » désigne le titulaire du compte" in page


def test_a_neighbour_s_call_does_not_exist(signed_in, alice, syndicat):
    other = Syndicat(ClientFactory(agency=alice.agency))
    theirs = other.quarter(other.year(YEAR), 1)

    for path in (path_of(theirs), path_of(theirs, "calcul.pdf"), path_of(theirs, "calcul.csv")):
        assert signed_in.get(path).status_code == 404
    mixed = f"/comptes/{syndicat.account.public_id}/appels/{theirs.public_id}/"
    assert signed_in.get(mixed).status_code == 404


@pytest.mark.parametrize("ending", ["", "calcul.csv"])
def test_one_page_asks_the_same_however_large_the_building(
    signed_in, alice, syndicat, django_assert_num_queries, ending
):
    call = syndicat.quarter(syndicat.year(YEAR), 1)
    path = path_of(call, ending)
    signed_in.get(path)

    with django_assert_num_queries(QUERIES):
        signed_in.get(path)
    for year in range(YEAR - 30, YEAR):
        syndicat.call(100, due_on=dt.date(year, 1, 1), fiscal_year=syndicat.year(year), instalment=1)
    with django_assert_num_queries(QUERIES):
        signed_in.get(path)


def test_the_list_asks_the_same_for_one_call_and_a_thousand(signed_in, syndicat, django_assert_num_queries):
    path = f"/comptes/{syndicat.account.public_id}/appels/"
    syndicat.call(100, due_on=dt.date(YEAR, 1, 1))
    signed_in.get(path)

    with django_assert_num_queries(LIST_QUERIES):
        signed_in.get(path)
    CallFactory.create_batch(1_000, account=syndicat.account, due_on=dt.date(YEAR, 2, 1), issued_on=dt.date(YEAR, 1, 1))
    with django_assert_num_queries(LIST_QUERIES):
        signed_in.get(path)
