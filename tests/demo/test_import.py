"""The demonstration's packages come in by the same import as anybody's, and change nothing the second time."""

import datetime as dt

import pytest

from parvis.agencies.models import Agency
from parvis.exchange.actions import Options, import_package
from parvis.ledger.models import Account, Entry
from parvis.ledger.rules import BalanceFacts
from parvis.people.models import FormerPassword
from tests.demo.test_books import facts
from tests.demo.worlds import MOULIN, TILLEULS, TODAY, books, package

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + dt.timedelta(days=1)


def bring_in(folder, *, agency=TILLEULS, today=TODAY):
    package(folder, agency=agency, today=today)
    return import_package(folder, Options(slug=agency.slug, create_agency=True, today=today))


def test_both_packages_come_in_whole_and_the_portal_knows_what_the_books_say(tmp_path):
    reports = [bring_in(tmp_path / "first"), bring_in(tmp_path / "second", agency=MOULIN)]

    assert all((report.is_applied, report.refused, report.created) == (True, 0, report.read) for report in reports)
    assert [agency.slug for agency in Agency.objects.at_host("127.0.0.1:8000")] == [TILLEULS.slug, MOULIN.slug]
    assert not Account.objects.filter(is_withheld=True).exists()
    assert FormerPassword.objects.count() > 10
    stored = {account.reference: account for account in Account.objects.with_due_dates(TODAY)}
    for account in books():
        assert known_of(stored[account.reference]) == facts(account, TODAY)


def known_of(account):
    """The same facts, as the database has them; a sum due later is not unpaid yet."""
    unpaid = account.oldest_unpaid_on
    return BalanceFacts(
        kind=account.kind,
        balance_cents=account.balance_cents,
        not_yet_due_cents=account.not_yet_due_cents,
        next_due_on=account.next_due_on,
        next_due_cents=account.next_due_cents,
        oldest_unpaid_on=unpaid if unpaid and unpaid <= TODAY else None,
        next_payout_on=account.next_payout_on,
        payment_mode=account.payment_mode,
        arrangement=account.arrangement,
    )


def test_the_second_time_nothing_changes_and_the_next_day_takes_nothing_back(tmp_path):
    bring_in(tmp_path, agency=MOULIN)
    before = Entry.objects.count()

    again = bring_in(tmp_path, agency=MOULIN)
    next_day = bring_in(tmp_path, agency=MOULIN, today=TOMORROW)

    assert (again.is_applied, again.unchanged) == (True, again.read)
    assert (next_day.is_applied, next_day.refused) == (True, 0)
    assert Entry.objects.count() >= before
    assert Agency.objects.get().data_as_of == TOMORROW
