"""« Charges des deux derniers exercices »: per key, compared with the year before, in a table and in a drawing."""

import datetime as dt
import re

import pytest

from parvis.ledger.models import Account, Creditor
from parvis.property.models import Ownership
from tests.factories import AccountFactory, ClientFactory, CreditorFactory
from tests.ledger.syndicats import Syndicat
from tests.web.client.calls.test_calls import YEAR, text_of

# Session and login, the account; then the exercises seen, and all that the building says.
QUERIES = 10


@pytest.fixture
def syndicat(alice):
    return Syndicat(alice)


def charges_of(signed_in, syndicat):
    return text_of(signed_in, f"/comptes/{syndicat.account.public_id}/charges/")


def test_two_closed_years_stand_side_by_side(signed_in, syndicat):
    syndicat.approved(YEAR - 3, spent_cents=94_700)
    syndicat.approved(YEAR - 2, spent_cents=947_000)
    year = syndicat.year(YEAR - 1, status="closed")
    syndicat.spend(year, 1_894_000)
    syndicat.spend(syndicat.year(YEAR), 9_470_000)

    page = charges_of(signed_in, syndicat)

    assert f"Vos charges, {YEAR - 1} et {YEAR - 2}" in page
    assert f"Charges générales 638,00 € en {YEAR - 1} 319,00 € en {YEAR - 2}" in page
    assert f"Total 638,00 € en {YEAR - 1} 319,00 € en {YEAR - 2}" in page
    assert "3 190,00 €" not in page
    assert "31,90 €" not in page
    assert f"Comptes de l’exercice {YEAR - 1} : arrêtés, à approuver en assemblée." in page
    assert f"Comptes de l’exercice {YEAR - 2} : approuvés en assemblée le 18 juin {YEAR - 1}." in page
    assert f"En {YEAR - 1}, vos charges courantes sont de 638,00 €. Les appels vous en demandaient 1 920,06 €" in page


def test_the_drawing_says_in_words_what_it_shows(signed_in, syndicat):
    syndicat.approved(YEAR - 3, spent_cents=947_000)
    syndicat.approved(YEAR - 2, spent_cents=1_894_000)

    page = signed_in.get(f"/comptes/{syndicat.account.public_id}/charges/").content.decode()

    drawing = page[page.index('<svg class="chart"') : page.index("</svg>", page.index('<svg class="chart"'))]
    assert 'role="img" aria-labelledby="image"' in drawing
    assert '<title id="image">Vos charges par poste' in drawing
    lengths = [int(found) for found in re.findall(r'<rect y="\d+" width="(\d+)"', drawing)]
    assert lengths == [240, 120, 240, 120]


def test_works_and_the_fund_are_charges_outside_the_budget(signed_in, syndicat):
    year = syndicat.approved(YEAR - 2, spent_cents=947_000)
    syndicat.fund(year, 94_700)
    syndicat.works(947_000, dt.date(YEAR - 2, 3, 1), dt.date(YEAR - 1, 3, 1))

    page = charges_of(signed_in, syndicat)

    assert "Travaux : réfection de la toiture 159,50 €" in page
    assert "Fonds de travaux 31,90 €" in page


def test_the_part_of_the_fund_is_what_was_paid_less_what_works_took(signed_in, syndicat):
    first = syndicat.approved(YEAR - 3, spent_cents=947_000)
    first.works_fund_at_start_cents = 947_000
    first.save(update_fields=["works_fund_at_start_cents"])
    last = syndicat.approved(YEAR - 2, spent_cents=947_000)
    for year in (first, last, syndicat.year(YEAR - 1)):
        syndicat.fund(year, 94_700)
    syndicat.works(947_000, dt.date(YEAR - 2, 3, 1), from_fund=189_400)

    page = charges_of(signed_in, syndicat)

    assert "Votre part du fonds de travaux 319,00 €" in page
    assert f"Au 31 décembre {YEAR - 2}, clôture de l’exercice {YEAR - 2}." in page
    assert "elle reste à l’immeuble" in page


def test_without_exercises_the_page_says_so_plainly(signed_in, syndicat):
    page = charges_of(signed_in, syndicat)

    assert "Votre agence ne transmet pas les dépenses de l’immeuble par exercice" in page
    assert signed_in.get(f"/comptes/{syndicat.account.public_id}/charges/charges.csv").status_code == 404


def test_years_before_the_purchase_are_not_the_new_owner_s(signed_in, syndicat):
    syndicat.approved(YEAR - 3, spent_cents=947_000)
    syndicat.approved(YEAR - 2, spent_cents=1_894_000)
    Ownership.objects.update(starts_on=dt.date(YEAR - 2, 1, 1) + dt.timedelta(days=200))

    page = charges_of(signed_in, syndicat)

    assert f"en {YEAR - 2}" in page
    assert f"en {YEAR - 3}" not in page


