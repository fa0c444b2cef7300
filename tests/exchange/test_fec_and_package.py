"""An account whose lines come by FEC beside the package that brings its client: neither undoes the other."""

import pytest

from parvis.agencies.models import Agency
from parvis.ledger.models import Account, Entry
from parvis.people.models import Client
from parvis.property.models import Building
from tests.exchange import books
from tests.exchange.packages import ACCOUNT, SLUG, entry, example_package, with_entries

NUMBER = "45010427318"


@pytest.fixture
def fed(bring_in, tmp_path):
    """The account of the package, with a line of the books."""
    bring_in(with_entries())
    path = books.write_fec(tmp_path, books.owed("20260105", NUMBER, "Appel", "100,00"))
    books.bring_in(path, slug=SLUG)
    books.confirm(NUMBER, Client.objects.get(customer_reference="10427318"), Building.objects.get())
    books.bring_in(path, slug=SLUG)


def test_the_account_of_the_package_is_the_one_that_the_books_fill(fed):
    assert books.balances(Agency.objects.get().pk) == {ACCOUNT: (-10000, False)}


def test_a_package_whose_period_is_complete_leaves_the_lines_of_the_books(fed, bring_in):
    rows = with_entries()
    rows["agency"][0] |= {"entries_complete_from": "2026-01-01", "entries_complete_to": "2026-11-20"}

    bring_in(rows, prune=True)

    assert Entry.objects.get().exercise is not None
    assert Account.objects.get().balance_cents == -10000


def test_entries_of_a_package_for_that_account_are_refused_and_nothing_is_counted_twice(fed, bring_in):
    report = bring_in(with_entries(entry("AF-1", debit="100,00", booked_on="2026-01-05")))

    assert report.is_applied
    assert "viennent du FEC" in report.refusals[0].reason
    assert books.balances(Agency.objects.get().pk) == {ACCOUNT: (-10000, False)}


def test_a_package_does_not_complete_an_account_whose_books_are_faulty(fed, bring_in, tmp_path):
    faulty = books.owed("20260105", NUMBER, "Appel", "100,00")
    faulty[0]["Debit"] = "x"
    books.bring_in(books.write_fec(tmp_path, faulty), slug=SLUG)

    bring_in(example_package() | {"entries": []})

    assert Account.objects.get().is_withheld
