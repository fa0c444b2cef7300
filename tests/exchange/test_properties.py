"""Whatever the books hold: the balance is their sum, and importing them again changes nothing."""

import contextlib
import datetime as dt
import tempfile
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parvis.exchange.actions import Options, import_package
from parvis.ledger.models import Account
from tests.exchange.conftest import TODAY
from tests.exchange.packages import SLUG, entry, with_entries, write_folder

pytestmark = pytest.mark.django_db

SAID_TWICE = settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
days = st.dates(min_value=dt.date(2024, 1, 1), max_value=TODAY)
cents = st.integers(min_value=0, max_value=10**7)


@contextlib.contextmanager
def undone_after():
    """Each example begins on an empty base, with a folder of its own."""
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        yield folder
        transaction.set_rollback(True)


def as_amount(amount):
    return f"{amount // 100},{amount % 100:02d}"


@st.composite
def books(draw):
    """Entries of one account: booked day, due day, amount, side."""
    lines = draw(st.lists(st.tuples(days, days, cents, st.booleans()), max_size=12))
    return [
        {"booked_on": booked, "due_on": due, "debit": amount if owed else 0, "credit": 0 if owed else amount}
        for booked, due, amount, owed in lines
    ]


def import_books(lines, folder):
    rows = with_entries(
        *(
            entry(
                str(rank),
                booked_on=line["booked_on"].isoformat(),
                due_on=line["due_on"].isoformat(),
                debit=as_amount(line["debit"]),
                credit=as_amount(line["credit"]),
            )
            for rank, line in enumerate(lines)
        )
    )
    path = write_folder(Path(folder), rows)
    return import_package(path, Options(slug=SLUG, create_agency=True, today=TODAY))


def oldest_unpaid(lines):
    """The rule, said once more, a line at a time."""
    paid = sum(line["credit"] for line in lines)
    for line in sorted((line for line in lines if line["debit"]), key=lambda line: line["due_on"]):
        paid -= line["debit"]
        if paid < 0:
            return line["due_on"]
    return None


@SAID_TWICE
@given(lines=books())
def test_a_balance_is_the_sum_of_its_entries_and_its_oldest_debt_is_the_first_unpaid(lines):
    with undone_after() as folder:
        import_books(lines, folder)

        account = Account.objects.get()
        assert account.balance_cents == sum(line["credit"] - line["debit"] for line in lines)
        assert account.oldest_unpaid_on == oldest_unpaid(lines)


@SAID_TWICE
@given(before=books(), after=books())
def test_importing_the_same_again_changes_nothing(before, after):
    with undone_after() as folder:
        import_books(before, folder)
        import_books(after, folder)
        held = list(Account.objects.values())

        again = import_books(after, folder)

        assert (again.created, again.changed) == (0, 0)
        assert list(Account.objects.values()) == held
