"""Reading one CSV file in batches: encoding, separator, header, and the line of each row."""

import csv
import dataclasses
import functools
import io
import itertools
from collections.abc import Iterator, Sequence

from parvis.exchange.actions.figures import counted
from parvis.exchange.actions.packages import Package
from parvis.exchange.actions.refusals import PackageRefused
from parvis.exchange.rules.tables import Table
from parvis.exchange.rules.visible import shown

BATCH = 2_000
LONGEST_LINE = 1024 * 1024
ENCODING_ADVICE = "enregistrez-le au format « CSV UTF-8 », puis recommencez."
# How é, è, à, ê and ç are written elsewhere; none of these bytes alone is UTF-8.
SIGNS_OF = {
    "Windows-1252 (Excel)": b"\xe9\xe8\xe0\xea\xe7\xc9\xc8\xc0",
    "CP850 (DOS)": b"\x82\x8a\x85\x88\x87\x90",
    "Mac Roman": b"\x8e\x8f\x90\x8d\x83",
}


@dataclasses.dataclass(frozen=True)
class Batch:
    """Rows of a file, and the line where each begins."""

    lines: Sequence[int]
    rows: list[list[str]]


@dataclasses.dataclass(frozen=True)
class Layout:
    """Where the columns of the table stand in this file; absent optional columns have no place."""

    width: int
    places: dict[str, int]


class TableFile:
    """One CSV of a package. Any column order, `;` or `,`, with or without a byte order mark."""

    def __init__(self, *, package: Package, table: Table) -> None:
        self.package = package
        self.table = table

    def batches(self) -> Iterator[tuple[Layout, Batch]]:
        """Yield the rows; a structural fault raises `PackageRefused`."""
        with self.package.open(self.table.file) as raw:
            text = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
            try:
                yield from self.parse(text)
            except UnicodeDecodeError as error:
                raise self.wrong_encoding() from error

    def parse(self, text: io.TextIOWrapper) -> Iterator[tuple[Layout, Batch]]:
        first = text.readline(LONGEST_LINE)
        layout = self.read_header(first)
        lines_of_text = iter(functools.partial(text.readline, LONGEST_LINE), "")
        reader = csv.reader(lines_of_text, delimiter=separator_of(first), strict=True)
        line = 2
        while True:
            try:
                rows = list(itertools.islice(reader, BATCH))
            except csv.Error as error:
                self.package.refuse_holes(self.table.file)
                line = reader.line_num + 1
                raise self.refused("Cette ligne n’est pas lisible : un guillemet est mal fermé.", line=line) from error
            if not rows:
                return
            batch = self.numbered(rows, first_line=line, taken=reader.line_num + 2 - line)
            line = reader.line_num + 2
            yield layout, self.squared(batch, width=layout.width)

    def read_header(self, first: str) -> Layout:
        if "\0" in first:
            raise self.wrong_encoding()
        try:
            cells = next(csv.reader([first], delimiter=separator_of(first), strict=True), [])
        except csv.Error as error:
            raise self.refused("La ligne d’en-têtes n’est pas lisible : un guillemet est mal fermé.", line=1) from error
        names = [cell.strip().lower() for cell in cells]
        while names and not names[-1]:
            names.pop()
        self.refuse_wrong_header(names)
        return Layout(width=len(names), places={name: place for place, name in enumerate(names)})

    def refuse_wrong_header(self, names: list[str]) -> None:
        known = self.table.column_names
        if not set(names) & set(known):
            raise self.refused(
                f"La première ligne ne nomme aucune colonne attendue : elle doit porter {', '.join(known)}, "
                "séparés par des points-virgules ou des virgules.",
                line=1,
            )
        for name in names:
            told = f"La colonne « {shown(name)} »"
            if names.count(name) > 1:
                raise self.refused(f"{told} est donnée deux fois.", line=1, column=name)
            if name not in known:
                raise self.refused(f"{told} n’est pas connue : corrigez son nom.", line=1, column=name)
        for field in self.table.fields:
            if field.required and field.name not in names:
                reason = f"Il manque la colonne « {field.name} » ({field.title.lower()}) : ajoutez-la."
                raise self.refused(reason, line=1, column=field.name)

    def numbered(self, rows: list[list[str]], *, first_line: int, taken: int) -> Batch:
        """Give each row its line; a quoted cell may run over several."""
        if taken == len(rows):
            lines: Sequence[int] = range(first_line, first_line + len(rows))
        else:
            heights = [1 + sum(cell.count("\n") for cell in row) for row in rows]
            lines = list(itertools.accumulate(heights, initial=first_line))[:-1]
        if all(rows):
            return Batch(lines, rows)
        kept = [(line, row) for line, row in zip(lines, rows, strict=True) if row]
        return Batch([line for line, _row in kept], [row for _line, row in kept])

    def squared(self, batch: Batch, *, width: int) -> Batch:
        """Check that each row has the cells of the header; empty cells too many at the end do no harm."""
        if not batch.rows or set(map(len, batch.rows)) == {width}:
            return batch
        rows = []
        for line, row in zip(batch.lines, batch.rows, strict=True):
            if len(row) < width or any(row[width:]):
                cells = counted(len(row), "cellule", "cellules")
                reason = f"La ligne a {cells} au lieu de {width} : une séparation manque ou est de trop."
                raise self.refused(reason, line=line)
            rows.append(row[:width])
        return Batch(batch.lines, rows)

    def refused(self, reason: str, *, line: int, column: str = "") -> PackageRefused:
        return PackageRefused(reason, file=self.table.file, line=line, column=column)

    def wrong_encoding(self) -> PackageRefused:
        """Say which line is not UTF-8, and what it looks like."""
        self.package.refuse_holes(self.table.file)
        with self.package.open(self.table.file) as raw:
            for line, content in enumerate(iter(lambda: raw.readline(LONGEST_LINE), b""), start=1):
                if b"\0" in content or content.startswith((b"\xff\xfe", b"\xfe\xff")):
                    return self.refused(f"Ce fichier est en UTF-16 : {ENCODING_ADVICE}", line=line)
                try:
                    content.decode("utf-8")
                except UnicodeDecodeError:
                    name = likely_encoding(content)
                    reason = f"Ce fichier n’est pas en UTF-8, il semble en {name} : {ENCODING_ADVICE}"
                    return self.refused(reason, line=line)
        return self.refused(f"Ce fichier n’est pas en UTF-8 : {ENCODING_ADVICE}", line=1)


def separator_of(header: str) -> str:
    return ";" if header.count(";") >= header.count(",") else ","


def likely_encoding(content: bytes) -> str:
    """The encoding whose accented letters are the most frequent among the bytes beyond ASCII."""
    counts = {name: sum(content.count(sign) for sign in signs) for name, signs in SIGNS_OF.items()}
    likeliest = max(counts, key=lambda name: counts[name])
    return likeliest if counts[likeliest] else "Windows-1252 (Excel)"
