"""A prepared statement gives what its query set gives, for everyone, however often it is asked."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import F, QuerySet, Value
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from parvis.kit.prepared import NotPreparable, prepared
from parvis.kit.viewer import Viewer as AnyViewer
from parvis.ledger.models import Account
from parvis.people.models import Client, Representation, Viewer
from parvis.property.models import CouncilSeat
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)


def viewer_of(*clients: Client) -> Viewer:
    """The login that acts for these clients."""
    user = factories.UserFactory(agency=clients[0].agency)
    for client in clients:
        factories.GrantFactory(user=user, client=client)
    return Viewer.of(user)


def accounts(viewer: AnyViewer, today: dt.date) -> "QuerySet[Account]":
    return Account.objects.visible_to(viewer).with_due_dates(today).select_related("creditor", "building")


def references(viewer: AnyViewer) -> "QuerySet[Account, tuple[str, bool, dt.date]]":
    return Account.objects.visible_to(viewer).values_list("reference", "is_withheld", "as_of")


def test_rows_are_those_of_the_query_set_for_each_viewer():
    alice, bob, charlie = factories.ClientFactory.create_batch(3)
    for client in (alice, alice, bob):
        factories.CallFactory(account=factories.AccountFactory(client=client), due_on=TODAY)
    rows = prepared(accounts)

    for viewer in (viewer_of(alice), viewer_of(bob), viewer_of(charlie)):
        found, expected = rows(viewer, TODAY), list(accounts(viewer, TODAY))

        assert found == expected
        assert [(row.next_due_on, row.creditor.name) for row in found] == [
            (row.next_due_on, row.creditor.name) for row in expected
        ]


def test_viewer_with_two_clients_sees_both_and_one_without_client_nothing():
    agency = factories.AgencyFactory()
    first, second = factories.ClientFactory.create_batch(2, agency=agency)
    factories.AccountFactory(client=first)
    factories.AccountFactory(client=second, is_withheld=True)
    rows = prepared(references)

    both, nobody = viewer_of(first, second), Viewer.of(factories.UserFactory(agency=agency))

    assert rows(both) == list(references(both))
    assert [withheld for _, withheld, _ in rows(both)] == [False, True]
    assert rows(nobody) == []


def test_related_objects_come_with_the_row():
    client = factories.AccountFactory().client
    [account] = prepared(accounts)(viewer_of(client), TODAY)

    with CaptureQueriesContext(connection) as captured:
        names = (account.creditor.name, account.building)

    assert names == ("Syndicat des copropriétaires Les Acacias", None)
    assert len(captured) == 0


def test_one_statement_each_time_and_nothing_of_the_first_viewer_in_the_second():
    alice, bob = factories.AccountFactory().client, factories.AccountFactory().client
    rows = prepared(references)
    rows(viewer_of(alice))
    viewer = viewer_of(bob)
    assert viewer.client_ids == (bob.pk,)

    with CaptureQueriesContext(connection) as captured:
        rows(viewer)

    assert len(captured) == 1
    assert str(bob.pk) in captured[0]["sql"]


def test_words_and_instants_take_their_places_too():
    now = timezone.now()
    Session.objects.create(session_key="ours", session_data="", expire_date=now + dt.timedelta(days=1))

    @prepared
    def sessions(key: str, instant: dt.datetime) -> "QuerySet[Session]":
        return Session.objects.filter(session_key=key, expire_date__gt=instant)

    assert [session.session_key for session in sessions("ours", now)] == ["ours"]
    assert sessions("ours", now + dt.timedelta(days=2)) == []
    assert sessions("theirs", now) == []


def test_statement_that_computes_with_its_argument_is_refused():
    @prepared
    def next_day(today: dt.date) -> "QuerySet[Account]":
        return Account.objects.filter(as_of=today + dt.timedelta(days=1))

    with pytest.raises(NotPreparable):
        next_day(TODAY)


def test_constants_of_the_statement_stay():
    account = factories.AccountFactory()

    @prepared
    def labelled(account_id: int) -> "QuerySet[Account, tuple[int, str, int]]":
        found = Account.objects.filter(pk=account_id, kind="co_owner")
        return found.annotate(word=Value("mot"), double=F("pk") * 2).values_list("pk", "word", "double")

    assert labelled(account.pk) == [(account.pk, "mot", 2 * account.pk)]


def test_what_a_person_is_and_what_they_read_take_their_own_places(viewer_who_represents):
    seat = factories.CouncilSeatFactory(client=viewer_who_represents.own_clients[0])
    factories.CouncilSeatFactory(client_id=viewer_who_represents.client_ids[-1], agency=seat.agency)

    assert prepared(seats)(viewer_who_represents) == [seat]


@pytest.fixture
def viewer_who_represents():
    """Who is one client, and reads another's affairs for them."""
    guardian = factories.ClientFactory()
    ward = factories.ClientFactory(agency=guardian.agency)
    Representation.objects.create(
        agency=guardian.agency, client=ward, representative=guardian, role="guardian", starts_on=dt.date(2020, 1, 1)
    )
    return viewer_of(guardian)


def seats(viewer: AnyViewer) -> "QuerySet[CouncilSeat]":
    return CouncilSeat.objects.visible_to(viewer)
