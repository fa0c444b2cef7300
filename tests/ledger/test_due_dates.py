"""A week before a sum falls due, whoever reads the account is told once, the amount in the body alone."""

import datetime as dt

import pytest
from django.utils import timezone

from parvis.ledger import jobs
from parvis.ledger.rules import BalanceFacts
from parvis.ledger.rules.reminders import amount_due_soon
from parvis.mail.actions import read_body
from parvis.mail.models import OutboxMessage
from parvis.notices.models import Notice
from tests.factories import AccountFactory, CallFactory, EntryFactory, GrantFactory

TODAY = dt.date(2026, 11, 23)
SOON = TODAY + dt.timedelta(days=7)


def facts(**changes):
    booked = {"balance_cents": -41235, "not_yet_due_cents": 41235, "next_due_on": SOON, "next_due_cents": 41235}
    return BalanceFacts(kind="co_owner", **(booked | changes))


@pytest.mark.parametrize(
    ("changes", "cents"),
    [
        ({}, 41235),
        ({"balance_cents": -10000}, 10000),  # partly paid in advance
        ({"balance_cents": -91235}, 41235),  # what is late is another matter
        ({"balance_cents": 0, "not_yet_due_cents": 0}, 41235),  # called, not booked yet
        ({"balance_cents": 10000, "not_yet_due_cents": 0}, 31235),
        ({"balance_cents": 0}, 0),  # booked and paid
        ({"balance_cents": 50000, "not_yet_due_cents": 0}, 0),
        ({"next_due_on": TODAY}, 0),
        ({"next_due_on": SOON + dt.timedelta(days=1)}, 0),
        ({"is_withheld": True}, 0),
        ({"arrangement": "dispute"}, 0),
        ({"arrangement": "plan"}, 0),
    ],
)
def test_what_is_left_to_pay_of_the_next_call(changes, cents):
    assert amount_due_soon(facts(**changes), today=TODAY) == cents


@pytest.fixture
def grant(db):
    return GrantFactory(user__email="alice@exemple.fr")


def due(client, *, days=7, **account):
    account = AccountFactory(client=client, balance_cents=-41235, **account)
    due_on = timezone.localdate() + dt.timedelta(days=days)
    EntryFactory(account=account, due_on=due_on)
    CallFactory(account=account, due_on=due_on, issued_on=timezone.localdate())
    return account


def test_the_amount_is_in_the_body_and_nowhere_else(grant):
    account = due(grant.client)

    assert jobs.tell_of_dues() == 1

    message, notice = OutboxMessage.objects.get(), Notice.objects.get()
    text, html = read_body(message)
    assert "412,35\u202f€" in text
    assert account.creditor.name in text
    assert "412" not in message.subject
    assert "http" not in text
    assert "href" not in html
    assert "412" not in notice.text
    assert notice.target_id == account.public_id


def test_run_twice_or_the_next_day_it_tells_nothing_more(grant):
    due(grant.client)

    assert (jobs.tell_of_dues(), jobs.tell_of_dues()) == (1, 0)
    assert OutboxMessage.objects.count() == 1


def test_two_accounts_make_one_mail(grant):
    due(grant.client)
    due(grant.client, kind="tenant", reference="411-7", days=5)

    assert jobs.tell_of_dues() == 2
    assert OutboxMessage.objects.get().subject == "Des échéances approchent"


def test_who_pays_by_direct_debit_has_nothing_to_do(grant):
    due(grant.client, payment_mode="direct_debit")

    jobs.tell_of_dues()

    text, _ = read_body(OutboxMessage.objects.get())
    assert "prélèvement de 412,35\u202f€ le" in text
    assert "Vous n’avez rien à faire." in text
    assert "virement" not in text


@pytest.mark.parametrize("days", [0, 8])
def test_nothing_is_said_of_today_nor_of_later(grant, days):
    due(grant.client, days=days)

    assert jobs.tell_of_dues() == 0


def test_queries_do_not_grow_with_the_accounts_that_were_told(grant, django_assert_max_num_queries):
    due(grant.client)
    jobs.tell_of_dues()
    for number in range(30):
        due(GrantFactory().client, reference=f"450-9{number}", days=20)

    with django_assert_max_num_queries(12):
        jobs.tell_of_dues()
