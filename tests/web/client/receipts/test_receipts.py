"""A tenant reads what each month asks, what was paid, and gets the quittance in one tap."""

import datetime as dt
import io

import pikepdf
import pytest
from django.urls import reverse

from parvis.ledger.actions.receipts import issue_on_request
from parvis.ledger.models import RentReceipt
from parvis.people.models import Representation
from tests.factories import AccountFactory, ClientFactory, EntryFactory, TenancyFactory
from tests.ledger.tenants import MONTHLY_CENTS, NOVEMBER, demand, paid, rejected, tenant_account


@pytest.fixture
def rented(alice):
    """Alice is the tenant, and November is asked."""
    account = tenant_account(client=alice)
    demand(account)
    return account


def month_path(account, month=NOVEMBER) -> str:
    return reverse("client:receipts-month", args=[account.public_id, month])


def index_path(account) -> str:
    return reverse("client:receipts-index", args=[account.public_id])


def text_of(response) -> str:
    return response.content.decode()


def test_one_tap_opens_the_quittance_that_is_made(signed_in, rented):
    paid(rented)
    issue_on_request(account=rented, month=NOVEMBER, by=("system", ""))

    response = signed_in.get(month_path(rented))

    assert response.headers["Content-Type"] == "application/pdf"
    assert "inline" in response.headers["Content-Disposition"]
    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Quittance de loyer, novembre 2026"


def test_a_paid_month_without_quittance_gets_one_with_a_button(signed_in, rented):
    paid(rented)

    asked = signed_in.get(month_path(rented))
    made = signed_in.post(month_path(rented), follow=True)

    assert "Établir ma quittance" in text_of(asked)
    assert made.headers["Content-Type"] == "application/pdf"
    assert RentReceipt.objects.get().kind == RentReceipt.Kind.FULL


def test_a_month_paid_in_part_offers_a_receipt_and_says_what_is_left(signed_in, rented):
    paid(rented, cents=40_000)

    page = text_of(signed_in.get(month_path(rented)))

    assert "Il reste 445,00\u202f€ à payer" in page
    assert "Établir mon reçu" in page
    assert "Établir ma quittance" not in page


def test_an_unpaid_month_offers_nothing_and_refuses_a_forged_demand(signed_in, rented):
    page = text_of(signed_in.get(month_path(rented)))
    forged = signed_in.post(month_path(rented), follow=True)

    assert '<button class="button button-light">' not in page
    assert "Aucun paiement n’est enregistré pour cette période." in text_of(forged)
    assert not RentReceipt.objects.exists()


def test_a_month_never_asked_says_so(signed_in, rented):
    page = text_of(signed_in.get(month_path(rented, dt.date(2030, 1, 1))))

    assert "Aucun loyer n’est enregistré pour ce mois." in page


def test_the_list_tells_rent_charges_aid_and_what_is_left(signed_in, rented):
    paid(rented, cents=21_200, means="housing_aid")
    paid(rented, cents=10_000)

    page = text_of(signed_in.get(index_path(rented)))

    assert "loyer 720,00\u202f€, charges 125,00\u202f€" in page
    assert 'Aide au logement\u00a0: <span class="number">212,00\u202f€' in page
    assert 'Vous avez payé\u00a0: <span class="number">100,00\u202f€' in page
    assert 'Reste\u00a0: <span class="number">533,00\u202f€' in page
    assert "Payé en partie" in page


def test_a_year_at_a_time_the_last_one_first(signed_in, rented):
    demand(rented, month=dt.date(2025, 11, 1))

    newest, older = (
        text_of(signed_in.get(index_path(rented))),
        text_of(signed_in.get(index_path(rented), {"annee": 2025})),
    )

    assert "Novembre 2026" in newest
    assert "Novembre 2025" not in newest
    assert "Novembre 2025" in older
    assert "Novembre 2026" not in older


