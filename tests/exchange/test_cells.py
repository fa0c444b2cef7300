"""What one cell may hold."""

import datetime as dt

import pytest

from parvis.exchange.rules.cells import CellFault, converter
from parvis.exchange.rules.tables import load_table

TODAY = dt.date(2026, 11, 23)


def kept(table, column, cell):
    return converter(load_table(table).field(column), today=TODAY)(cell)


def reason(table, column, cell):
    with pytest.raises(CellFault) as fault:
        kept(table, column, cell)
    return fault.value.reason


@pytest.mark.parametrize(
    ("cell", "cents"),
    [("412,35", "41235"), ("412.35", "41235"), ("-12,00", "-1200"), ("0", "0"), ("0,05", "5"), ("", "0")],
)
def test_an_amount_has_two_decimals_after_a_comma_or_a_dot(cell, cents):
    assert kept("entries", "debit", cell) == cents


@pytest.mark.parametrize(
    "cell",
    ["1.234", "1.234,56", "1 234,56", "1\u202f234,56", "412", "412,3", "412,35 €", "1e3", "٤١٢,٣٥", "+1,00", "NaN"],
)
def test_an_amount_that_could_be_read_in_two_ways_is_refused(cell):
    assert "écrivez 1234,56" in reason("entries", "debit", cell)


def test_a_rent_is_not_negative():
    assert "négatif" in reason("leases", "rent", "-720,00")


@pytest.mark.parametrize("cell", ["2026-11-23", "23/11/2026"])
def test_a_day_is_written_in_two_ways(cell):
    assert kept("entries", "booked_on", cell) == "2026-11-23"


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("23-11-2026", "écrivez 2026-11-23"),
        ("20261123", "écrivez 2026-11-23"),
        ("2026-02-30", "n’existe pas"),
        ("0026-11-23", "hors des années"),
        ("2026-11-24", "dans le futur"),
    ],
)
def test_a_wrong_day_says_why(cell, words):
    assert words in reason("entries", "booked_on", cell)


def test_a_sum_may_fall_due_in_the_future():
    assert kept("entries", "due_on", "2027-01-15") == "2027-01-15"


@pytest.mark.parametrize(
    ("table", "column", "cell", "words"),
    [
        ("clients", "last_name", "Font\0aine", "signe invisible"),
        ("clients", "last_name", "F" * 121, "120 signes"),
        ("clients", "known_email", "camille@", "nom@exemple.fr"),
        ("clients", "kind", "personne", "person, couple"),
        ("creditors", "iban", "FR7630006000011234567890188", "IBAN"),
        ("creditors", "bic", "AGRI", "BIC"),
        ("buildings", "registration_number", "652685", "AA0652685"),
        ("lot_shares", "shares", "12,5", "nombre entier"),
        ("lot_shares", "shares", "99999999999", "hors des limites"),
        ("accounts", "client", "", "obligatoire"),
        ("ownerships", "is_representative", "peut-être", "oui ou non"),
    ],
)
def test_a_wrong_cell_says_what_to_write(table, column, cell, words):
    assert words in reason(table, column, cell)


def test_an_empty_cell_takes_the_default_of_its_schema():
    assert kept("representatives", "may_read_accounts", "") == "1"


def test_a_description_may_run_over_several_lines():
    assert kept("interventions", "description", "Fuite\nau plafond") == "Fuite\nau plafond"


def test_accents_are_kept_in_one_form():
    assert kept("clients", "last_name", "He\u0301rault") == "Hérault"
