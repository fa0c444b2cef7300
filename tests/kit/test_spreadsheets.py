"""CSV that people open in a spreadsheet."""

import pytest

from parvis.kit.spreadsheets import harmless, to_csv


@pytest.mark.parametrize("cell", ["=1+1", "+33", "-5", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠1"])
def test_no_cell_is_read_as_a_formula(cell):
    assert harmless(cell) == f"'{cell}"


def test_a_plain_cell_stays_as_it_is():
    assert harmless("Fontaine = Roche") == "Fontaine = Roche"


def test_a_file_opens_in_a_french_spreadsheet():
    assert (
        to_csv([["fichier", "motif"], ["a.csv", "l’un ; l’autre"]])
        == '\ufefffichier;motif\r\na.csv;"l’un ; l’autre"\r\n'
    )