def test_a_cancelled_quittance_stays_in_sight_with_its_reason(signed_in, rented):
    paid(rented)
    receipt = issue_on_request(account=rented, month=NOVEMBER, by=("system", ""))
    rejected(rented)
    signed_in.post(month_path(rented))

    page = text_of(signed_in.get(index_path(rented)))

    receipt.refresh_from_db()
    assert receipt.cancelled_at is not None
    assert "Un paiement de cette période a été rejeté ou retiré." in page
    assert signed_in.get(reverse("client:receipts-file", args=[receipt.public_id])).status_code == 200


def test_a_withheld_account_shows_no_figure_and_certifies_nothing(signed_in, rented):
    paid(rented)
    rented.is_withheld = True
    rented.save(update_fields=["is_withheld"])

    page = text_of(signed_in.get(index_path(rented)))
    refused = signed_in.post(month_path(rented), follow=True)

    assert "845,00" not in page
    assert "Votre agence vérifie ce compte" in text_of(refused)
    assert signed_in.get(reverse("client:receipts-housing-aid", args=[rented.public_id])).status_code == 404


def test_the_attestation_for_the_caf_is_a_paper(signed_in, rented):
    paid(rented)

    response = signed_in.get(reverse("client:receipts-housing-aid", args=[rented.public_id]))

    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Attestation de loyer"


def test_a_joint_tenant_finds_theirs_though_the_account_is_another_s(signed_in, alice):
    account = tenant_account(client=ClientFactory(agency=alice.agency, first_name="Bob"))
    demand(account)
    paid(account)
    TenancyFactory(client=alice, lease=account.client.tenancies.get().lease)
    receipt = issue_on_request(account=account, month=NOVEMBER, by=("system", ""))

    page = text_of(signed_in.get(reverse("client:receipts-mine")))

    assert reverse("client:receipts-file", args=[receipt.public_id]) in page
    assert signed_in.get(index_path(account)).status_code == 404


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
    account = tenant_account(client=karine)
    demand(account)
    paid(account)
    receipt = issue_on_request(account=account, month=NOVEMBER, by=("system", ""))

    assert signed_in.get(index_path(account)).status_code == 404
    assert signed_in.get(month_path(account)).status_code == 404
    assert signed_in.get(reverse("client:receipts-file", args=[receipt.public_id])).status_code == 404
    assert "PDF" not in text_of(signed_in.get(reverse("client:receipts-mine")))


def test_an_account_that_is_no_tenant_s_has_no_quittances(signed_in, alice):
    account = AccountFactory(client=alice)

    assert signed_in.get(index_path(account)).status_code == 404


@pytest.mark.parametrize("months", [1, 30])
def test_queries_are_the_same_whatever_the_number_of_months(signed_in, rented, months, django_assert_num_queries):
    for number in range(months):
        month = dt.date(2024 + number // 12, number % 12 + 1, 1)
        demand(rented, month=month)
        paid(rented, on=month)
    issue_on_request(account=rented, month=dt.date(2024, 1, 1), by=("system", ""))

    with django_assert_num_queries(7):
        signed_in.get(index_path(rented))


@pytest.mark.parametrize("months", [1, 12])
def test_all_the_receipts_take_the_same_queries_as_one(signed_in, rented, months, django_assert_num_queries):
    for number in range(months):
        month = dt.date(2025, number + 1, 1)
        demand(rented, month=month)
        paid(rented, on=month)
        issue_on_request(account=rented, month=month, by=("system", ""))

    with django_assert_num_queries(3):
        signed_in.get(reverse("client:receipts-mine"))


def test_a_credit_note_is_no_payment(signed_in, rented):
    booked_credit = {"kind": "settlement", "debit_cents": 0, "credit_cents": 6_680, "booked_on": NOVEMBER}
    EntryFactory(account=rented, reference="RC-2025", label="Régularisation des charges", **booked_credit)
    paid(rented, cents=MONTHLY_CENTS - 6_680, on=NOVEMBER)

    page = text_of(signed_in.get(index_path(rented)))

    assert 'Avoir déduit\u00a0: <span class="number">66,80\u202f€' in page
    assert 'Vous avez payé\u00a0: <span class="number">778,20\u202f€' in page
