"""The machine of states: the table, the triggers of the database, and that they say the same."""

import datetime as dt
import itertools

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from parvis.interventions.models import Intervention
from parvis.interventions.rules.machine import ENDED, REOPENINGS, TRANSITIONS, next_states
from tests.factories import InterventionFactory

STATES = list(Intervention.State.values)
TABLE = Intervention._meta.db_table


@pytest.mark.parametrize("state", STATES)
def test_every_state_that_does_not_end_a_case_leads_somewhere(state):
    after = next_states(state)

    assert bool(after) is (state not in {"rejected", "cancelled", "merged"})
    assert set(after) <= set(STATES)


def test_wait_ends_where_it_began():
    assert next_states("on_hold", held_from="ordered") == ("ordered",)


def around(case, state):
    """The columns that a row kept here needs in that state."""
    now = timezone.now()
    is_over = state in ENDED
    return {
        "held_from": "ordered" if state == "on_hold" else "",
        "hold_reason": "Pièce commandée" if state == "on_hold" else "",
        "hold_until": now.date() if state == "on_hold" else None,
        "appointment_begins_at": now if state == "scheduled" else None,
        "appointment_ends_at": now + dt.timedelta(hours=1) if state == "scheduled" else None,
        "merged_into_id": InterventionFactory(building=case.building).pk if state == "merged" else None,
        "ended_at": now if is_over else None,
        "closed_on": now.date() if is_over else None,
        "ending_reason": "Autre motif" if is_over else "",
    }


def brought_to(state):
    """A case kept here, in that state: the books may say any."""
    case = InterventionFactory(state=state)
    rows = Intervention.objects.filter(pk=case.pk)
    rows.update(version=1, **around(case, state))
    return rows.get()


def is_refused(case, **values):
    try:
        with transaction.atomic():
            Intervention.objects.filter(pk=case.pk).update(**values)
    except IntegrityError:
        return True
    return False


@pytest.mark.django_db
@pytest.mark.parametrize("before", STATES)
def test_database_holds_the_very_table_of_the_rules(before):
    case = brought_to(before)
    accepted = set()
    for after in STATES:
        if after == before:
            continue
        with transaction.atomic():
            reopened = 1 if (before, after) in REOPENINGS else 0
            values = {"state": after, "version": 2, "reopened_count": reopened, **around(case, after)}
            if not is_refused(case, **values):
                accepted.add(after)
            transaction.set_rollback(True)

    expected = {"ordered"} if before == "on_hold" else {to for start, to in TRANSITIONS if start == before}
    assert accepted == expected


@pytest.mark.django_db
def test_state_changes_with_the_next_version_only():
    case = brought_to("reported")

    assert is_refused(case, state="acknowledged", version=1)
    assert is_refused(case, state="acknowledged", version=3)
    assert not is_refused(case, state="acknowledged", version=2)


@pytest.mark.django_db
def test_version_never_goes_back():
    case = brought_to("reported")

    assert is_refused(case, version=0, origin="books")


@pytest.mark.django_db
def test_reopening_is_counted():
    case = brought_to("done")

    assert is_refused(case, state="acknowledged", version=2)
    assert not is_refused(case, state="acknowledged", version=2, reopened_count=1)


@pytest.mark.django_db
def test_case_of_the_portal_begins_as_reported():
    with pytest.raises(IntegrityError), transaction.atomic():
        InterventionFactory(state="done", version=1, origin="portal")


@pytest.mark.django_db
def test_case_of_the_books_says_what_the_books_say():
    case = InterventionFactory(state="reported")

    refusals = [is_refused(case, state=state) for state in ("done", "reported", "closed", "ordered")]

    assert refusals == [False] * 4


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"hold_reason": ""},
        {"hold_until": None},
        {"held_from": ""},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_wait_without_its_reason_and_its_day_is_refused(wrong):
    case = brought_to("ordered")
    values = {"state": "on_hold", "version": 2, **around(case, "on_hold"), **wrong}

    assert is_refused(case, **values)


@pytest.mark.django_db
def test_triggers_are_there():
    """SQLite drops them with the table that a migration rebuilds."""
    listed = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(listed[connection.vendor], [TABLE])
        found = set(itertools.chain(*cursor.fetchall()))

    assert found == {"intervention_begins_reported", "intervention_follows_the_machine"}
