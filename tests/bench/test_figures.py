"""A figure says whether its target is reached, in the words of the table."""

import pytest

from bench.figures import Figure, number, table


def figure(value: float, at_most: float | None) -> Figure:
    return Figure(part="Poids", words="Connexion", value=value, unit="octets", at_most=at_most)


@pytest.mark.parametrize(("value", "at_most", "verdict"), [(2, 2, "atteint"), (2.01, 2, "manqué"), (5, None, "")])
def test_verdict_compares_with_the_target(value, at_most, verdict):
    assert figure(value, at_most).verdict == verdict


def test_table_names_each_part_once_and_shows_value_and_target():
    lines = table([figure(8192, 14000), figure(15000, 14000)]).splitlines()

    assert lines[0] == "Poids"
    assert "8\u202f192 octets" in lines[1]
    assert lines[1].endswith("≤\u00a014\u202f000  atteint")
    assert lines[2].endswith("manqué")


@pytest.mark.parametrize(("value", "shown"), [(1.84, "1,84"), (13.84, "13,8"), (1236.4, "1\u202f236"), (5, "5")])
def test_number_keeps_three_digits(value, shown):
    assert number(value) == shown
