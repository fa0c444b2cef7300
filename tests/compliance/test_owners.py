"""The four items of one owner: the books count as much as a paper."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.compliance.rules.owners import OwnerFacts, owner_states
from parvis.compliance.rules.states import Status

DAY = dt.date(2026, 11, 23)
FULL = OwnerFacts(
    day=DAY,
    owned_since=dt.date(2015, 1, 1),
    closed_account_on=dt.date(2026, 6, 20),
    has_approved_year=True,
    closed_years=2,
    years_owned=2,
    charges_since=dt.date(2026, 6, 20),
    has_works_fund=True,
    works_fund_on=dt.date(2025, 12, 31),
    first_call_on=dt.date(2023, 12, 1),
)


def statuses(**changes):
    return [state.status for state in owner_states(dataclasses.replace(FULL, **changes))]


def test_books_alone_satisfy_the_four_items():
    assert statuses() == [Status.PRESENT] * 4


@pytest.mark.parametrize(
    ("rank", "changes", "status"),
    [
        (0, {"closed_account_on": None}, Status.MISSING),
        (0, {"closed_account_on": None, "has_approved_year": False}, Status.NOT_APPLICABLE),
        (1, {"closed_years": 1}, Status.MISSING),
        (1, {"closed_years": 1, "years_owned": 1}, Status.PRESENT),
        (1, {"closed_years": 0, "years_owned": 0}, Status.NOT_APPLICABLE),
        (2, {"has_works_fund": False}, Status.NOT_APPLICABLE),
        (2, {"works_fund_on": None}, Status.MISSING),
        (3, {"first_call_on": None}, Status.MISSING),
        (3, {"first_call_on": dt.date(2026, 1, 1)}, Status.STALE),
        (3, {"first_call_on": dt.date(2026, 1, 1), "owned_since": dt.date(2025, 12, 1)}, Status.PRESENT),
        (3, {"first_call_on": None, "owned_since": dt.date(2026, 11, 1)}, Status.NOT_APPLICABLE),
    ],
)
def test_what_lacks_is_said_and_nothing_else(rank, changes, status):
    found = statuses(**changes)

    assert found.pop(rank) is status
    assert found == [Status.PRESENT] * 3


@given(
    st.builds(
        OwnerFacts,
        day=st.just(DAY),
        owned_since=st.dates(min_value=dt.date(1990, 1, 1), max_value=DAY),
        closed_account_on=st.none() | st.just(DAY),
        closed_years=st.integers(min_value=0, max_value=2),
        years_owned=st.integers(min_value=0, max_value=9),
        first_call_on=st.none() | st.dates(min_value=dt.date(2018, 1, 1), max_value=DAY),
    )
)
def test_what_is_there_is_dated_and_what_has_no_object_says_why(facts):
    for state in owner_states(facts):
        assert state.status is not Status.NOT_APPLICABLE or state.remark
        assert state.since is None or state.since <= DAY
