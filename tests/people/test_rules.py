"""What was typed, read as the person meant it."""

import pytest

from parvis.people.rules import is_code, normalise_reference


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
    assert normalise_reference(typed) == "10427835a"


def test_identifiant_keeps_what_distinguishes_two_clients():
    assert normalise_reference("A/12_b") == "a/12_b"
    assert normalise_reference("ı1") != normalise_reference("i1")


def test_identifiant_of_separators_only_is_empty():
    assert normalise_reference(" .-\u2013\x00 ") == ""


@pytest.mark.parametrize(
    ("typed", "expected"), [("123456", True), ("12345", False), ("12345a", False), ("１２３４５６", False)]
)
def test_only_six_digits_have_the_shape_of_a_provisional_password(typed, expected):
    assert is_code(typed) is expected
