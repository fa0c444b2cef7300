import threading

import pytest
from django.db import connections, transaction

from parvis.exchange.actions import feed
from parvis.exchange.actions.feed import facts_after
from parvis.exchange.rules.feed import Kind, cursor_of, position_of
from parvis.exchange.rules.scopes import Scope
from parvis.journal.actions import record
from tests.factories import AgencyFactory, GrantFactory, InterventionFactory
from tests.people.factories import ProfileChangeFactory
from tests.threads.factories import MessageFactory

WRITERS, EACH = 5, 12


def journalled(agency, *, verb, subject, actor=("system", "")):
    return record(agency_id=agency.pk, verb=verb, actor=actor, subject=subject)


@pytest.fixture
def grant(erp):
    return GrantFactory(client__agency=erp.agency)


@pytest.fixture
def four(erp, grant):
    """One change of each kind, and a fact that is nothing to a program."""
    change = ProfileChangeFactory(client=grant.client, asked_by=grant.user)
    case = InterventionFactory(building__agency=erp.agency, agency=erp.agency)
    message = MessageFactory(thread__client=grant.client, author=grant.user, body="Bonjour")
    journalled(erp.agency, verb="profile.phones-asked", subject=("profile-change", change.public_id))
    journalled(erp.agency, verb="sign-in.succeeded", subject=("user", grant.user.public_id))
    journalled(erp.agency, verb="intervention.declared", subject=("intervention", case.public_id))
    journalled(erp.agency, verb="thread.opened", subject=("thread", message.thread.public_id))
    journalled(erp.agency, verb="access.opened", subject=("user", grant.user.public_id))
    return change, case, message.thread, grant.user


def test_each_change_is_told_once_in_order_with_what_the_thing_is_today(erp, grant, four):
    page = erp.get("changes").json()

    told = page["items"]
    assert [item["kind"] for item in told] == ["profile", "intervention", "message", "activation"]
    assert [item["id"] for item in told] == [thing.public_id for thing in four]
    assert told[0]["profile"]["customer_reference"] == grant.client.customer_reference
    assert told[1]["intervention"]["number"] == four[1].number
    assert told[2]["message"]["messages"][0]["body"] == "Bonjour"
    assert told[3]["activation"] == {"opened": [grant.client.customer_reference], "closed": []}
    assert page["has_more"] is False


def test_the_next_page_begins_where_the_last_one_ended(erp, four):
    first = erp.get("changes?limit=3").json()
    second = erp.get(f"changes?limit=3&after={first['next']}").json()
    third = erp.get(f"changes?after={second['next']}").json()

    assert [len(page["items"]) for page in (first, second, third)] == [3, 1, 0]
    assert first["has_more"] is True
    assert third["next"] == second["next"]


def test_the_kinds_that_are_asked_for_are_told(erp, four):
    kinds = [item["kind"] for item in erp.get("changes?kinds=message&kinds=activation").json()["items"]]

    assert kinds == ["message", "activation"]


@pytest.mark.parametrize(
    ("right", "opened"),
    [
        (Scope.CLIENTS_READ, ["profile", "activation"]),
        (Scope.INTERVENTIONS_READ, ["intervention"]),
        (Scope.MESSAGES_READ, ["message"]),
    ],
)
def test_a_key_is_told_only_what_its_rights_read(erp, program_of, four, right, opened):
    program = program_of(erp.agency, [Scope.CHANGES_READ, right])

    assert [item["kind"] for item in program.get("changes").json()["items"]] == opened
    answers = {kind.value: program.get(f"changes?kinds={kind}").status_code for kind in Kind}
    assert answers == {kind.value: 200 if kind in opened else 403 for kind in Kind}


def test_a_key_that_reads_nothing_is_told_which_rights_would(erp, program_of, four):
    program = program_of(erp.agency, [Scope.CHANGES_READ, Scope.CLIENTS_WRITE, Scope.WEBHOOKS])

    answer = program.get("changes", accept_language="en")

    assert answer.status_code == 403
    assert answer.json()["detail"].startswith("clients:read (read the clients) or interventions:read")
    assert program.get("changes/now").status_code == 200


def test_who_begins_now_is_told_what_follows(erp, four, grant):
    now = erp.get("changes/now").json()["cursor"]
    journalled(erp.agency, verb="access.closed", subject=("user", grant.user.public_id))

    assert [item["event"] for item in erp.get(f"changes?after={now}").json()["items"]] == ["access.closed"]


def test_a_long_silence_is_walked_in_bounded_steps(erp, grant, monkeypatch):
    monkeypatch.setattr(feed, "MOST_EXAMINED", 5)
    for _ in range(7):
        journalled(erp.agency, verb="sign-in.succeeded", subject=("user", grant.user.public_id))
    journalled(erp.agency, verb="access.closed", subject=("user", grant.user.public_id))

    first = erp.get("changes").json()
    second = erp.get(f"changes?after={first['next']}").json()

    assert (first["items"], first["has_more"]) == ([], True)
    assert [item["event"] for item in second["items"]] == ["access.closed"]


def test_another_agency_is_told_nothing(other_erp, four):
    assert other_erp.get("changes").json()["items"] == []


@pytest.mark.parametrize("cursor", ["x", "MTox.", "MTotMQ", "MjoxMg", cursor_of(3) + "="])
def test_a_cursor_that_is_none_of_ours_is_refused(erp, cursor):
    assert erp.get(f"changes?after={cursor}").status_code == 422


@pytest.mark.parametrize("position", [0, 1, 12_345_678_901])
def test_a_cursor_names_its_position(position):
    assert position_of(cursor_of(position)) == position


def test_a_page_costs_the_same_with_many_changes(erp, four, django_assert_num_queries):
    agency = erp.agency
    for _ in range(3):
        journalled(agency, verb="thread.opened", subject=("thread", four[2].public_id))

    with django_assert_num_queries(7):
        facts = facts_after(0, agency=agency, kinds=list(Kind), most=100)
        feed.present_states(facts.found, agency=agency)


class Journal:
    """Writers that commit in any order, one of them late, and a reader that follows its cursor."""

    def __init__(self):
        self.agency, self.over, self.read = AgencyFactory(), threading.Event(), []

    def write(self, number):
        for rank in range(EACH):
            with transaction.atomic():
                journalled(self.agency, verb="intervention.moved", subject=("intervention", f"{number}-{rank}"))
                self.over.wait(0.005 if number == 0 else 0)
            self.over.wait(0.002)  # as between two requests: SQLite serves who asks at the right moment, not who waited
        connections.close_all()

    def follow(self):
        position = 0
        while not self.over.is_set() or position < feed.latest_position(self.agency):
            facts = facts_after(position, agency=self.agency, kinds=[Kind.INTERVENTION], most=3)
            self.read.extend(fact.object_id for fact in facts.found)
            position = facts.position
            self.over.wait(0.001)
        connections.close_all()


@pytest.mark.load
@pytest.mark.django_db(transaction=True)
def test_nothing_is_missed_while_others_commit():
    journal = Journal()
    writers = [threading.Thread(target=journal.write, args=(number,)) for number in range(WRITERS)]
    reader = threading.Thread(target=journal.follow)

    for thread in (reader, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    journal.over.set()
    reader.join()

    written = [f"{number}-{rank}" for number in range(WRITERS) for rank in range(EACH)]
    assert sorted(journal.read) == sorted(written)
