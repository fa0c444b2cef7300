"""What a set of papers says of an item, on one day."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.compliance.rules.items import ITEMS, OF_BUILDINGS
from parvis.compliance.rules.states import Paper, Situation, Status, months_after, state_of, states_of

DAY = dt.date(2026, 11, 23)
SITUATION = Situation(day=DAY, keeps_owners_list=True)
days = st.dates(min_value=dt.date(2020, 1, 1), max_value=dt.date(2028, 12, 31))
kinds = st.sampled_from(sorted(kind for item in OF_BUILDINGS for kind in item.kinds))


def paper(kind, dated_on, *, published_on=None, valid_until=None, withdrawn_on=None):
    return Paper(
        key=1,
        kind=kind,
        dated_on=dated_on,
        published_on=published_on or dated_on,
        valid_until=valid_until,
        withdrawn_on=withdrawn_on,
    )


def judge(code, *papers, **situation):
    return state_of(ITEMS[code], papers=papers, situation=Situation(day=DAY, keeps_owners_list=True, **situation))


@st.composite
def any_paper(draw):
    dated_on, published_on = draw(days), draw(days)
    until, withdrawn_on = draw(st.none() | days), draw(st.none() | days)
    return paper(draw(kinds), dated_on, published_on=published_on, valid_until=until, withdrawn_on=withdrawn_on)


@given(st.lists(any_paper(), max_size=12), days)
def test_whatever_the_papers_every_item_stands_somewhere_and_not_since_tomorrow(papers, day):
    states = states_of(OF_BUILDINGS, papers=papers, situation=Situation(day=day))

    assert [state.item.code for state in states] == [item.code for item in OF_BUILDINGS]
    assert all(state.whole.since is None or state.whole.since <= day for state in states)
    assert all(state.whole.refresh_by is None or state.whole.refresh_by >= day for state in states)
    assert all(paper.is_online(day) for state in states for paper in state.whole.papers)


@given(st.lists(any_paper(), max_size=8), any_paper(), days)
def test_one_more_paper_online_never_makes_an_item_go_missing(papers, another, day):
    before = states_of(OF_BUILDINGS, papers=papers, situation=Situation(day=day))
    after = states_of(OF_BUILDINGS, papers=[*papers, another], situation=Situation(day=day))

    for old, new in zip(before, after, strict=True):
        if old.status not in (Status.MISSING, Status.NOT_APPLICABLE):
            assert new.status is not Status.MISSING


@given(days, st.integers(min_value=-40, max_value=40))
def test_months_are_counted_on_the_calendar(day, months):
    moved = months_after(day, months)

    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved + dt.timedelta(days=1)).day == 1


def test_lasting_paper_is_there_since_it_was_published():
    state = judge("bylaws", paper("bylaws", dt.date(1974, 3, 1), published_on=dt.date(2024, 1, 10)))

    assert (state.status, state.whole.since) == (Status.PRESENT, dt.date(2024, 1, 10))


def test_amendment_alone_is_no_bylaws():
    assert judge("bylaws", paper("bylaws_amendment", dt.date(2020, 1, 1))).status is Status.MISSING


def test_contract_has_expired_since_the_day_after_its_last():
    last = paper("insurance_contract", dt.date(2025, 1, 1), valid_until=DAY)
    ended = paper("insurance_contract", dt.date(2025, 1, 1), valid_until=DAY - dt.timedelta(days=1))

    assert judge("insurance_contract", last).status is Status.PRESENT
    assert (judge("insurance_contract", ended).status, judge("insurance_contract", ended).whole.since) == (
        Status.EXPIRED,
        DAY,
    )


def test_contract_in_force_makes_up_for_the_one_before():
    before = paper("syndic_contract", dt.date(2023, 6, 1), valid_until=dt.date(2026, 6, 1))
    after = paper("syndic_contract", dt.date(2026, 6, 1), valid_until=dt.date(2029, 6, 1))

    state = judge("syndic_contract", before, after)

    assert (state.status, state.whole.since) == (Status.PRESENT, dt.date(2026, 6, 1))
    assert state.whole.refresh_by == dt.date(2029, 6, 1)


def test_yearly_paper_is_out_of_date_after_twelve_months_when_no_meeting_is_known():
    fresh = paper("maintenance_log", dt.date(2025, 11, 24))
    stale = paper("maintenance_log", dt.date(2025, 11, 23))

    assert judge("maintenance_log", fresh).status is Status.PRESENT
    assert (judge("maintenance_log", stale).status, judge("maintenance_log", stale).whole.since) == (
        Status.STALE,
        DAY,
    )


def test_yearly_paper_not_refreshed_in_the_three_months_before_the_meeting_is_out_of_date_since_the_meeting():
    meeting = dt.date(2026, 6, 15)
    too_old = paper("maintenance_log", dt.date(2026, 3, 14))
    in_time = paper("maintenance_log", dt.date(2026, 3, 15))

    state = judge("maintenance_log", too_old, last_meeting_on=meeting)

    assert (state.status, state.whole.since) == (Status.STALE, meeting)
    assert judge("maintenance_log", in_time, last_meeting_on=meeting).status is Status.PRESENT


def test_coming_meeting_says_before_which_day_to_refresh():
    state = judge(
        "maintenance_log", paper("maintenance_log", dt.date(2026, 7, 1)), next_meeting_on=dt.date(2027, 1, 20)
    )

    assert (state.status, state.whole.refresh_by) == (Status.PRESENT, dt.date(2027, 1, 20))


def test_minutes_are_those_of_three_meetings_not_three_files():
    first, second, third = (dt.date(year, 6, 1) for year in (2024, 2025, 2026))
    two = [paper("minutes", first), paper("minutes", first), paper("minutes", second)]

    assert (judge("minutes", *two).status, judge("minutes", *two).whole.found) == (Status.MISSING, 2)
    assert judge("minutes", *two, paper("minutes", third)).status is Status.PRESENT


def test_minutes_of_the_last_meeting_are_expected_a_month_after_it():
    three = [paper("minutes", dt.date(year, 6, 1)) for year in (2023, 2024, 2025)]

    late = judge("minutes", *three, last_meeting_on=dt.date(2026, 10, 23))

    assert (late.status, late.whole.since) == (Status.STALE, DAY)
    assert judge("minutes", *three, last_meeting_on=dt.date(2026, 10, 24)).status is Status.PRESENT


def test_item_declared_without_object_is_not_missing():
    assert judge("minutes", waived=frozenset({"minutes"})).status is Status.NOT_APPLICABLE
    some = judge("minutes", paper("minutes", dt.date(2026, 6, 1)), waived=frozenset({"minutes"}))
    assert some.status is Status.PRESENT


@pytest.mark.parametrize(("has_account", "status"), [(True, Status.MISSING), (False, Status.NOT_APPLICABLE)])
def test_bank_statements_are_due_where_the_syndicat_has_its_own_account(has_account, status):
    assert judge("bank_statements", has_separate_account=has_account).status is status


def test_papers_of_the_agency_are_three_and_the_worst_one_speaks():
    card = paper("professional_card", dt.date(2025, 1, 1))
    guarantee = paper("financial_guarantee", dt.date(2025, 1, 1), valid_until=dt.date(2025, 12, 31))

    state = judge("agency_papers", card, guarantee)

    assert state.status is Status.MISSING
    assert [need.kinds[0] for need in state.lacking] == ["liability_insurance", "financial_guarantee"]


def test_withdrawn_paper_is_missing_since_it_left():
    left = paper("maintenance_log", dt.date(2026, 6, 1), withdrawn_on=dt.date(2026, 9, 3))

    state = judge("maintenance_log", left)

    assert (state.status, state.whole.since) == (Status.MISSING, dt.date(2026, 9, 3))


def test_list_of_owners_is_kept_by_the_portal():
    assert judge("owners_list").status is Status.PRESENT
