import pytest

from parvis.ledger.models import Entry
from tests.factories import AccountFactory, ClientFactory, EntryFactory


@pytest.fixture
def account(erp):
    return AccountFactory(client=ClientFactory(agency=erp.agency))


def entry(of, /, **changed):
    return {
        "account": of.reference,
        "reference": "E1",
        "booked_on": "2026-10-01",
        "kind": "call",
        "label": "Appel de charges",
        "debit": "412.35",
        "credit": "0.00",
        **changed,
    }


def test_the_balance_follows_the_entries(erp, account):
    erp.put("entries", {"rows": [entry(account)]})
    paid = entry(account, reference="E2", kind="payment", label="Virement", debit="0.00", credit="12.35")
    answer = erp.put("entries", {"rows": [paid]})

    account.refresh_from_db()
    assert answer.json()["created"] == 1
    assert account.balance_cents == -40000


def test_an_entry_sent_again_is_not_counted_twice(erp, account):
    erp.put("entries", {"rows": [entry(account)]})
    answer = erp.put("entries", {"rows": [entry(account)]})

    account.refresh_from_db()
    assert answer.json() == {"read": 1, "created": 0, "changed": 0, "unchanged": 1}
    assert account.balance_cents == -41235


def test_entries_that_are_not_sent_stay(erp, account):
    EntryFactory(account=account, reference="E0", debit_cents=100)

    erp.put("entries", {"rows": [entry(account)]})

    account.refresh_from_db()
    assert set(account.entries.values_list("reference", flat=True)) == {"E0", "E1"}
    assert account.balance_cents == -41335


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"booked_on": "2026-02-30"}, "booked_on"),
        ({"account": "unknown"}, "account"),
        ({"credit": "1.00"}, "debit"),
    ],
)
def test_a_refused_entry_changes_nothing_and_withholds_nothing(erp, account, changed, column):
    answer = erp.put("entries", {"rows": [entry(account, reference="E2"), entry(account, **changed)]})

    account.refresh_from_db()
    assert answer.status_code == 422
    assert f"/rows/1/{column}" in [error["pointer"] for error in answer.json()["errors"]]
    assert not Entry.objects.exists()
    assert not account.is_withheld


def test_an_entry_given_twice_is_refused(erp, account):
    answer = erp.put("entries", {"rows": [entry(account), entry(account)]})

    assert answer.status_code == 422
    assert not Entry.objects.exists()


def test_the_accounts_of_another_agency_are_out_of_reach(other_erp, account):
    answer = other_erp.put("entries", {"rows": [entry(account)]})

    assert answer.status_code == 422
    assert not Entry.objects.exists()
