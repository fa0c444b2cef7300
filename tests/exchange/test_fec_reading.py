"""What is read of a FEC, what is tolerated, what is refused: real files, then files damaged one way each."""

import codecs
import datetime as dt
import gzip
import io
import tracemalloc
from pathlib import Path

import pytest

from parvis.exchange.rules.fec import FecRefused, read_fec
from tests.exchange.fec_files import (
    CALL,
    COLUMNS,
    FARM,
    LINE,
    NAME,
    PROFESSION,
    books,
    entry,
    kinds,
    read,
    refused,
    signed,
    with_sides,
    written,
)

DATA = Path(__file__).parents[1] / "data" / "fec"


def rewritten(old, new, *, content=None, count=1):
    content = written(books()) if content is None else content
    assert old in content
    return content.replace(old, new, count)


def iter_lines(content):
    return read_fec(io.BytesIO(content), name=NAME)


def test_a_file_that_keeps_the_norm_is_read_without_a_word():
    reader, lines = read((DATA / "feccheck_minimal_conforme.txt").read_bytes(), name="123456782FEC20261231.txt")

    assert (len(lines), reader.problems, reader.tolerances) == (8, [], [])
    assert reader.period == (dt.date(2026, 1, 5), dt.date(2026, 2, 5))
    assert (reader.layout.siren, reader.layout.closing_on) == ("123456782", dt.date(2026, 12, 31))
    third = lines[2]
    assert (third.number, third.account, third.auxiliary) == (4, "401DURAND", "DURAND")
    assert (third.debit_cents, third.credit_cents) == (0, 120000)
    assert (third.lettering, third.lettered_on, third.validated_on) == ("A", dt.date(2026, 2, 5), dt.date(2026, 1, 6))


def test_a_file_without_a_last_line_end_is_read_to_the_end():
    reader, lines = read((DATA / "lsn_sample_tab.txt").read_bytes())

    assert (len(lines), reader.problems, kinds(reader)) == (7, [], set())
    assert lines[-1].number == 8
    assert lines[1].account_label == "TVA déductible"


def test_amounts_may_come_with_their_side():
    reader, lines = read((DATA / "lsn_sample_pipe_montant_sens.txt").read_bytes())

    assert (reader.layout.separator, reader.layout.variant) == ("|", "Montant/Sens")
    assert [(line.debit_cents, line.credit_cents) for line in lines] == [
        (0, 250000),
        (250000, 0),
        (80000, 0),
        (0, 80000),
    ]


def test_a_real_ledger_of_twenty_two_columns_is_read_and_balances():
    content = gzip.decompress((DATA / "000000000FEC20231231.txt.gz").read_bytes())

    reader, lines = read(content, name="000000000FEC20231231.txt")

    assert (len(lines), reader.problems) == (2102, [])
    assert sum(line.debit_cents - line.credit_cents for line in lines) == 0
    assert {tolerance.kind: tolerance.count for tolerance in reader.tolerances} == {
        "number-zero": 2102,
        "missing ValidDate": 2102,
    }
    assert reader.period == (dt.date(2021, 1, 1), dt.date(2023, 6, 30))
    assert len(reader.layout.columns) == 22


