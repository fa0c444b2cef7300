"""The table of OWASP ASVS 5.0.0 in docs/security.md: each requirement once, each named test real."""

import re

import pytest

from tests.guards.tree import ROOT

PAGE = (ROOT / "docs/security.md").read_text()
ROWS = re.findall(r"^\| (\d+\.\d+\.\d+(?:–[\d.]+)?) \| (.+?) \| (.+?) \| (.+) \|$", PAGE, flags=re.MULTILINE)
# How many requirements of levels 1 and 2 each section holds, where they are numbered without a gap from 1.
SECTIONS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1, "3.2": 2, "3.3": 4,
    "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4, "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5,
    "7.5": 2, "7.6": 2, "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4,
    "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3, "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1,
    "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5, "14.1": 2, "14.2": 4, "14.3": 3,
    "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3, "17.1": 1, "17.2": 4,
    "17.3": 2,
}  # fmt: skip
NAMED = re.compile(r"`(tests/[\w/]+)((?:::\w+)*)`")
CHECKS = ("make check (bandit)", "make check (mypy)", "make audit (sqlmap)", "make audit (csp_evaluator)")


def numbers(cell):
    """« 4.3.1–4.3.2 » -> 4.3.1, 4.3.2."""
    first, _, last = cell.partition("–")
    section, start = first.rsplit(".", 1)
    return [f"{section}.{number}" for number in range(int(start), int((last or first).rsplit(".", 1)[1]) + 1)]


def file_of(name):
    """The file of a named module, or the folder of several."""
    path = ROOT / f"{name}.py"
    return path if path.exists() else ROOT / name


def test_every_requirement_stands_once():
    expected = [f"{section}.{number}" for section, count in SECTIONS.items() for number in range(1, count + 1)]

    found = [number for cell, *_ in ROWS for number in numbers(cell)]

    assert len(expected) == 253
    assert found == expected


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_claim_names_what_shows_it_and_the_rest_says_why(row):
    _, _, claim, shown = row

    assert claim in ("claimed", "not applicable", "not claimed")
    assert claim != "claimed" or NAMED.search(shown) or any(check in shown for check in CHECKS)
    for name, functions in NAMED.findall(shown):
        assert file_of(name).exists(), name
        for function in functions.split("::")[1:]:
            assert re.search(rf"^ *(?:def|class) {function}\b", file_of(name).read_text(), re.MULTILINE), function
