"""Whatever the books hold, however they are written: the same lines; and random bytes are refused, nothing worse."""

import datetime as dt
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parvis.exchange.rules.fec import FecRefused, read_fec
from parvis.kit.money import format_whole
from tests.exchange.fec_files import COLUMNS, FARM, NAME, PROFESSION, read, signed, told, with_sides, written

NAUGHTY = Path(__file__).parents[1] / "data" / "naughty_strings.txt"
MANY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WORDS = [
    *("appel", "régularisation", "Hélène", "à", "n°12", "Évreux", "FRANÇAIS", "août", "reçu", "maître", "PRÊT"),
    *("virement", "3e", "trimestre", "SCI", "Noël", "dû", "où", "île", "(solde)", "50%", "A/B", "d'eau", "ÉTÉ"),
]
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
codes = st.text(alphabet="ABCDEF0123456789-_./", min_size=1, max_size=12)
days = st.dates(min_value=dt.date(1999, 1, 1), max_value=dt.date(2026, 12, 31))
amounts = st.integers(min_value=-(10**9), max_value=10**11)
visible = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters='"')
encodings = st.sampled_from(["utf-8", "utf-8-sig", "iso8859-15", "cp1252", "cp850"])
ends = st.sampled_from(["\r\n", "\n", "\r", "\r\r\n"])


def as_amount(cents):
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100},{abs(cents) % 100:02d}"


@st.composite
def raw_lines(draw):
    """A line as the norm writes it, with any of its optional cells filled."""
    cents, is_debit = draw(amounts), draw(st.booleans())
    day = st.one_of(st.just(""), days.map("{:%Y%m%d}".format))
    return {
        "JournalCode": draw(codes),
        "JournalLib": draw(texts),
        "EcritureNum": draw(codes),
        "EcritureDate": f"{draw(days):%Y%m%d}",
        "CompteNum": draw(st.from_regex(r"[1-7][0-9]{2}[0-9A-Z]{0,9}", fullmatch=True)),
        "CompteLib": draw(texts),
        "CompAuxNum": draw(st.one_of(st.just(""), codes)),
        "CompAuxLib": draw(st.one_of(st.just(""), texts)),
        "PieceRef": draw(codes),
        "PieceDate": draw(day),
        "EcritureLib": draw(texts),
        "Debit": as_amount(cents if is_debit else 0),
        "Credit": as_amount(0 if is_debit else cents),
        "EcritureLet": draw(st.sampled_from(["", "A", "AB"])),
        "DateLet": draw(day),
        "ValidDate": draw(day),
        "Montantdevise": draw(st.one_of(st.just(""), amounts.map(as_amount))),
        "Idevise": draw(st.sampled_from(["", "EUR"])),
        "DateRglt": draw(day),
        "ModeRglt": draw(st.sampled_from(["", "CH"])),
        "NatOp": draw(st.one_of(st.just(""), texts)),
        "IdClient": draw(st.one_of(st.just(""), codes)),
    }


@MANY
@given(
    lines=st.lists(raw_lines(), min_size=1, max_size=9),
    encoding=encodings,
    separator=st.sampled_from("\t|"),
    end=ends,
    columns=st.permutations(PROFESSION) | st.permutations(with_sides(PROFESSION)),
    width=st.integers(min_value=0, max_value=40),
)
def test_a_line_is_the_same_however_its_file_is_written(lines, encoding, separator, end, columns, width):
    _reader, expected = read(written(lines, columns=PROFESSION))
    rows = [{name: cell.ljust(width) for name, cell in line.items()} for line in map(signed, lines)]

    _reader, found = read(written(rows, columns=columns, encoding=encoding, separator=separator, end=end))

    assert list(map(told, found)) == list(map(told, expected))
    assert [line.identity for line in found] == [line.identity for line in expected]
    assert len(found) == len(lines)


