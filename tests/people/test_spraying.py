"""What guessing brings a year, by the limits that are shipped; loosening one of them fails here."""

import dataclasses

import pytest

from tools.spraying import BAR, SIZES, Limits, expected_takeovers

# What docs/security.md promises. A limit may be tighter than this, never looser.
PROMISED = Limits(
    codes_a_year=400,
    identifiers_before_shield=20,
    days_codes_stay_counted=365,
    tries_a_letter=5,
    letters_a_year=4,
    code_combinations=10**6,
    key_combinations=2**20,
    password_tries_a_day=25,
    mailed_code_tries_a_year=305,
    mailed_code_combinations=10**8,
)
MORE_IS_TIGHTER = {"days_codes_stay_counted", "code_combinations", "key_combinations", "mailed_code_combinations"}
LIMITS = [field.name for field in dataclasses.fields(Limits)]


@pytest.mark.parametrize("clients", SIZES)
def test_fewer_than_one_takeover_in_a_thousand_years_is_expected(clients):
    assert expected_takeovers(clients=clients, limits=Limits.shipped()).total < BAR


@pytest.mark.parametrize("name", LIMITS)
def test_no_limit_is_looser_than_promised(name):
    shipped, promised = getattr(Limits.shipped(), name), getattr(PROMISED, name)

    assert shipped >= promised if name in MORE_IS_TIGHTER else shipped <= promised


@pytest.mark.parametrize("name", LIMITS)
def test_each_limit_counts(name):
    shipped = Limits.shipped()
    factor = 0.1 if name in MORE_IS_TIGHTER else 10
    loosened = dataclasses.replace(shipped, **{name: getattr(shipped, name) * factor})

    kept, more = (expected_takeovers(clients=SIZES[-1], limits=limits).total for limits in (shipped, loosened))

    assert more > kept


def test_without_the_shield_the_bar_would_be_missed():
    everything = dataclasses.replace(Limits.shipped(), codes_a_year=10**9)

    assert expected_takeovers(clients=100_000, limits=everything).total > BAR
