"""What was typed, read as the person meant it; how long a closed door stays closed."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.people import rules


@pytest.mark.parametrize(
    "typed",
    [
        "10427835A",
        "10427835a",
        " 10 427 835 a ",
        "10.427.835-A",
        "10\u202f427\u00a0835\u2011A",
        "１０４２７８３５Ａ",
        "10427835\u200bA\n",
    ],
)
def test_identifiant_is_one_whatever_its_spaces_dots_dashes_and_case(typed):
    assert rules.normalise_reference(typed) == "10427835a"


def test_identifiant_keeps_what_distinguishes_two_clients():
    assert rules.normalise_reference("A/12_b") == "a/12_b"
    assert rules.normalise_reference("ı1") != rules.normalise_reference("i1")


def test_identifiant_of_separators_only_is_empty():
    assert rules.normalise_reference(" .-\u2013\x00 ") == ""


@given(st.text())
def test_reading_an_identifiant_twice_changes_nothing(typed):
    once = rules.normalise_reference(typed)

    assert rules.normalise_reference(once) == once


@pytest.mark.parametrize(
    ("typed", "expected"), [("123456", True), ("12345", False), ("12345a", False), ("１２３４５６", False)]
)
def test_only_six_digits_have_the_shape_of_a_provisional_password(typed, expected):
    assert rules.is_code(typed) is expected


@pytest.mark.parametrize(
    ("email", "masked"),
    [
        ("jeanne@exemple.fr", "j•••e@exemple.fr"),
        ("jo@exemple.fr", "j•••@exemple.fr"),
        ("j@exemple.fr", "j•••@exemple.fr"),
        ("jeanne.marie.fontaine@exemple.fr", "j•••e@exemple.fr"),
    ],
)
def test_masked_address_tells_its_holder_and_nobody_else(email, masked):
    assert rules.mask_email(email) == masked


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "1\u00a0minute"),
        (60, "1\u00a0minute"),
        (61, "2\u00a0minutes"),
        (3600, "1\u00a0heure"),
        (3840, "1\u00a0heure et 4\u00a0minutes"),
        (7200, "2\u00a0heures"),
    ],
)
def test_wait_is_written_in_words(seconds, words):
    assert rules.wait_in_words(seconds) == words


def test_a_day_leaves_fewer_than_twenty_five_tries():
    elapsed, tries = 0, 0
    while elapsed < 24 * 3600:
        tries += 1
        wait = rules.WAITS.get(tries, rules.LONGEST_WAIT_SECONDS) if tries >= rules.FAILURES_BEFORE_WAITING else 0
        elapsed += wait

    assert tries <= 25


def test_each_wait_is_twice_the_one_before_until_the_longest():
    waits = list(rules.WAITS.values())

    assert waits[0] == 60
    assert all(later == 2 * earlier for earlier, later in itertools.pairwise(waits))
    assert waits[-1] < rules.LONGEST_WAIT_SECONDS <= 2 * waits[-1]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("jeanne@gmial.com", "jeanne@gmail.com"),
        ("jeanne@orangr.fr", "jeanne@orange.fr"),
        ("jeanne@ornage.fr", "jeanne@orange.fr"),
        ("jeanne@hotmail.con", "jeanne@hotmail.com"),
        ("jeanne@wanado.fr", "jeanne@wanadoo.fr"),
        ("jeanne@gmail.fr", "jeanne@gmail.com"),
        ("jeanne@orange.fr", ""),
        ("jeanne@exemple.fr", ""),
        ("jeanne@mail.com", ""),
        ("jeanne", ""),
    ],
)
def test_slip_in_a_common_domain_is_noticed(typed, meant):
    assert rules.likely_email(typed) == meant