@pytest.mark.parametrize("columns", [COLUMNS, FARM, PROFESSION, (*COLUMNS, "Immeuble")])
def test_a_file_has_eighteen_columns_or_more(columns):
    lines = [line | {"DateRglt": "20260107", "ModeRglt": "VIR", "Immeuble": "0012"} for line in books()]

    reader, found = read(written(lines, columns=columns))

    assert (len(found), reader.problems) == (6, [])
    assert kinds(reader) == ({"header-more"} if "Immeuble" in columns else set())


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (rewritten(b"Debit\tCredit", "Débit\t CREDIT ".encode()), "header-names"),
        (rewritten(b"Idevise", b"IdDevise"), "header-names"),
        (rewritten(b"JournalCode", b"\xef\xbb\xbfJournalCode"), "mark"),
        (rewritten(b"\r\n", b"\r\r\n", count=-1), "line-ends"),
        (rewritten(b"\r\n", b"\n\r", count=-1), "line-ends"),
        (rewritten(b"\r\nAF", b"\r\n\r\nAF"), "empty-lines"),
        (written(books()) + b"\r\n\r\n", "empty-lines"),
        (written(books()) + b"\t" * 17 + b"\r\n", "empty-lines"),
        (rewritten(b"\t\r\n", b"\t\t\t\r\n", count=-1), "trailing"),
        (rewritten(b"\t\r\n", b"\t\t\r\n", content=written(books())[:-2]), "trailing"),
        (rewritten(b"20260106\t\t\r\n", b"20260106\r\n", count=-1), "shorter"),
        (rewritten(b"1er tri", b"1er\0tri"), "nulls"),
        (rewritten(b"1er tri", b"1er\x0btri"), "invisible"),
        (rewritten(b"1er tri", "1er\u2028tri".encode()), "invisible"),
        (rewritten(b"Provisions", b'"Provisions"', count=-1), "quotes"),
        (rewritten(b"\tProvisions", b'\t"Provisions\tet avances"'), "quotes"),
        (rewritten(b"1er tri", b"1er | tri"), "bar-in-text"),
        (rewritten(b"de fonds 1er", b"de\tfonds 1er"), "separator-in-text"),
        (written(books()) + b"\x1a", ""),
    ],
)
def test_a_departure_from_the_norm_that_reads_in_one_way_is_told_and_read(content, kind):
    _reader, expected = read(written(books()))

    reader, lines = read(content)

    assert reader.problems == []
    assert kinds(reader) == ({kind} if kind else set())
    assert [line.debit_cents - line.credit_cents for line in lines] == [
        line.debit_cents - line.credit_cents for line in expected
    ]


@pytest.mark.parametrize(
    ("changes", "kind", "cents"),
    [
        ({"Debit": "412.35"}, "amount-point", 41235),
        ({"Debit": "1 412,35"}, "amount-thousands", 141235),
        ({"Debit": "1\u202f412,35"}, "amount-thousands", 141235),
        ({"Debit": "412,3500"}, "amount-decimals", 41235),
        ({"Debit": "4,1235E2"}, "amount-exponent", 41235),
        ({"Debit": "\u2212412,35"}, "amount-minus", -41235),
        ({"Debit": "-412,35"}, "", -41235),
        ({"Debit": "412,35-"}, "", -41235),
        ({"Debit": "0000000412,35"}, "", 41235),
        ({"Debit": "412,35", "Credit": ""}, "amount-empty", 41235),
        ({"Debit": "412,35", "Credit": "12,35"}, "side-both", 40000),
        ({"Debit": "0,00"}, "side-none", 0),
        ({"EcritureDate": "2026-01-05"}, "date-separated", 41235),
        ({"EcritureDate": "05/01/2026"}, "date-separated", 41235),
        ({"EcritureDate": "05012026"}, "date-day-first", 41235),
        ({"EcritureDate": "20260105 10:30:00"}, "date-time", 41235),
        ({"DateLet": "00000000"}, "date-zero", 41235),
        ({"PieceDate": "02260105"}, "date-year", 41235),
        ({"EcritureDate": "20270101"}, "after-closing", 41235),
        ({"CompteNum": "CLIENT"}, "account-number", 41235),
        ({"EcritureLib": "", "Debit": "412,35"}, "missing EcritureLib", 41235),
        ({"EcritureNum": "0", "Debit": "412,35"}, "number-zero", 41235),
        ({"JournalCode": "AF   ", "Debit": "   412,35  "}, "", 41235),
    ],
)
def test_a_cell_that_reads_in_one_way_is_told_and_read(changes, kind, cents):
    reader, lines = read(written([*entry("AF0001"), LINE | {"EcritureNum": "AF0002"} | changes]))

    assert kinds(reader) == ({kind} if kind else set())
    assert lines[2].debit_cents - lines[2].credit_cents == cents
    assert all(tolerance.first_line == 4 for tolerance in reader.tolerances)


def test_a_tolerance_is_told_once_with_its_count_and_its_first_line():
    lines = [*entry("AF0001"), *entry("AF0002", EcritureDate="05/01/2026", PieceDate="05/01/2026")] * 2

    reader, _lines = read(written(lines))

    (tolerance,) = reader.tolerances
    assert (tolerance.kind, tolerance.count, tolerance.first_line) == ("date-separated", 4, 4)
    assert tolerance.label.startswith("Des dates ont des séparateurs")


