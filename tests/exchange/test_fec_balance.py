"""What makes an entry and a line of a FEC: each entry balances, each line has its identity."""

from tests.exchange.fec_files import CALL, COLUMNS, LINE, PROFESSION, books, entry, kinds, read, told, written


def test_an_entry_that_does_not_balance_is_told_with_its_accounts_and_its_lines_are_given():
    reader, lines = read(written([*entry("AF0001"), *entry("AF0002", Debit="412,36"), *entry("AF0003")]))

    (problem,) = reader.problems
    assert (problem.line, problem.column, problem.value) == (4, "EcritureNum", "AF0002")
    assert "0,01\u202f€" in problem.reason
    assert problem.accounts == {CALL, ("70100000", "")}
    assert len(lines) == 6


def test_the_lines_of_an_entry_may_be_anywhere_in_the_file():
    lines = books(2000)

    reader, found = read(written([*lines[::2], *lines[1::2]]))

    assert (len(found), reader.problems) == (4000, [])


def test_the_same_number_in_two_journals_makes_two_entries():
    lines = [*entry("1", JournalCode="AF"), *[line | {"JournalCode": "BQ"} for line in entry("1", Debit="1,00")]]

    reader, _lines = read(written(lines))

    assert [problem.line for problem in reader.problems] == [4]


def test_an_entry_of_a_refused_line_is_not_said_unbalanced():
    reader, _lines = read(written([*entry("AF0001"), *entry("AF0002", Debit="x")]))

    assert [problem.column for problem in reader.problems] == ["Debit"]


def test_numbers_given_to_lines_rather_than_entries_are_balanced_by_day():
    lines = [line | {"EcritureNum": str(rank)} for rank, line in enumerate(books(), start=1)]

    reader, _lines = read(written(lines))

    assert (reader.problems, kinds(reader)) == ([], {"entry-numbers"})


def test_entries_too_many_to_be_followed_are_balanced_by_day():
    lines = [line | {"EcritureNum": str(rank)} for rank, line in enumerate(books(26_000), start=1)]
    lines[-1]["Credit"] = "412,36"

    reader, _lines = read(written(lines))

    (problem,) = reader.problems
    assert kinds(reader) == {"entry-numbers"}
    assert (problem.column, problem.value) == ("EcritureDate", "05/01/2026")


def test_lettering_does_not_make_another_line_and_anything_else_does():
    (line,) = read(written([LINE]))[1]
    lettered = read(written([LINE | {"EcritureLet": "A", "DateLet": "20260301"}]))[1][0]
    changed = [
        read(written([LINE | {column: value}], columns=PROFESSION))[1][0]
        for column, value in [
            *[(column, "X") for column in COLUMNS if "Date" not in column and column not in ("Debit", "EcritureLet")][
                :-3
            ],
            *[(column, "20260301") for column in ("EcritureDate", "PieceDate", "ValidDate", "DateRglt")],
            *[(column, "1,00") for column in ("Debit", "Credit", "Montantdevise")],
            *[(column, "X") for column in ("Idevise", "ModeRglt", "NatOp", "IdClient")],
        ]
    ]

    assert lettered.identity == line.identity
    assert len({line.identity, *(other.identity for other in changed)}) == 1 + len(changed)


def test_equal_lines_share_their_identity():
    _reader, lines = read(written(books(1) * 2))

    assert [line.identity for line in lines[:2]] == [line.identity for line in lines[2:]]


def test_the_order_of_columns_and_the_padding_change_nothing():
    padded = [{name: cell.ljust(30) for name, cell in line.items()} for line in books()]
    columns = tuple(reversed(PROFESSION))
    _reader, expected = read(written(books()))

    reader, lines = read(written(padded, columns=columns))

    assert kinds(reader) == {"header-order"}
    assert list(map(told, lines)) == list(map(told, expected))
