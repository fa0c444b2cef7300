"""One account: its entries with the balance after each, and how to pay it."""

import datetime as dt
import re

import pytest

from parvis.kit.french_dates import long_date
from tests.factories import AccountFactory, CallFactory, ClientFactory, CreditorFactory, EntryFactory
from tests.web.client.accounts.reading import cells, page_of

DAY = dt.date(2026, 9, 1)


def test_each_entry_carries_the_balance_after_it(signed_in, alice):
    account = AccountFactory(client=alice, balance_cents=-1000)
    EntryFactory(account=account, booked_on=DAY, debit_cents=5000)
    EntryFactory(account=account, booked_on=DAY + dt.timedelta(1), debit_cents=0, credit_cents=7000)
    EntryFactory(account=account, booked_on=DAY + dt.timedelta(40), debit_cents=3000)

    page = page_of(signed_in, account)

    assert cells(page, "ledger-amount") == ["30,00 €", "+ 70,00 €", "50,00 €"]
    assert cells(page, "ledger-after") == ["10,00 €", "+ 20,00 €", "50,00 €"]
    assert page.index("Octobre 2026") < page.index("Septembre 2026")


def test_each_entry_says_for_whom_it_counts(signed_in, alice):
    account = AccountFactory(client=alice, kind="landlord")
    EntryFactory(account=account, kind="rent", debit_cents=0, credit_cents=84500)
    EntryFactory(account=account, kind="fees", debit_cents=5000, booked_on=DAY)
    EntryFactory(account=account, kind="payout", debit_cents=79500, booked_on=DAY - dt.timedelta(40))

    page = page_of(signed_in, account)

    shown = re.findall(r'class="ledger-amount[^"]*">[^<]*<small>([^<]*)<', page)
    assert shown == ["en votre faveur", "à votre charge", "versé"]


def test_a_tenant_has_the_quittance_of_the_month_in_one_tap(signed_in, alice):
    account = AccountFactory(client=alice, kind="tenant", as_of=dt.date(2026, 10, 22))

    page = page_of(signed_in, account)

    assert f"/comptes/{account.public_id}/quittances/2026-10/" in page
    assert "Ma quittance d’octobre 2026" in page


def test_a_landlord_is_led_to_what_the_agency_manages(signed_in, alice):
    account = AccountFactory(client=alice, kind="landlord")

    assert f"/comptes/{account.public_id}/gerance/" in page_of(signed_in, account)


def test_opening_balance_in_the_middle_of_the_past_is_left_out(signed_in, alice):
    account = AccountFactory(client=alice, balance_cents=-5000)
    EntryFactory(account=account, booked_on=DAY, debit_cents=5000)
    later = DAY + dt.timedelta(90)
    EntryFactory(
        account=account, booked_on=later, debit_cents=5000, is_opening=True, is_counted=False, label="À-nouveau"
    )

    page = page_of(signed_in, account)

    assert "À-nouveau" not in page
    assert cells(page, "ledger-after") == ["50,00 €"]


def test_opening_balance_before_all_else_is_where_the_past_begins(signed_in, alice):
    account = AccountFactory(client=alice, balance_cents=-6000)
    EntryFactory(account=account, booked_on=DAY, debit_cents=5000, is_opening=True, label="À-nouveau")
    EntryFactory(account=account, booked_on=DAY + dt.timedelta(9), debit_cents=1000)

    page = page_of(signed_in, account)

    assert cells(page, "ledger-after") == ["60,00 €", "50,00 €"]


def test_who_owes_learns_whom_to_pay_and_how(signed_in, alice):
    creditor = CreditorFactory(agency=alice.agency, bic="AGRIFRPP")
    account = AccountFactory(client=alice, creditor=creditor, balance_cents=-1000, payment_reference="REF-7")

    page = page_of(signed_in, account)

    assert "Syndicat des copropriétaires Les Acacias" in page
    assert "FR76 3000 6000 0112 3456 7890 189" in page
    assert "AGRIFRPP" in page
    assert "REF-7" in page
    assert "Syndicat Les Acacias" in page


@pytest.mark.parametrize("kind", ["co_owner", "tenant"])
@pytest.mark.parametrize("balance_cents", [-1000, 0, 1000])
def test_way_to_pay_stands_on_every_account_that_the_client_pays(signed_in, alice, kind, balance_cents):
    account = AccountFactory(client=alice, kind=kind, balance_cents=balance_cents)

    page = page_of(signed_in, account)

    assert 'id="payer"' in page
    assert "FR76 3000" in page


@pytest.mark.parametrize(
    "state",
    [
        {"kind": "landlord", "balance_cents": 0},
        {"kind": "landlord", "balance_cents": 1000},
        {"balance_cents": -1000, "is_withheld": True},
        {"balance_cents": 0, "closed_on": DAY},
    ],
)
def test_account_that_the_client_does_not_pay_shows_no_way_to_pay(signed_in, alice, state):
    account = AccountFactory(client=alice, **state)

    assert 'id="payer"' not in page_of(signed_in, account)


@pytest.mark.parametrize(
    "state",
    [
        {"kind": "landlord"},
        {"oldest_unpaid_on": DAY},
        {"oldest_unpaid_on": DAY, "payment_mode": "direct_debit"},
        {"arrangement": "plan"},
    ],
)
def test_button_of_the_accueil_leads_to_a_way_to_pay(signed_in, alice, state):
    creditor = CreditorFactory(agency=alice.agency, kind="mandates", name="Cabinet des Tilleuls, compte des mandants")
    account = AccountFactory(client=alice, creditor=creditor, balance_cents=-1000, **state)

    home, page = signed_in.get("/").content.decode(), page_of(signed_in, account)

    assert f'href="/comptes/{account.public_id}/#payer"' in home
    assert 'id="payer"' in page
    assert "Cabinet des Tilleuls, compte des mandants" in page
    assert "FR76 3000 6000 0112 3456 7890 189" in page
    assert "Syndicat Les Acacias" in page  # the order of the cheque


