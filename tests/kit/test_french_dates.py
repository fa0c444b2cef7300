"""Dates and hours as people read them in France, in Paris whatever the server says."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.kit.french_dates import (
    MONTHS,
    clock,
    long_date,
    long_instant,
    month_and_year,
    of_month,
    short_date,
    weekday_date,
)


@pytest.mark.parametrize(
    ("day", "read"),
    [
        (dt.date(2027, 1, 1), "1er\u00a0janvier 2027"),
        (dt.date(2026, 11, 23), "23\u00a0novembre 2026"),
        (dt.date(2024, 2, 29), "29\u00a0février 2024"),
    ],
)
def test_long_date_keeps_the_day_with_its_month(day: dt.date, read: str):
    assert long_date(day) == read


def test_weekday_and_tables_and_months():
    day = dt.date(2026, 11, 23)

    assert weekday_date(day) == "lundi 23\u00a0novembre 2026"
    assert short_date(day) == "23/11/2026"
    assert month_and_year(day) == "novembre 2026"
    assert of_month(day) == "de novembre 2026"
    assert of_month(dt.date(2026, 10, 1)) == "d’octobre 2026"


@pytest.mark.parametrize(
    ("hour", "minute", "read"), [(8, 0, "8\u00a0h"), (18, 42, "18\u00a0h\u00a042"), (9, 5, "9\u00a0h\u00a005")]
)
def test_hours_are_those_of_paris(hour: int, minute: int, read: str):
    in_winter = dt.datetime(2026, 11, 23, hour - 1, minute, tzinfo=dt.UTC)

    assert clock(in_winter) == read


def test_an_instant_after_midnight_in_paris_belongs_to_the_next_day():
    instant = dt.datetime(2026, 7, 31, 22, 30, tzinfo=dt.UTC)

    assert long_instant(instant) == "1er\u00a0août 2026 à 0\u00a0h\u00a030"


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_a_long_date_can_be_read_back(day: dt.date):
    number, rest = long_date(day).split("\u00a0")
    month, year = rest.split(" ")

    assert (int(number.removesuffix("er")), MONTHS.index(month) + 1, int(year)) == (day.day, day.month, day.year)
