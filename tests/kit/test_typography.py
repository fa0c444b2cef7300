"""Texts typed by others leave with French typography; numbers that people copy keep every digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.kit.typography import format_phone, group_iban, initials, phone_target, typographic


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("L'eau goutte !", "L’eau goutte\u202f!"),
        ("Pourquoi?", "Pourquoi\u202f?"),
        ("Attention : porte bloquée ; appelez", "Attention\u00a0: porte bloquée\u202f; appelez"),
        ("Attention: porte", "Attention\u00a0: porte"),
        ('"rien" « ici »', '"rien" «\u00a0ici\u00a0»'),
        ("«ici»", "«\u00a0ici\u00a0»"),
        ("https://exemple.fr/?a=1", "https://exemple.fr/?a=1"),
        ("à 10:42", "à 10:42"),
        ("Vraiment ?!", "Vraiment\u202f?!"),
    ],
)
def test_spaces_and_apostrophes_are_french(typed: str, read: str):
    assert typographic(typed) == read


@given(st.text())
def test_typography_is_stable(text: str):
    once = typographic(text)

    assert typographic(once) == once


@given(st.text())
def test_typography_changes_no_letter(text: str):
    def letters(of: str) -> list[str]:
        return [sign for sign in of if not sign.isspace() and sign not in "'’"]

    assert letters(typographic(text)) == letters(text)


@pytest.mark.parametrize(
    ("given_number", "read", "dialled"),
    [
        ("0123456789", "01\u00a023\u00a045\u00a067\u00a089", "+33123456789"),
        ("+33 1 23 45 67 89", "01\u00a023\u00a045\u00a067\u00a089", "+33123456789"),
        ("01.23.45.67.89", "01\u00a023\u00a045\u00a067\u00a089", "+33123456789"),
        ("+44 20 7946 0958", "+44 20 7946 0958", "+442079460958"),
    ],
)
def test_phones_are_read_by_pairs_and_dialled_in_full(given_number: str, read: str, dialled: str):
    assert format_phone(given_number) == read
    assert phone_target(given_number) == dialled


def test_iban_is_read_by_groups_of_four():
    assert group_iban("FR7630006000011234567890189") == "FR76 3000 6000 0112 3456 7890 189"


@given(st.text(alphabet="ABCDEF0123456789 ", max_size=40))
def test_no_sign_of_an_iban_is_lost(iban: str):
    assert group_iban(iban).replace(" ", "") == iban.replace(" ", "")


@pytest.mark.parametrize(
    ("name", "read"),
    [("Élise Hamon", "ÉH"), ("Jean-Paul Le Goff", "JG"), ("Madonna", "M"), ("", ""), ("42 !", "")],
)
def test_initials_are_two_letters_at_most(name: str, read: str):
    assert initials(name) == read
