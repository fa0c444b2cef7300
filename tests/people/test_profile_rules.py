"""From when a choice counts, what says the same, what is a telephone number."""

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from parvis.people.profile_rules import folded_value, is_possible_effect, phone_number, post_effective_on, say_the_same

DAYS = st.dates(min_value=dt.date(2020, 1, 1), max_value=dt.date(2090, 1, 1))


def test_demand_for_post_counts_the_day_after_the_eighth_day():
    assert post_effective_on(dt.date(2026, 11, 23)) == dt.date(2026, 12, 2)


@given(received_on=DAYS)
def test_eight_whole_days_stand_between_the_demand_and_its_effect(received_on):
    between = [received_on + dt.timedelta(days=n) for n in range(1, 9)]

    assert post_effective_on(received_on) == between[-1] + dt.timedelta(days=1)


@given(today=DAYS, days=st.integers(min_value=-2000, max_value=2000))
def test_change_is_told_for_today_or_the_year_to_come(today, days):
    assert is_possible_effect(today + dt.timedelta(days=days), today=today) is (0 <= days <= 366)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("06 12 34 56 78", "0612345678"),
        ("+33 6 12 34 56 78", "0612345678"),
        ("0033612345678", "0612345678"),
        ("01.42.68.53.00", "0142685300"),
        ("+41 44 668 18 00", "+41446681800"),
        ("06 12 34", ""),
        ("06 12 34 56 78 poste 4", ""),
        ("=cmd()", ""),
        ("", ""),
    ],
)
def test_number_is_kept_in_one_form(typed, kept):
    assert phone_number(typed) == kept


@given(typed=st.text(max_size=40))
def test_number_once_kept_is_kept_as_it_is(typed):
    kept = phone_number(typed)

    assert not kept or phone_number(kept) == kept


@pytest.mark.parametrize(
    ("wanted", "known"),
    [
        ("12, rue des Églantiers", "12 RUE DES EGLANTIERS"),
        ("1 place du Cœur", "1 PLACE DU COEUR"),
        ("0612345678", "+33 6 12 34 56 78"),
        ("06 12 34 56 78", "06.12.34.56.78"),
        ("75017", " 75017 "),
    ],
)
def test_agency_may_spell_it_otherwise(wanted, known):
    assert say_the_same({"street": wanted}, {"street": known})


def test_another_number_of_the_street_is_another_address():
    assert not say_the_same({"street": "12 rue des Acacias"}, {"street": "12 bis rue des Acacias"})


@example(text="𝕬")  # a capital only once it is decomposed
@given(text=st.text(max_size=80))
def test_folding_twice_is_folding_once(text):
    assert folded_value(folded_value(text)) == folded_value(text)