def test_years_after_the_sale_are_not_the_former_owner_s(signed_in, syndicat):
    syndicat.approved(YEAR - 3, spent_cents=947_000)
    syndicat.approved(YEAR - 2, spent_cents=1_894_000)
    Ownership.objects.update(ends_on=dt.date(YEAR - 3, 12, 31))

    page = charges_of(signed_in, syndicat)

    assert f"en {YEAR - 3}" in page
    assert f"en {YEAR - 2}" not in page


def test_the_spreadsheet_holds_the_table(signed_in, syndicat):
    syndicat.approved(YEAR - 3, spent_cents=947_000)
    syndicat.approved(YEAR - 2, spent_cents=1_894_000)

    response = signed_in.get(f"/comptes/{syndicat.account.public_id}/charges/charges.csv")

    assert response.content.decode("utf-8-sig").splitlines() == [
        f"Charge;Exercice {YEAR - 2};Exercice {YEAR - 3}",
        "Charges générales;638,00;319,00",
        "Total;638,00;319,00",
    ]


def test_a_neighbour_s_charges_do_not_exist(signed_in, alice):
    theirs = AccountFactory(client=ClientFactory(agency=alice.agency))

    assert signed_in.get(f"/comptes/{theirs.public_id}/charges/").status_code == 404
    assert signed_in.get(f"/comptes/{theirs.public_id}/charges/charges.csv").status_code == 404


def test_the_page_asks_the_same_for_two_years_and_for_thirty(signed_in, syndicat, django_assert_num_queries):
    syndicat.approved(YEAR - 3, spent_cents=947_000)
    syndicat.approved(YEAR - 2, spent_cents=947_000)
    path = f"/comptes/{syndicat.account.public_id}/charges/"
    signed_in.get(path)

    with django_assert_num_queries(QUERIES):
        signed_in.get(path)
    for year in range(YEAR - 30, YEAR - 3):
        syndicat.approved(year, spent_cents=947_000)
    with django_assert_num_queries(QUERIES):
        signed_in.get(path)


def test_who_sold_sees_what_was_called_of_them_and_not_the_settlement_nor_the_fund(signed_in, syndicat):
    year = syndicat.approved(YEAR - 2, spent_cents=1_894_000)
    syndicat.fund(year, 94_700)
    Ownership.objects.update(ends_on=dt.date(YEAR - 2, 8, 31))

    page = charges_of(signed_in, syndicat)

    assert f"Charges générales 1 440,05 € en {YEAR - 2}" in page
    assert f"Fonds de travaux 23,93 € en {YEAR - 2}" in page
    assert "pendant que vous déteniez le lot vous demandaient 1 440,05 €" in page
    assert "La régularisation revient à qui détient le lot le jour où les comptes sont approuvés." in page
    assert "638,00" not in page
    assert "1 920,06" not in page
    assert "Votre part du fonds de travaux" not in page


def test_who_bought_bears_the_calls_since_and_the_settlement(signed_in, syndicat):
    syndicat.approved(YEAR - 2, spent_cents=1_894_000)
    Ownership.objects.update(starts_on=dt.date(YEAR - 2, 9, 1))

    page = charges_of(signed_in, syndicat)

    assert "pendant que vous déteniez le lot vous demandaient 480,01 €" in page
    assert "À la régularisation, 1 282,06 € vous revenaient." in page
    assert f"Total \u2212802,05 € en {YEAR - 2}" in page


def test_a_bare_owner_s_fund_is_that_of_the_lot(signed_in, syndicat):
    year = syndicat.approved(YEAR - 2, spent_cents=1_894_000)
    syndicat.fund(year, 94_700)
    Ownership.objects.update(kind=Ownership.Kind.BARE)

    page = charges_of(signed_in, syndicat)

    assert "Votre part du fonds de travaux 31,90 €" in page
    assert "638,00" not in page


def test_the_account_of_an_association_tells_no_charge_of_the_syndicat(signed_in, syndicat):
    syndicat.approved(YEAR - 2, spent_cents=1_894_000)
    association = CreditorFactory(agency=syndicat.client.agency, kind=Creditor.Kind.FREE_ASSOCIATION)
    Account.objects.filter(pk=syndicat.account.pk).update(creditor=association)
    path = f"/comptes/{syndicat.account.public_id}/"

    for page in (signed_in.get(path), signed_in.get(f"{path}appels/")):
        assert page.status_code == 200
        assert f"{path}charges/" not in page.content.decode()
    assert signed_in.get(f"{path}charges/").status_code == 404
    assert signed_in.get(f"{path}charges/charges.csv").status_code == 404
