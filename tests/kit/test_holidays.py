"""Public holidays, and the days on which one works."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.kit.holidays import after_working_days, easter, is_holiday, is_working_day, public_holidays

YEARS = st.integers(min_value=1900, max_value=2200)
DAYS = st.dates(min_value=dt.date(2020, 1, 1), max_value=dt.date(2060, 12, 31))


@pytest.mark.parametrize(
    "sunday",
    ["2000-04-23", "2008-03-23", "2011-04-24", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25"],
)
def test_easter_falls_on_its_known_days(sunday):
    assert easter(int(sunday[:4])).isoformat() == sunday


@given(YEARS)
def test_easter_is_a_sunday_between_22_march_and_25_april(year):
    day = easter(year)

    assert day.weekday() == 6
    assert dt.date(year, 3, 22) <= day <= dt.date(year, 4, 25)


def test_holidays_of_2026_are_the_eleven_of_the_labour_code():
    expected = ["01-01", "04-06", "05-01", "05-08", "05-14", "05-25", "07-14", "08-15", "11-01", "11-11", "12-25"]

    assert sorted(f"{day:%m-%d}" for day in public_holidays(2026)) == expected


def test_strasbourg_has_two_more():
    good_friday, saint_stephen = dt.date(2026, 4, 3), dt.date(2026, 12, 26)

    assert is_holiday(good_friday, postal_code="67000")
    assert is_holiday(saint_stephen, postal_code="57000")
    assert not is_holiday(good_friday, postal_code="75017")
    assert not is_holiday(saint_stephen)


@given(DAYS, st.integers(min_value=0, max_value=15))
def test_as_many_working_days_have_passed_as_asked(day, count):
    after = after_working_days(day, count)

    between = [day + dt.timedelta(days=number) for number in range(1, (after - day).days + 1)]
    assert sum(is_working_day(each) for each in between) == count
    assert not count or is_working_day(after)


def test_two_working_days_after_christmas_eve_leave_out_the_feast_and_the_week_end():
    thursday = dt.date(2026, 12, 24)

    assert after_working_days(thursday, 2) == dt.date(2026, 12, 29)
