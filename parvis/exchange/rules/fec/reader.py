"""A FEC read in one pass, block after block, in constant memory."""

import datetime as dt
import itertools
import operator
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from parvis.exchange.rules.fec.balance import BalanceSheet
from parvis.exchange.rules.fec.blocks import Lines, LineSource
from parvis.exchange.rules.fec.columns import ColumnFault, ColumnReader
from parvis.exchange.rules.fec.encoding import DOS, WINDOWS, Survey, survey_of
from parvis.exchange.rules.fec.header import Header, read_header, read_name
from parvis.exchange.rules.fec.lines import FecLayout, FecLine, FecProblem, FecRefused, FecTolerance
from parvis.exchange.rules.fec.rows import Row, RowMaker
from parvis.exchange.rules.fec.tolerances import Tolerances
from parvis.exchange.rules.visible import shown

MOST_PROBLEMS = 10_000
# Below this many lines, none good may be chance; above, the columns have slipped.
LINES_TO_TELL = 10


class FecReader:
    """Gives the good lines, once. `problems`, `tolerances` and `period` are whole when the last line was given.

    A structural fault met on the way raises `FecRefused`.
    """

    def __init__(
        self, source: LineSource, blocks: Iterator[Lines], *, layout: FecLayout, header: Header, noted: Tolerances
    ) -> None:
        self.source = source
        self.blocks = blocks
        self.layout = layout
        self.header = header
        self.noted = noted
        self.columns = ColumnReader(header)
        self.balance = BalanceSheet()
        self.rows = RowMaker(header=header, tolerances=noted, check=self.columns.read_one)
        self.problems: list[FecProblem] = []
        self.first_on: dt.date | None = None
        self.last_on: dt.date | None = None
        self.read = 0
        self.kept = 0

    @property
    def tolerances(self) -> list[FecTolerance]:
        return self.noted.as_list()

    @property
    def period(self) -> tuple[dt.date, dt.date] | None:
        """First and last day of entry among the lines given so far."""
        return (self.first_on, self.last_on) if self.first_on and self.last_on else None

    def __iter__(self) -> Iterator[FecLine]:
        for batch in self.batches():
            yield from batch

    def batches(self) -> Iterator[list[FecLine]]:
        """The same lines by handfuls: `zip(*batch)` gives columns."""
        for block in self.blocks:
            if not block.numbers:
                continue
            numbers: Sequence[int] = block.numbers
            columns = self.rows.cut(block)
            if not columns:
                numbers, columns = self.rows.put_right(self.source.plain(block))
            self.read += len(numbers)
            for batch in self.lines(numbers, columns):
                self.kept += len(batch)
                yield batch
            self.columns.shrink()
        self.end()

    def lines(self, numbers: Sequence[int], cells: Sequence[Sequence[str]]) -> Iterator[list[FecLine]]:
        """What is right of these lines; a fault is looked for by halves, so that one of them costs little."""
        if not numbers:
            return
        try:
            columns = self.columns.read(cells)
        except ColumnFault as fault:
            if len(numbers) == 1:
                self.put_aside([column[0].strip() for column in cells], number=numbers[0], fault=fault)
                return
            half = len(numbers) // 2
            yield from self.lines(numbers[:half], [column[:half] for column in cells])
            yield from self.lines(numbers[half:], [column[half:] for column in cells])
            return
        self.columns.note(columns, numbers=numbers, tolerances=self.noted)
        self.note_days(columns.entry_dates, numbers=numbers)
        lines = self.columns.lines(columns, numbers=numbers)
        keys = list(zip(columns.texts["JournalCode"], columns.texts["EcritureNum"], strict=True))
        cents = list(map(operator.sub, columns.debit_cents, columns.credit_cents))
        self.balance.add(lines, keys=keys, cents=cents)
        yield lines

    def put_aside(self, row: Row, *, number: int, fault: ColumnFault) -> None:
        if not any(row):
            self.noted.note("empty-lines", line=number)
            return
        places = self.header.places
        names = ("JournalCode", "EcritureNum", "CompteNum", "CompAuxNum")
        journal, entry, account, auxiliary = (row[places[name]] for name in names)
        self.balance.miss((journal, entry))
        self.problems.append(
            FecProblem(
                line=number,
                column=fault.column,
                value=shown(row[places[fault.column]]),
                reason=fault.reason,
                accounts=frozenset({(account, auxiliary)} if account else ()),
            )
        )
        if len(self.problems) > MOST_PROBLEMS:
            raise FecRefused(f"Plus de {MOST_PROBLEMS} fautes : le fichier est sans doute décalé ou d’un autre format.")

    def note_days(self, days: list[dt.date], *, numbers: Sequence[int]) -> None:
        first, last, closing = min(days), max(days), self.layout.closing_on
        self.first_on = min(self.first_on or first, first)
        self.last_on = max(self.last_on or last, last)
        if closing and last > closing:
            late = [number for number, day in zip(numbers, days, strict=True) if day > closing]
            self.noted.note("after-closing", line=late[0], count=len(late))

    def end(self) -> None:
        if not self.read:
            raise FecRefused("Ce FEC n’a aucune écriture sous ses en-têtes.")
        if self.read >= LINES_TO_TELL and self.problems and not self.kept:
            first = self.problems[0]
            raise FecRefused(
                f"Aucune des {self.read} lignes n’est lisible. Les colonnes sont-elles décalées ? {first.reason}",
                line=first.line,
                column=first.column,
                value=first.value,
            )
        self.problems += self.balance.problems(tolerances=self.noted)


def read_fec(stream: BinaryIO, *, name: str) -> FecReader:
    """Look the whole file over (it must be able to seek) and read its header; `FecRefused` if it is no FEC.

    `name` is the name of the file, which the norm makes of the SIREN and of the closing day.
    """
    noted = Tolerances()
    siren, closing_on = read_name(name, tolerances=noted)
    survey = survey_of(stream)
    note_encoding(survey, tolerances=noted)
    source = LineSource(stream, survey=survey, tolerances=noted)
    blocks = source.blocks()
    first = next(blocks, None)
    if not first:
        raise FecRefused("Ce fichier est vide.")
    header = read_header(first.text.partition(first.end)[0].strip("\r"), tolerances=noted)
    layout = FecLayout(
        name=name,
        encoding=survey.encoding.label,
        separator=header.separator,
        columns=header.names,
        variant=header.variant,
        siren=siren,
        closing_on=closing_on,
    )
    blocks = itertools.chain([first.without_first()], blocks)
    return FecReader(source, blocks, layout=layout, header=header, noted=noted)


def note_encoding(survey: Survey, *, tolerances: Tolerances) -> None:
    if survey.has_mark:
        tolerances.note("mark", line=1)
    if survey.encoding in (WINDOWS, DOS):
        tolerances.note("encoding", line=1, detail=survey.encoding.label)
    if survey.is_doubtful:
        tolerances.note("encoding-doubt", line=1, detail=DOS.label)
