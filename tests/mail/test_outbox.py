"""The outbox against a real SMTP server that refuses, hangs up, sleeps or is away. Time is given, not slept."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from django_q.models import OrmQ

from parvis.journal.models import Record
from parvis.mail import actions, rules
from parvis.mail.models import OutboxMessage
from tests.factories import AgencyFactory
from tests.mail.factories import TEXT, queued
from tests.mail.server import HANGS_UP, Postmaster, no_smtp_server, smtp_server

State = OutboxMessage.State
MINUTE = dt.timedelta(minutes=1)


@pytest.mark.django_db(transaction=True)
def test_message_is_refused_outside_the_transaction_that_wants_it():
    agency = AgencyFactory()

    with pytest.raises(transaction.TransactionManagementError):
        queued(agency=agency)


@pytest.mark.django_db(transaction=True)
def test_message_exists_only_if_the_transaction_commits_and_the_worker_is_woken_after():
    agency = AgencyFactory()

    with transaction.atomic():
        queued(agency=agency)
        transaction.set_rollback(True)

    assert (OutboxMessage.objects.count(), OrmQ.objects.count()) == (0, 0)

    with transaction.atomic():
        queued(agency=agency)
        assert OrmQ.objects.count() == 0

    assert (OutboxMessage.objects.count(), OrmQ.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_message_leaves_once():
    postmaster, message = Postmaster(), queued()

    with smtp_server(postmaster):
        sent = [actions.send_waiting(now=timezone.now()) for _ in range(2)]

    message.refresh_from_db()
    assert sent == [1, 0]
    assert message.state == State.SENT
    assert [mail["Message-ID"] for mail in postmaster.messages()] == [message.message_id]


@pytest.mark.django_db
def test_temporary_refusal_is_tried_again_later_and_later_with_the_same_message_id():
    postmaster, message = Postmaster(), queued()
    postmaster.message_answers = ["451 try later", "451 try later"]
    start = timezone.now()

    with smtp_server(postmaster):
        sent = [actions.send_waiting(now=start + after * MINUTE) for after in (0, 0.5, 1, 2.5, 3)]

    message.refresh_from_db()
    assert sent == [0, 0, 0, 0, 1]
    assert (message.state, message.attempts) == (State.SENT, 3)


def test_delays_double_from_one_minute_to_a_day_and_end_after_five_days():
    delays = [rules.delay_after(attempts) for attempts in range(1, rules.LAST_ATTEMPT)]

    assert delays[:4] == [1 * MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE]
    assert max(delays) == dt.timedelta(hours=24)
    assert dt.timedelta(days=4) <= sum(delays, dt.timedelta()) <= dt.timedelta(days=6)


@pytest.mark.django_db
def test_message_given_up_goes_to_the_list_of_refusals():
    postmaster, message = Postmaster(), queued()
    OutboxMessage.objects.update(attempts=rules.LAST_ATTEMPT - 1)
    postmaster.message_answers = ["451 try later"]

    with smtp_server(postmaster):
        actions.send_waiting(now=timezone.now())

    message.refresh_from_db()
    assert message.state == State.REFUSED
    assert message.last_error == "abandonné : 451 try later"


@pytest.mark.django_db
def test_permanent_refusal_is_listed_and_journalled_and_leaves_again_by_hand(capsys):
    postmaster, message = Postmaster(), queued(to="gone@exemple.fr")
    postmaster.recipient_answers = {"gone@exemple.fr": "550 no such user"}

    with smtp_server(postmaster):
        actions.send_waiting(now=timezone.now())
        call_command("list_messages", state="refused")
        listed = capsys.readouterr().out
        postmaster.recipient_answers = {}
        call_command("replay_message", message.public_id)
        actions.send_waiting(now=timezone.now())

    message.refresh_from_db()
    assert "550 no such user" in listed
    assert message.public_id in listed
    assert message.state == State.SENT
    assert list(Record.objects.values_list("verb", flat=True)) == ["message.refused", "message.replayed"]


@pytest.mark.django_db
def test_message_that_cannot_leave_again_says_so():
    message = queued()

    with pytest.raises(actions.NotReplayable):
        actions.replay(message=message)


@pytest.mark.django_db
def test_refusal_of_one_message_does_not_hold_the_others():
    postmaster, agency = Postmaster(), AgencyFactory()
    postmaster.recipient_answers = {"gone@exemple.fr": "550 no such user", "full@exemple.fr": "452 mailbox full"}
    for address in ("gone@exemple.fr", "full@exemple.fr", "alice@exemple.fr"):
        queued(to=address, agency=agency)

    with smtp_server(postmaster):
        actions.send_waiting(now=timezone.now())

    assert [mail["To"] for mail in postmaster.messages()] == ["alice@exemple.fr"]


@pytest.mark.django_db
def test_address_that_cannot_be_written_is_listed_and_does_not_hold_the_others():
    postmaster, unreadable, readable = Postmaster(), queued(to="\u0131@exemple.fr"), queued()

    with smtp_server(postmaster):
        actions.send_waiting(now=timezone.now())

    unreadable.refresh_from_db()
    assert unreadable.state == State.REFUSED
    assert unreadable.last_error.startswith("illisible")
    assert [mail["Message-ID"] for mail in postmaster.messages()] == [readable.message_id]


@pytest.mark.django_db
def test_server_that_hangs_up_after_the_message_gets_it_again_with_the_same_message_id():
    postmaster, message = Postmaster(), queued()
    postmaster.hangs_up_after_message = 1
    now = timezone.now()

    with smtp_server(postmaster):
        actions.send_waiting(now=now)
        actions.send_waiting(now=now + MINUTE)

    message.refresh_from_db()
    assert message.state == State.SENT
    assert [mail["Message-ID"] for mail in postmaster.messages()] == [message.message_id] * 2


@pytest.mark.django_db
def test_server_down_for_an_hour_loses_and_doubles_nothing_and_keeps_the_order():
    postmaster, agency = Postmaster(), AgencyFactory()
    start = timezone.now()
    for number in range(4):
        for person in ("alice", "bob", "charlie"):
            queued(to=f"{person}@exemple.fr", subject=f"{person} {number}", agency=agency)

    with no_smtp_server():
        sent_meanwhile = [actions.send_waiting(now=start + minute * MINUTE) for minute in range(60)]
    with smtp_server(postmaster):
        for minute in range(60, 130):
            actions.send_waiting(now=start + minute * MINUTE)

    assert sum(sent_meanwhile) == 0
    for person in ("alice", "bob", "charlie"):
        received = [subject for subject in postmaster.subjects() if subject.startswith(person)]
        assert received == [f"{person} {number}" for number in range(4)]
    assert len(postmaster.taken) == 12


@pytest.mark.django_db
def test_server_that_is_away_costs_no_message_an_attempt_nor_a_wait():
    postmaster, agency = Postmaster(), AgencyFactory()
    messages = [queued(to=f"person{number}@exemple.fr", agency=agency) for number in range(3)]
    now = timezone.now()

    with no_smtp_server():
        for _ in range(5):
            actions.send_waiting(now=now)
    messages[0].refresh_from_db()
    with smtp_server(postmaster):
        sent = actions.send_waiting(now=now)

    assert messages[0].last_error.startswith("connexion : ")
    assert sent == 3
    assert set(OutboxMessage.objects.values_list("attempts", flat=True)) == {1}


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["421 too many messages", HANGS_UP])
def test_server_that_closes_the_session_after_some_messages_is_called_again(way):
    postmaster, agency = Postmaster(), AgencyFactory()
    for number in range(5):
        queued(to=f"person{number}@exemple.fr", agency=agency)
    postmaster.message_answers = ["250 OK", "250 OK", way]

    with smtp_server(postmaster):
        sent = actions.send_waiting(now=timezone.now())

    assert sent == 4
    assert [mail["To"] for mail in postmaster.messages()] == [f"person{n}@exemple.fr" for n in (0, 1, 3, 4)]


@pytest.mark.django_db
def test_slow_server_is_left_and_tried_again():
    postmaster, message = Postmaster(), queued()
    postmaster.delay = 1
    now = timezone.now()

    with smtp_server(postmaster, limit=0.3):
        actions.send_waiting(now=now)
    message.refresh_from_db()
    state_when_slow = message.state
    postmaster.delay = 0
    with smtp_server(postmaster):
        actions.send_waiting(now=now + MINUTE)

    message.refresh_from_db()
    assert (state_when_slow, message.state) == (State.QUEUED, State.SENT)


@pytest.mark.django_db
def test_later_message_to_the_same_person_waits_for_the_earlier_one():
    postmaster, agency = Postmaster(), AgencyFactory()
    queued(subject="premier", agency=agency)
    queued(subject="second", agency=agency)
    postmaster.message_answers = ["451 try later"]
    now = timezone.now()

    with smtp_server(postmaster):
        actions.send_waiting(now=now)
        before = postmaster.subjects()
        actions.send_waiting(now=now + MINUTE)

    assert before == []
    assert postmaster.subjects() == ["premier", "second"]


@pytest.mark.django_db
def test_expired_message_never_leaves_nor_keeps_its_body_nor_holds_the_next():
    postmaster, agency, now = Postmaster(), AgencyFactory(), timezone.now()
    late = queued(subject="lien mort", agency=agency, expires_at=now + 10 * MINUTE)
    queued(subject="lien vivant", agency=agency)

    with smtp_server(postmaster):
        actions.send_waiting(now=now + 10 * MINUTE)

    late.refresh_from_db()
    assert (late.state, late.sealed_body) == (State.EXPIRED, "")
    assert postmaster.subjects() == ["lien vivant"]


@pytest.mark.django_db
def test_message_taken_by_another_worker_is_left_to_it_until_its_lease_runs_out():
    postmaster, message = Postmaster(), queued()
    now = timezone.now()
    actions.claim(now=now)

    with smtp_server(postmaster):
        during = actions.send_waiting(now=now + MINUTE)
        after = actions.send_waiting(now=now + rules.LEASE)

    message.refresh_from_db()
    assert (during, after) == (0, 1)
    assert len(postmaster.taken) == 1


@pytest.mark.load
@pytest.mark.django_db(transaction=True)
def test_workers_side_by_side_send_each_message_once_and_in_order():
    postmaster, agency = Postmaster(), AgencyFactory()
    with transaction.atomic():
        for number in range(40):
            queued(to=f"person{number % 8}@exemple.fr", subject=f"{number:02d}", agency=agency)
    later = timezone.now() + rules.LEASE / 2

    with smtp_server(postmaster), ThreadPoolExecutor(4) as workers:
        rounds = [workers.submit(one_round, later) for _ in range(4)]
        sent = sum(done.result() for done in rounds)
        sent += actions.send_waiting(now=later)

    assert sent == 40
    assert len(postmaster.taken) == 40
    for person in range(8):
        mine = [mail["Subject"] for mail in postmaster.messages() if mail["To"] == f"person{person}@exemple.fr"]
        assert mine == sorted(mine)


def one_round(now):
    try:
        return actions.send_waiting(now=now)
    finally:
        connection.close()


@pytest.mark.django_db
def test_body_is_sealed_in_the_database_and_opens_with_a_former_key(settings):
    message = queued()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key, drawn since " * 3, [settings.SECRET_KEY]

    text, html = actions.read_body(message)

    assert "7FQ29KXM" not in message.sealed_body
    assert text == TEXT
    assert "7FQ29KXM" in html


@pytest.mark.django_db
def test_body_whose_key_is_gone_is_listed_and_does_not_hold_the_others(settings):
    postmaster, agency = Postmaster(), AgencyFactory()
    lost = queued(to="alice@exemple.fr", agency=agency)
    settings.SECRET_KEY = "another key, drawn since " * 3
    queued(to="bob@exemple.fr", agency=agency)

    with smtp_server(postmaster):
        actions.send_waiting(now=timezone.now())

    lost.refresh_from_db()
    assert (lost.state, lost.last_error) == (State.REFUSED, "illisible : InvalidToken")
    assert [mail["To"] for mail in postmaster.messages()] == ["bob@exemple.fr"]


@pytest.mark.django_db
def test_body_is_erased_when_the_message_is_old():
    postmaster, message, now = Postmaster(), queued(), timezone.now()
    with smtp_server(postmaster):
        actions.send_waiting(now=now)

    early = actions.forget_old(now=now + rules.BODY_KEPT)
    erased = actions.forget_old(now=now + rules.BODY_KEPT + MINUTE)

    message.refresh_from_db()
    assert (early, erased) == (0, 1)
    assert message.sealed_body == ""
    actions.forget_old(now=now + rules.ROW_KEPT + MINUTE)
    assert not OutboxMessage.objects.exists()


@pytest.mark.django_db
def test_sending_never_holds_a_lock_of_the_database_while_the_server_is_spoken_to(monkeypatch):
    queued()
    postmaster, depths = Postmaster(), []
    outside = len(connection.savepoint_ids)
    send = actions.smtp.Server.send
    monkeypatch.setattr(
        actions.smtp.Server,
        "send",
        lambda server, **parts: (depths.append(len(connection.savepoint_ids)), send(server, **parts)),
    )

    with smtp_server(postmaster):
        actions.send_waiting(now=timezone.now())

    assert depths == [outside]
