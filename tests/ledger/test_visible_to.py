import datetime as dt

import pytest

from parvis.ledger.models import Account, Call, Creditor, Entry
from tests.factories import AccountFactory, CallFactory, ClientFactory, EntryFactory
from tests.people.cast import neighbour_of, viewer_of

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 23)


def test_client_sees_own_account_its_lines_and_its_creditor():
    entry = EntryFactory()
    call = CallFactory(account=entry.account)

    viewer = viewer_of(entry.account.client)

    assert Account.objects.visible_to(viewer).get() == entry.account
    assert Entry.objects.visible_to(viewer).get() == entry
    assert Call.objects.visible_to(viewer).get() == call
    assert Creditor.objects.visible_to(viewer).get() == entry.account.creditor


def test_neighbour_sees_no_account():
    entry = EntryFactory()
    CallFactory(account=entry.account)

    charlie = neighbour_of(entry.account.client)

    for model in (Account, Entry, Call, Creditor):
        assert not model.objects.visible_to(charlie).exists()


def test_other_agency_sees_no_account():
    account = AccountFactory()

    viewer = viewer_of(ClientFactory())

    assert not Account.objects.visible_to(viewer).filter(pk=account.pk).exists()


def test_due_dates_tell_the_future_from_the_past():
    account = AccountFactory()
    EntryFactory(account=account, debit_cents=10000, due_on=dt.date(2026, 10, 1))
    EntryFactory(account=account, debit_cents=41235, due_on=dt.date(2027, 1, 1))
    CallFactory(account=account, due_on=dt.date(2026, 10, 1), issued_on=dt.date(2026, 9, 1))
    CallFactory(account=account, due_on=dt.date(2027, 4, 1), amount_cents=1)
    CallFactory(account=account, due_on=dt.date(2027, 1, 1), amount_cents=41235)

    found = Account.objects.with_due_dates(TODAY).get()

    assert found.not_yet_due_cents == 41235
    assert (found.next_due_on, found.next_due_cents) == (dt.date(2027, 1, 1), 41235)


def test_account_without_entry_has_nothing_due():
    AccountFactory()

    found = Account.objects.with_due_dates(TODAY).get()

    assert (found.not_yet_due_cents, found.next_due_on) == (0, None)
