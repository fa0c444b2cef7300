"""Lines to columns: quotes removed, separators too many put right where one reading holds."""

import csv
import itertools
from collections.abc import Callable, Iterator, Sequence

from parvis.exchange.rules.fec.blocks import Lines
from parvis.exchange.rules.fec.columns import ColumnFault
from parvis.exchange.rules.fec.header import SEPARATORS, Header
from parvis.exchange.rules.fec.lines import FecRefused
from parvis.exchange.rules.fec.tolerances import Tolerances
from parvis.exchange.rules.visible import shown

Row = list[str]
Cut = tuple[Sequence[int], list[Sequence[str]]]
# A reading of a line is right when this takes its row.
Check = Callable[[Row], object]
# A text with more separators than that is no text.
MOST_IN_TEXT = 5


class RowMaker:
    """Cuts lines at the separator."""

    def __init__(self, *, header: Header, tolerances: Tolerances, check: Check) -> None:
        self.header = header
        self.tolerances = tolerances
        self.check = check

    def cut(self, lines: Lines) -> list[Sequence[str]]:
        """The columns of these lines if each has the width of the header and nothing needs a look; else nothing.

        One cut for all lines: their ends, made cells of their own, tell whether each line has its width.
        """
        separator, text, width = self.header.separator, lines.text, self.header.width
        if '"' in text or (separator == "\t" and "|" in text):
            return []
        cells = text.replace(lines.end, f"{separator}{lines.end}{separator}").split(separator)
        step = width + 1
        has_right_width = len(cells) == len(lines.numbers) * step - 1 and set(cells[width::step]) <= {lines.end}
        if not has_right_width:
            return []
        columns: list[Sequence[str]] = [cells[place::step] for place in range(width)]
        if lines.returns:
            lasts = columns[-1]
            if lines.returns != len(lasts) or not all(map(str.endswith, lasts, itertools.repeat("\r"))):
                return []
            columns[-1] = list(map(str.strip, lasts))
        return [] if any(map(any, columns[len(self.header.names) :])) else columns

    def put_right(self, lines: Lines) -> Cut:
        """The same, line by line, of lines without CR: where each stands, since empty ones are left out."""
        if self.header.separator == "\t" and "|" in lines.text:
            self.note_bars(lines)
        numbers: list[int] = []
        rows: list[Row] = []
        for number, line in zip(lines.numbers, lines.split(), strict=True):
            if line.strip():
                numbers.append(number)
                rows.append(self.row(line, number=number))
            else:
                self.tolerances.note("empty-lines", line=number)
        return numbers, list(zip(*rows, strict=True))

    def row(self, line: str, *, number: int) -> Row:
        row = line.split(self.header.separator)
        if '"' in line:
            row = self.unquoted(row, line=line, number=number)
        names = len(self.header.names)
        if len(row) == names or (len(row) == self.header.width and not any(map(str.strip, row[names:]))):
            return row[:names]
        if len(row) > names:
            return self.shortened(row, number=number)
        completed = row + [""] * (names - len(row))
        if len(row) < self.header.shortest or not self.reads(completed):
            raise self.wrong_width(row, number=number)
        self.tolerances.note("shorter", line=number)
        return completed

    def unquoted(self, row: Row, *, line: str, number: int) -> Row:
        """Without the quotes around fields; a quote inside a text stays."""
        cells = self.cut_by_quotes(line) if len(row) > len(self.header.names) and is_quoted(line, row) else []
        cells = cells or [without_quotes(cell) for cell in row]
        if cells != row:
            self.tolerances.note("quotes", line=number)
        return cells

    def cut_by_quotes(self, line: str) -> Row:
        """Separators between quotes belong to the text; nothing if the quotes do not hold."""
        try:
            return next(csv.reader([line], delimiter=self.header.separator, strict=True))
        except csv.Error:
            return []

    def shortened(self, row: Row, *, number: int) -> Row:
        """Separators too many at the end, or in a text when a single place of it makes the line read."""
        names = len(self.header.names)
        if not any(map(str.strip, row[names:])) and self.reads(row[:names]):
            self.tolerances.note("trailing", line=number)
            return row[:names]
        readings = [reading for reading in self.joined(row) if self.reads(reading)]
        if len(readings) != 1:
            raise self.wrong_width(row, number=number)
        self.tolerances.note("separator-in-text", line=number)
        return readings[0]

    def joined(self, row: Row) -> Iterator[Row]:
        """Every way to give the line its width by taking separators for a part of one text."""
        names = len(self.header.names)
        while names < len(row) <= names + MOST_IN_TEXT:
            more = len(row) - names
            for place in range(names):
                text = self.header.separator.join(row[place : place + more + 1])
                yield [*row[:place], text, *row[place + more + 1 :]]
            if row[-1].strip():
                return
            row = row[:-1]

    def reads(self, row: Row) -> bool:
        try:
            self.check(row)
        except ColumnFault:
            return False
        return True

    def wrong_width(self, row: Row, *, number: int) -> FecRefused:
        expected = len(self.header.names)
        line = self.header.separator.join(row)
        for other, words in SEPARATORS.items():
            if other != self.header.separator and line.count(other) + 1 >= self.header.shortest:
                reason = f"Le séparateur de cette ligne ({words}) n’est pas celui des en-têtes : n’en gardez qu’un."
                return FecRefused(reason, line=number, value=shown(line))
        cells = "1 cellule" if len(row) == 1 else f"{len(row)} cellules"
        reason = f"La ligne a {cells} au lieu de {expected} : une séparation manque ou est de trop."
        return FecRefused(reason, line=number, value=shown(line))

    def note_bars(self, lines: Lines) -> None:
        for number, line in zip(lines.numbers, lines.split(), strict=True):
            if "|" in line and "\t" in line:
                self.tolerances.note("bar-in-text", line=number)


def without_quotes(cell: str) -> str:
    """Quotes around a field, those inside written twice; a text that merely begins and ends with some keeps them."""
    bare = cell.strip(" ")
    if len(bare) < 2 or not (bare[0] == bare[-1] == '"'):
        return cell
    inside = bare[1:-1].replace('""', "\0")
    return cell if '"' in inside else inside.replace("\0", '"')


def is_quoted(line: str, row: Row) -> bool:
    """Whether quotes hold separators: a field begins with one, and they go by pairs."""
    return line.count('"') % 2 == 0 and any(cell.startswith('"') for cell in row)