@pytest.mark.parametrize(
    ("changes", "column", "value", "reason"),
    [
        ({"Debit": "douze"}, "Debit", "douze", "n’est pas un montant"),
        ({"Debit": "412,355"}, "Debit", "412,355", "plus de deux décimales"),
        ({"Debit": "1.412"}, "Debit", "1.412", "se lit de deux façons"),
        ({"Debit": "-412,35-"}, "Debit", "-412,35-", "n’est pas un montant"),
        ({"Debit": "412,35 €"}, "Debit", "412,35 €", "signes qui ne sont pas des chiffres"),
        ({"Debit": "٤١٢,٣٥"}, "Debit", "٤١٢,٣٥", "signes qui ne sont pas des chiffres"),
        ({"Credit": "99999999999999,00"}, "Credit", "99999999999999,00", "trop grand"),
        ({"EcritureDate": "20260230"}, "EcritureDate", "20260230", "n’existe pas au calendrier"),
        ({"EcritureDate": "hier"}, "EcritureDate", "hier", "n’est pas une date"),
        ({"EcritureDate": ""}, "EcritureDate", "", "est obligatoire"),
        ({"EcritureDate": "00000000"}, "EcritureDate", "00000000", "est obligatoire"),
        ({"EcritureDate": "18260105"}, "EcritureDate", "18260105", "hors des années"),
        ({"PieceDate": "20261305"}, "PieceDate", "20261305", "n’existe pas au calendrier"),
        ({"CompteNum": "  "}, "CompteNum", "", "est obligatoire"),
        ({"EcritureNum": ""}, "EcritureNum", "", "est obligatoire"),
        ({"Debit": "\u202e12"}, "Debit", "\\u202e12", "signes qui ne sont pas des chiffres"),
    ],
)
def test_a_faulty_line_is_put_aside_with_its_column_its_value_and_its_account(changes, column, value, reason):
    reader, lines = read(written([*entry("AF0001"), *entry("AF0002", **changes), *entry("AF0003")]))

    problem = reader.problems[0]
    assert (problem.line, problem.column, problem.value) == (4, column, value)
    assert reason in problem.reason
    assert problem.accounts == (frozenset({CALL}) if changes.get("CompteNum", "x").strip() else frozenset())
    assert [line.number for line in lines] == [2, 3, 5, 6, 7]


@pytest.mark.parametrize(
    ("side", "reason"), [("X", "ni D ni C"), ("", "ni D ni C"), ("DC", "ni D ni C"), ("+ 1", "ni D ni C")]
)
def test_a_side_is_debit_or_credit(side, reason):
    lines = [signed(line) for line in books()]
    lines[2]["Sens"] = side

    reader, _lines = read(written(lines, columns=with_sides(COLUMNS)))

    assert (reader.problems[0].line, reader.problems[0].column, reader.problems[0].value) == (4, "Sens", side)
    assert reason in reader.problems[0].reason


@pytest.mark.parametrize(
    ("debit", "credit", "kind"), [("D", "C", ""), ("+1", "-1", ""), ("d", "c", "side-word"), ("+", "-", "side-word")]
)
def test_a_side_is_written_in_several_ways(debit, credit, kind):
    words = {"D": debit, "C": credit}
    lines = [signed(line) for line in books()]

    reader, found = read(written([line | {"Sens": words[line["Sens"]]} for line in lines], columns=with_sides(COLUMNS)))

    assert kinds(reader) == ({kind} if kind else set())
    assert [(line.debit_cents, line.credit_cents) for line in found] == [(41235, 0), (0, 41235)] * 3


