"""A landlord reads the year, each month or quarter, the summary of the 2044 and what the tenant owes of the charges."""

import csv
import datetime as dt
import io
import re

import pikepdf
import pypdfium2
import pytest
from django.urls import reverse

from parvis.ledger.models import Expense, FiscalYear
from parvis.people.models import Representation
from tests.factories import (
    AccountFactory,
    AllocationKeyFactory,
    ClientFactory,
    LotFactory,
    LotShareFactory,
    OwnershipFactory,
)
from tests.ledger.landlords import booked, collected, landlord_account
from tests.ledger.tenants import demand, paid


@pytest.fixture
def managed(alice):
    account = landlord_account(alice)
    collected(account, month=10)
    collected(account, month=11)
    booked(account, dt.date(2026, 11, 9), kind="works", label="Travaux : chauffe-eau", debit_cents=98_450)
    return account


def path(name, account, *arguments) -> str:
    return reverse(f"client:letting-{name}", args=[account.public_id, *arguments])


def text_of(response) -> str:
    return response.content.decode()


def pdf_text(content: bytes) -> str:
    return " ".join(pypdfium2.PdfDocument(content)[0].get_textpage().get_text_bounded().split())


def test_the_year_tells_rents_fees_with_their_vat_works_and_the_next_payout(signed_in, managed):
    page = text_of(signed_in.get(path("index", managed)))

    assert "+\u202f1\u202f690,00\u202f€" in page
    assert 'Dont charges des locataires</dt><dd class="number">250,00\u202f€' in page
    assert 'Dont TVA</dt><dd class="number">20,28\u202f€' in page
    assert 'Prévu le <time datetime="2026-12-08">' in page


def tenant_of(account):
    """The account of somebody who rents that flat."""
    client = ClientFactory(agency=account.agency)
    return AccountFactory(client=client, kind="tenant", lot=account.lot, building=account.building)


def test_the_rents_of_this_month_are_received_or_awaited(signed_in, managed, today):
    tenant = tenant_of(managed)
    demand(tenant, month=today.replace(day=1))

    awaited = text_of(signed_in.get(path("index", managed)))
    paid(tenant, on=today)
    received = text_of(signed_in.get(path("index", managed)))

    assert ">Attendu<" in awaited
    assert ">Reçu<" in received