@pytest.mark.parametrize(
    ("arrangement", "flag", "word"),
    [("plan", "Échéancier en cours", "échéancier"), ("dispute", "Somme contestée", "contestée")],
)
def test_plan_or_dispute_is_told_once(signed_in, alice, arrangement, flag, word):
    account = AccountFactory(client=alice, balance_cents=-1000, arrangement=arrangement)

    for page in (signed_in.get("/").content.decode(), page_of(signed_in, account)):
        assert f"<strong>{flag}</strong>" in page
        assert page.lower().count(word) == 1


def test_plan_leaves_the_way_to_pay_open(signed_in, alice):
    account = AccountFactory(client=alice, balance_cents=-1000, arrangement="plan")

    page = page_of(signed_in, account)

    assert 'id="payer"' in page
    assert "<summary>Payer" not in page


def test_disputed_sum_is_not_asked_for(signed_in, alice):
    account = AccountFactory(client=alice, balance_cents=-1000, arrangement="dispute")

    page = page_of(signed_in, account)

    assert "Comment payer</a>" not in signed_in.get("/").content.decode()
    assert page.index("<summary>Payer une autre somme</summary>") < page.index("FR76 3000")


def test_direct_debit_names_its_creditor_and_folds_other_ways(signed_in, alice, today):
    due_on = today + dt.timedelta(3)
    account = AccountFactory(client=alice, balance_cents=-1000, payment_mode="direct_debit")
    EntryFactory(account=account, due_on=due_on, debit_cents=1000)
    CallFactory(account=account, issued_on=today, due_on=due_on, amount_cents=1000)

    page = page_of(signed_in, account)

    assert f"Prélèvement prévu le {long_date(due_on)}, vous n’avez rien à faire." in page
    assert "Bénéficiaire\u00a0: Syndicat des copropriétaires Les Acacias." in page
    assert page.index("<summary>Payer autrement</summary>") < page.index("FR76 3000")


def test_direct_debit_without_a_date_asks_for_nothing(signed_in, alice):
    account = AccountFactory(client=alice, balance_cents=0, payment_mode="direct_debit")

    assert "Ce compte est payé par prélèvement, vous n’avez rien à faire." in page_of(signed_in, account)


def test_direct_debit_that_did_not_come_leaves_the_way_to_pay_open(signed_in, alice):
    account = AccountFactory(
        client=alice, balance_cents=-1000, payment_mode="direct_debit", oldest_unpaid_on=dt.date(2026, 1, 1)
    )

    page = page_of(signed_in, account)

    assert "rien à faire" not in page
    assert "<summary>Payer" not in page
    assert "FR76 3000" in page


@pytest.mark.parametrize("path", ["/", "/comptes/", None])
def test_late_sum_says_that_it_is_owed(signed_in, alice, path):
    account = AccountFactory(client=alice, balance_cents=-1000, oldest_unpaid_on=DAY)

    page = page_of(signed_in, account) if path is None else signed_in.get(path).content.decode()

    assert page.index(">Vous devez</p>") < page.index("10,00\u202f€") < page.index("Cette somme était attendue le")


def test_words_of_a_balance_are_not_said_twice(signed_in, alice):
    account = AccountFactory(client=alice, balance_cents=-1000)

    assert page_of(signed_in, account).count("Vous devez") == 1


def test_withheld_account_shows_neither_figure_nor_entry(signed_in, alice, today):
    account = AccountFactory(client=alice, balance_cents=-41235, is_withheld=True)
    EntryFactory(account=account, label="Écriture refusée")
    CallFactory(account=account, issued_on=today, due_on=today)

    page = page_of(signed_in, account)

    assert "Situation incomplète" in page
    assert "412,35" not in page
    assert "Écriture refusée" not in page


def test_account_of_somebody_else_does_not_exist(signed_in, alice):
    account = AccountFactory(client=ClientFactory(agency=alice.agency))

    assert signed_in.get(f"/comptes/{account.public_id}/").status_code == 404


def test_what_the_agency_typed_cannot_become_code(signed_in, alice):
    account = AccountFactory(client=alice)
    EntryFactory(account=account, label="<script>alert(1)</script>", detail="<img src=x onerror=alert(1)>")

    page = page_of(signed_in, account)

    assert "<script>alert" not in page
    assert "<img" not in page


def test_cost_does_not_grow_with_the_entries(signed_in, alice, assert_flat):
    account = AccountFactory(client=alice)
    EntryFactory(account=account)

    assert_flat(f"/comptes/{account.public_id}/", lambda: EntryFactory.create_batch(30, account=account))


@pytest.mark.parametrize("typed", ["inconnu", "%00", "%F0%9F%98%80", "a" * 5000, "..%2F..", "A" * 26, "1' OR '1'='1"])
def test_whatever_else_stands_in_the_address_does_not_exist(signed_in, typed):
    assert signed_in.get(f"/comptes/{typed}/").status_code == 404
    assert signed_in.get(f"/biens/{typed}/").status_code == 404
    assert signed_in.get(f"/interventions/{typed}/").status_code == 404