@pytest.mark.parametrize(
    ("content", "line", "column", "reason"),
    [
        (b"", 0, "", "est vide"),
        (b"\xef\xbb\xbf", 0, "", "est vide"),
        (written([]), 0, "", "aucune écriture"),
        (written(books()).split(b"\r\n", 1)[1], 1, "", "Ce n’est pas un FEC"),
        (b"Bonjour,\r\nvoici le fichier.\r\n", 1, "", "Ce n’est pas un FEC"),
        (written(books(), columns=COLUMNS[:4] + COLUMNS[5:]), 1, "CompteNum", "Il manque la colonne CompteNum"),
        (written(books(), columns=COLUMNS[:-1]), 1, "Idevise", "Il manque la colonne Idevise"),
        (written(books(), columns=(*COLUMNS[:12], *COLUMNS[13:])), 1, "Credit", "Il manque la colonne Credit"),
        (written(books(), columns=(*COLUMNS, "Debit")), 1, "Debit", "donnée deux fois"),
        (written(books(), separator=";"), 1, "", "points-virgules"),
        (written(books(), separator=","), 1, "", "virgules"),
        (rewritten(b"JournalLib\tEcritureNum", b"JournalLib|EcritureNum"), 1, "", "mêle plusieurs séparateurs"),
        (rewritten(b"\tP2\t", b"\tP2"), 4, "", "17 cellules au lieu de 18"),
        (rewritten(b"\tP2\t", b"\r\n"), 4, "", "8 cellules au lieu de 18"),
        (rewritten(b"\tAF0002\t", b"\t\tAF0002\t"), 4, "", "19 cellules au lieu de 18"),
        (written(books())[:-60], 7, "", "cellules au lieu de 18"),
        (written(books()) + b"Total\r\n", 8, "", "1 cellule au lieu de 18"),
        (written(books()) + written(books(1), separator="|").split(b"\r\n")[1], 8, "", "n’est pas celui des en-têtes"),
        (written(books(), encoding="utf-16"), 1, "", "UTF-16"),
        (written(books(), encoding="utf-16-le"), 1, "", "UTF-16"),
        (rewritten("Hélène".encode(), "Hélène".encode("cp1252"), content=written(books(9))), 2, "", "deux encodages"),
        (codecs.BOM_UTF8 + written(books(), encoding="cp1252"), 2, "", "deux encodages"),
        (written(books(), encoding="mac-roman"), 0, "", "aucun des encodages connus"),
        (rewritten(b"\r\nAF", b"\r\n" + b"\0" * 4096), 2, "", "signes nuls"),
        (b"PK\x03\x04" + bytes(range(256)), 0, "", "une archive ZIP ou un classeur"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", 0, "", "un PDF"),
        (b'<?xml version="1.0"?><comptabilite></comptabilite>', 1, "", "format XML"),
        (written(books()) + b"A" * (3 * 1024 * 1024), 8, "", "plus d’un million de signes"),
        (written([line | {"Debit": "x"} for line in books(9)]), 2, "Debit", "Aucune des 18 lignes"),
    ],
)
def test_a_file_that_is_no_fec_is_refused_whole(content, line, column, reason):
    problem = refused(content)

    assert (problem.line, problem.column) == (line, column)
    assert reason in problem.reason


def test_too_many_faults_refuse_the_file():
    lines = [*books(), *[LINE | {"Debit": "x"}] * 10_001]

    assert "Plus de 10000 fautes" in refused(written(lines)).reason


@pytest.mark.parametrize(
    ("name", "siren"),
    [
        ("123456782FEC20261231.txt", "123456782"),
        ("C:\\Exports\\123456782fec20261231_2.TXT", "123456782"),
        ("1234567820FEC20261231.txt", ""),
        ("123456782FEC20261331.txt", ""),
        ("export.csv", ""),
    ],
)
def test_the_name_of_the_file_says_the_siren_and_the_closing_day(name, siren):
    reader, _lines = read(written(books()), name=name)

    assert (reader.layout.siren, reader.layout.closing_on) == (siren, dt.date(2026, 12, 31) if siren else None)
    assert kinds(reader) == (set() if siren else {"name"})


def test_lines_keep_their_place_in_a_file_of_many_blocks():
    lines = books(4000)
    lines[5001] |= {"Debit": "x"}

    reader, found = read(written(lines))

    assert [problem.line for problem in reader.problems] == [5003]
    assert [line.number for line in found] == [*range(2, 5003), *range(5004, 8002)]


def test_reading_holds_no_more_of_a_large_file_than_of_a_small_one():
    def peak(count):
        header, _end, body = written(books(500)).partition(b"\r\n")
        lines = iter_lines(header + b"\r\n" + body * count)
        tracemalloc.start()
        for _line in lines:
            pass
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(12) < peak(4) + 500_000


def test_a_refusal_met_on_the_way_comes_after_the_lines_before_it():
    lines = iter_lines(written(books(4000)) + b"Total\r\n")

    assert next(iter(lines)).number == 2
    with pytest.raises(FecRefused):
        list(lines)