@pytest.mark.parametrize(
    ("slug", "opening", "closing"), [("2026-11", "784,16", "583,82"), ("2026-t4", "0,00", "583,82")]
)
def test_a_statement_leads_from_one_balance_to_the_next(signed_in, managed, slug, opening, closing):
    page = text_of(signed_in.get(path("statement", managed, slug)))
    pdf = signed_in.get(path("statement-pdf", managed, slug)).content

    for words in (opening, closing, "Honoraires de gestion"):
        assert words in page
    assert closing in pdf_text(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert str(opened.Root.Lang).lower().startswith("fr")


def test_a_statement_tells_the_vat_of_fees_and_none_of_what_bears_none(signed_in, alice):
    account = landlord_account(alice)
    booked(account, dt.date(2026, 11, 9), kind="payout", label="Versement", debit_cents=50_000)
    without = pdf_text(signed_in.get(path("statement-pdf", account, "2026-11")).content)
    collected(account, month=11)

    assert "Dont TVA" not in without
    assert "Dont TVA" in pdf_text(signed_in.get(path("statement-pdf", account, "2026-11")).content)


def test_a_month_begins_with_a_capital_where_it_stands_alone(signed_in, managed):
    page = text_of(signed_in.get(path("statement", managed, "2026-11")))

    assert 'aria-current="page">Novembre 2026' in page.replace("\u00a0", " ")


def test_a_period_that_runs_is_provisional_one_that_is_over_is_closed(signed_in, managed):
    assert "Provisoire" in text_of(signed_in.get(path("statement", managed, "2026-t4")))
    assert "Arrêté" in text_of(signed_in.get(path("statement", managed, "2026-10")))


@pytest.mark.parametrize("slug", ["2026-13", "2026-t5", "demain", "2099-01"])
def test_a_period_that_is_none_does_not_exist(signed_in, managed, slug):
    assert signed_in.get(path("statement", managed, slug)).status_code == 404


def test_the_2044_summary_line_by_line(signed_in, managed):
    booked(managed, dt.date(2026, 10, 15), kind="other", label="Taxe foncière", debit_cents=90_000, tax_line="227")

    page = text_of(signed_in.get(path("income", managed, 2026)))
    pdf = pdf_text(signed_in.get(path("income-pdf", managed, 2026)).content)
    rows = list(csv.reader(io.StringIO(text_of(signed_in.get(path("income-csv", managed, 2026)))), delimiter=";"))

    lines = {row[0]: row[2] for row in rows}
    assert lines["211"] == "1440,00"
    assert (lines["221"], lines["222"], lines["224"], lines["227"]) == ("121,68", "20,00", "984,50", "900,00")
    assert lines["250"] == ""
    assert "Ligne 211. Loyers bruts encaissés" in page
    assert "À compléter par vous" in page
    assert "À compléter par vous" in pdf
    assert "aide à votre déclaration" in pdf


def test_what_the_books_do_not_classify_is_asked_for(signed_in, managed):
    booked(managed, dt.date(2026, 10, 15), kind="other", label="Serrurier", debit_cents=9_000)

    page = text_of(signed_in.get(path("income", managed, 2026)))

    assert "À classer avec votre agence" in page
    assert "Serrurier" in page


def test_a_year_without_movement_has_no_summary(signed_in, managed):
    assert signed_in.get(path("income", managed, 2020)).status_code == 404


def test_recoverable_charges_of_the_approved_accounts(signed_in, alice, managed):
    spend(alice, managed.lot)

    page = text_of(signed_in.get(path("charges", managed)))

    assert "exercice 2025" in page
    assert "250,00\u202f€" in page
    assert "récupérable\u00a0: 100,00\u202f€" in page
    assert "récupérable\u00a0: 0,00\u202f€" in page
    assert page.count("Eau") == 1


def test_the_part_of_the_charges_is_that_of_the_co_owner_s_account(signed_in, alice, managed):
    spend(alice, managed.lot, bills=[("616", name, 101) for name in ("Assurance", "Ravalement", "Serrurier")])
    account = AccountFactory(client=alice, building=managed.building)

    let = text_of(signed_in.get(path("charges", managed)))
    owned = text_of(signed_in.get(reverse("client:calls-charges", args=[account.public_id])))

    (told,) = re.findall(r"vos charges courantes sont de (.+?)\. Les", owned)
    assert told in ("1,51\u202f€", "1,52\u202f€")
    assert told in let


BILLS = (("601", "Eau", 15_000), ("601", "Eau", 5_000), ("616", "Assurance", 30_000))


def spend(alice, lot, *, bills=BILLS):
    """Half the building is Alice's: 200 € of water, 300 € of insurance, when nothing else is said."""
    key = AllocationKeyFactory(building=lot.building, total_shares=10)
    OwnershipFactory(client=alice, lot=lot)
    LotShareFactory(key=key, lot=lot, shares=5)
    LotShareFactory(key=key, lot=LotFactory(building=lot.building), shares=5)
    year = FiscalYear.objects.create(
        agency=alice.agency,
        building=lot.building,
        reference="2025",
        begins_on=dt.date(2025, 1, 1),
        ends_on=dt.date(2025, 12, 31),
        status=FiscalYear.Status.APPROVED,
        approved_on=dt.date(2026, 6, 18),
    )
    for rank, (account, label, cents) in enumerate(bills):
        Expense.objects.create(
            agency=alice.agency,
            fiscal_year=year,
            key=key,
            reference=f"{label} {rank}",
            chart_account=account,
            label=label,
            booked_on=dt.date(2025, 5, 5),
            amount_cents=cents,
        )


def test_without_approved_accounts_the_charges_are_to_come(signed_in, managed):
    assert "quand l’assemblée aura approuvé" in text_of(signed_in.get(path("charges", managed)))


def test_a_representative_who_may_not_read_accounts_sees_nothing(signed_in, alice, today):
    karine = ClientFactory(agency=alice.agency, first_name="Karine")
    Representation.objects.create(
        agency=alice.agency,
        client=karine,
        representative=alice,
        role="guardian",
        may_read_accounts=False,
        starts_on=today,
    )
    account = landlord_account(karine)
    collected(account, month=10)

    for name, *arguments in (("index",), ("statement", "2026-10"), ("income", 2026), ("charges",)):
        assert signed_in.get(path(name, account, *arguments)).status_code == 404


def test_a_withheld_account_and_a_tenant_s_have_no_gerance(signed_in, alice, managed):
    managed.is_withheld = True
    managed.save(update_fields=["is_withheld"])

    for account in (managed, AccountFactory(client=alice, kind="tenant")):
        assert signed_in.get(path("index", account)).status_code == 404


@pytest.mark.parametrize("name", ["index", "statement", "income", "charges"])
@pytest.mark.parametrize("count", [1, 40])
def test_queries_are_the_same_whatever_the_number_of_lines(
    signed_in, managed, today, name, count, django_assert_num_queries
):
    for _number in range(count):
        booked(managed, dt.date(2026, 11, 3), kind="rent", label="Loyer encaissé", credit_cents=1_000)
        demand(tenant_of(managed), month=today.replace(day=1))
    spend(managed.client, managed.lot)
    arguments = {"statement": ["2026-11"], "income": [2026]}.get(name, [])

    with django_assert_num_queries({"index": 7, "charges": 7, "income": 5}.get(name, 4)):
        signed_in.get(path(name, managed, *arguments))
