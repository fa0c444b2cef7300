"""CSV that people open in a spreadsheet."""

import pytest

from parvis.kit.spreadsheets import harmless, to_csv


@pytest.mark.parametrize("cell", ["=1+1", "+33", "-5+1", "--5", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠1"])
def test_no_cell_is_read_as_a_formula(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["Fontaine = Roche", "-27,86", "-5", "12,40"])
def test_a_plain_cell_and_a_number_stay_as_they_are(cell):
    assert harmless(cell) == cell


def test_a_file_opens_in_a_french_spreadsheet():
    assert (
        to_csv([["fichier", "motif"], ["a.csv", "l’un ; l’autre"]])
        == '\ufefffichier;motif\r\na.csv;"l’un ; l’autre"\r\n'
    )