@MANY
@given(lines=st.lists(raw_lines(), min_size=1, max_size=5), columns=st.sampled_from([COLUMNS, FARM, PROFESSION]))
def test_what_was_written_is_what_is_read(lines, columns):
    reader, found = read(written(lines, columns=columns))

    for line, written_line in zip(found, lines, strict=True):
        assert line.journal_code == written_line["JournalCode"]
        assert line.entry_date == dt.datetime.strptime(written_line["EcritureDate"], "%Y%m%d").date()  # noqa: DTZ007
        assert (as_amount(line.debit_cents), as_amount(line.credit_cents)) == (
            written_line["Debit"],
            written_line["Credit"],
        )
        assert (line.account, line.auxiliary) == (written_line["CompteNum"], written_line["CompAuxNum"])
        assert line.label == written_line["EcritureLib"]
    assert reader.period == (min(line.entry_date for line in found), max(line.entry_date for line in found))


@MANY
@given(
    cents=st.integers(min_value=100_000, max_value=10**12),
    blank=st.sampled_from(" \u00a0\u202f"),
    point=st.sampled_from(",."),
)
def test_an_amount_in_groups_of_three_is_the_same(cents, blank, point):
    grouped = format_whole(cents // 100).replace("\u202f", blank) + f"{point}{cents % 100:02d}"
    line = dict.fromkeys(COLUMNS, "x") | {"EcritureDate": "20260105", "CompteNum": "450", "Debit": grouped}
    line |= {"Credit": "0,00", "PieceDate": "", "DateLet": "", "ValidDate": "", "Montantdevise": ""}

    (found,) = read(written([line]))[1]

    assert found.debit_cents == cents


@pytest.mark.parametrize("columns", [COLUMNS, with_sides(COLUMNS)])
def test_naughty_strings_are_texts_like_others(columns):
    strings = NAUGHTY.read_text(encoding="utf-8").split("\n")
    kept = [text for text in strings if text.strip() and "\t" not in text and "\r" not in text]
    assert len(kept) > 200
    line = {"EcritureNum": "1", "EcritureDate": "20260105", "CompteNum": "450", "Debit": "1,00", "Credit": "0,00"}
    rows = [signed(line | {"JournalCode": "OD", "EcritureLib": text, "CompAuxLib": text}) for text in kept]

    reader, found = read(written(rows, columns=columns, end="\n"))

    assert len(found) == len(kept)
    assert all(line.label == line.auxiliary_label for line in found)
    assert not any(set(line.label) & {"\0", "\n", "\x1f", "\x85", "\u2028"} for line in found)
    assert all(problem.column == "EcritureNum" for problem in reader.problems)


def read_or_refuse(content):
    """The reader and its lines, or nothing: only `FecRefused` may rise."""
    try:
        reader = read_fec(io.BytesIO(content), name=NAME)
        return reader, list(reader)
    except FecRefused as refusal:
        told_of = refusal.problem
    assert told_of.reason
    assert not set(told_of.value) & set("\0\n\r\x1b\u202e")
    return None


@MANY
@given(content=st.binary(max_size=3000))
def test_random_bytes_are_refused(content):
    assert read_or_refuse(content) is None


@MANY
@given(
    lines=st.lists(raw_lines(), min_size=2, max_size=6),
    junk=st.binary(min_size=1, max_size=60),
    place=st.floats(min_value=0, max_value=1),
    removed=st.integers(min_value=0, max_value=40),
    separator=st.sampled_from("\t|"),
)
def test_a_file_with_junk_somewhere_is_read_or_refused_and_never_breaks(lines, junk, place, removed, separator):
    content = written(lines, separator=separator)
    start = int(len(content) * place)
    read_or_refuse(content[:start] + junk + content[start + removed :])


@MANY
@given(header=st.text(max_size=300), body=st.text(max_size=2000), separator=st.sampled_from("\t|"))
def test_random_text_under_a_right_header_is_read_or_refused(header, body, separator):
    content = separator.join(COLUMNS) + separator + header + "\n" + body
    read_or_refuse(content.encode("utf-8", errors="replace"))


@MANY
@given(cells=st.lists(st.text(alphabet=visible, max_size=20), min_size=17, max_size=17))
def test_random_cells_are_read_or_put_aside(cells):
    reader, lines = read(written([dict(zip(COLUMNS, ["OD", *cells], strict=True))]))

    faulty = [problem for problem in reader.problems if problem.column != "EcritureNum" or not problem.value]
    assert len(lines) + len(faulty) == 1
