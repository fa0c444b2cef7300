"""Amounts as people read them, to the cent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.kit.money import balance_words, format_balance, format_cents, format_whole

CENTS = st.integers(min_value=-(10**14), max_value=10**14)


@pytest.mark.parametrize(
    ("cents", "read"),
    [
        (0, "0,00\u202f€"),
        (5, "0,05\u202f€"),
        (41235, "412,35\u202f€"),
        (123456789, "1\u202f234\u202f567,89\u202f€"),
        (-500, "\u22125,00\u202f€"),
    ],
)
def test_amounts_are_written_as_in_french(cents: int, read: str):
    assert format_cents(cents) == read


@pytest.mark.parametrize(
    ("balance", "read", "words"),
    [
        (0, "0,00\u202f€", "Compte à jour"),
        (-81240, "812,40\u202f€", "Vous devez"),
        (364313, "+\u202f3\u202f643,13\u202f€", "En votre faveur"),
    ],
)
def test_balance_is_signed_only_in_favour_of_the_client(balance: int, read: str, words: str):
    assert format_balance(balance) == read
    assert balance_words(balance) == words


@given(CENTS)
def test_no_cent_is_lost_in_writing(cents: int):
    written = format_cents(cents)

    digits = "".join(sign for sign in written if sign.isdigit())
    assert int(digits) == abs(cents)
    assert written.startswith("\u2212") == (cents < 0)


@given(CENTS)
def test_an_amount_never_breaks_over_two_lines(cents: int):
    assert " " not in format_balance(cents) + format_cents(cents)


def test_whole_numbers_are_grouped_by_three():
    assert format_whole(10000) == "10\u202f000"
