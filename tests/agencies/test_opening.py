"""When an agency is open: pure rules, on Paris time."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.agencies.rules import (
    Hours,
    closing_time,
    next_opening,
    opening_words,
    read_closures,
    read_hours,
    week_words,
)
from parvis.kit.days import PARIS

WEEK = read_hours("lundi-vendredi 09:00-12:00 14:00-18:00, samedi 09:00-12:00")
OFFICE = Hours(week=WEEK)
SIX_YEARS_OF_MINUTES = 6 * 366 * 24 * 60
MOMENTS = st.integers(min_value=0, max_value=SIX_YEARS_OF_MINUTES).map(
    lambda minutes: dt.datetime(2025, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minutes)
)
TIMES = st.times().map(lambda time: time.replace(second=0, microsecond=0))


@st.composite
def offices(draw):
    """Any week of a few slots a day, in order, with some closures."""
    week = {}
    for weekday in range(7):
        marks = sorted(draw(st.sets(TIMES, min_size=0, max_size=4)))
        week[weekday] = tuple(zip(marks[::2], marks[1::2], strict=False))
    first = draw(st.dates(min_value=dt.date(2025, 1, 1), max_value=dt.date(2030, 12, 31)))
    closure = (first, first + dt.timedelta(days=draw(st.integers(min_value=0, max_value=20))))
    return Hours(week=week, closures=(closure,), postal_code=draw(st.sampled_from(["75017", "67000"])))


def paris(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-23T09:00", "Ouvert maintenant, jusqu’à 12\u00a0h"),
        ("2026-11-23T17:59", "Ouvert maintenant, jusqu’à 18\u00a0h"),
        ("2026-11-23T12:00", "Fermé, ouvre aujourd’hui à 14\u00a0h"),
        ("2026-11-23T18:00", "Fermé, ouvre demain à 9\u00a0h"),
        ("2026-11-28T12:30", "Fermé, ouvre lundi à 9\u00a0h"),
        ("2026-12-24T19:00", "Fermé, ouvre samedi à 9\u00a0h"),  # Christmas is a holiday
    ],
)
def test_the_words_of_a_moment(moment, words):
    assert opening_words(OFFICE, now=paris(moment)) == words


def test_a_closure_of_a_month_is_said_with_its_date():
    away = Hours(week=WEEK, closures=read_closures("2027-08-02/2027-08-20"))

    assert opening_words(away, now=paris("2027-07-31T13:00")) == "Fermé, ouvre le 21\u00a0août 2027 à 9\u00a0h"


def test_nothing_is_said_when_the_hours_are_not_known():
    assert opening_words(Hours(week={}), now=paris("2026-11-23T10:00")) == ""


@pytest.mark.parametrize("moment", ["2026-03-28T23:30", "2026-03-29T01:30", "2026-10-24T23:30", "2026-10-25T01:30"])
def test_the_hour_that_is_skipped_or_repeated_moves_no_opening(moment):
    now = dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC)

    opens = next_opening(OFFICE, now=now)

    assert opens is not None
    assert (opens.weekday(), opens.hour, opens.minute) == (0, 9, 0)


@given(offices(), MOMENTS)
def test_open_means_that_one_slot_of_the_day_holds_the_moment(hours, now):
    closes, here = closing_time(hours, now=now), now.astimezone(PARIS)

    holding = [slot for slot in hours.slots_on(here.date()) if slot[0] <= here.time() < slot[1]]

    assert (closes is not None) == bool(holding)
    if closes:
        assert closes.time() == holding[0][1]
        assert closes.date() == here.date()


@given(offices(), MOMENTS)
def test_next_opening_is_an_opening_with_none_before_it(hours, now):
    opens = next_opening(hours, now=now)

    if opens is None:
        return
    here = now.astimezone(PARIS)
    between = [here.date() + dt.timedelta(days=number) for number in range((opens.date() - here.date()).days + 1)]
    openings = [(day, slot[0]) for day in between for slot in hours.slots_on(day)]
    assert next(each for each in openings if (here.date(), here.time()) < each) == (opens.date(), opens.time())


@given(offices(), MOMENTS)
def test_every_moment_has_words_that_say_open_or_closed(hours, now):
    words = opening_words(hours, now=now)

    assert words.startswith("Ouvert" if closing_time(hours, now=now) else "Fermé")


@pytest.mark.parametrize(
    "text",
    [
        "tous les jours",
        "lundi 9h-12h",
        "lundi 12:00-09:00",
        "lundi 09:00-12:00 11:00-18:00",
        "lundi 09:00-12:00, lundi-mardi 14:00-18:00",
        "vendredi-lundi 09:00-12:00",
        "lundi 09:00-25:00",
    ],
)
def test_hours_that_cannot_be_are_refused(text):
    with pytest.raises(ValueError, match="lundi-vendredi 09:00-12:00"):
        read_hours(text)


@pytest.mark.parametrize("text", ["Noël", "2026-13-01", "2026-12-26/2026-12-24", "20261224", "2026-12-24/"])
def test_closures_that_cannot_be_are_refused(text):
    with pytest.raises(ValueError, match="2026-12-24"):
        read_closures(text)


def test_days_alike_are_said_together():
    assert week_words(WEEK) == [
        ("lundi au vendredi", "9\u00a0h à 12\u00a0h, 14\u00a0h à 18\u00a0h"),
        ("samedi", "9\u00a0h à 12\u00a0h"),
        ("dimanche", "fermé"),
    ]
