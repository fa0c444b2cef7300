"""Rows to lines of entry, a column at a time: what is right costs one look-up a cell."""

import dataclasses
import datetime as dt
import itertools
import operator
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from parvis.exchange.rules.cells import CellFault
from parvis.exchange.rules.fec.cells import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    Kinds,
    Memory,
    Value,
    to_account,
    to_cents,
    to_currency_amount,
    to_day,
    to_loose_day,
    to_side,
)
from parvis.exchange.rules.fec.header import OPTIONAL, SIDES, SIGNED, Header
from parvis.exchange.rules.fec.lines import PARTS, FecLine
from parvis.exchange.rules.fec.tolerances import MISSING, Tolerances
from parvis.kit.typography import typographic

TEXTS = (
    *("JournalCode", "JournalLib", "EcritureNum", "CompteLib", "CompAuxNum", "CompAuxLib", "PieceRef"),
    *("EcritureLib", "EcritureLet"),
)
DAYS = ("EcritureDate", "PieceDate", "DateLet", "ValidDate")
# What the norm wants filled and the official checker only lists as absent.
WANTED_TEXTS = ("JournalCode", "JournalLib", "CompteLib", "PieceRef", "EcritureLib")
WANTED_DAYS = ("PieceDate", "ValidDate")

Cells = Mapping[str, Sequence[str]]
Days = list[dt.date | None]
make_line = partial(tuple.__new__, FecLine)


class ColumnFault(Exception):
    """A cell that cannot be taken: its column, and in French why."""

    def __init__(self, reason: str, *, column: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.column = column


@dataclasses.dataclass(slots=True, kw_only=True)
class Columns:
    """The columns of some lines, read."""

    cells: Cells  # as they stand in the file
    texts: dict[str, list[str]]
    entry_dates: list[dt.date]
    days: dict[str, Days]
    debit_cents: list[int]
    credit_cents: list[int]


class ColumnReader:
    """Reads the columns of a FEC of that header, and remembers what cells became."""

    def __init__(self, header: Header) -> None:
        self.header = header
        self.days = Memory(to_day)
        self.amounts = Memory(to_cents)
        self.sides = Memory(to_side)
        self.accounts = Memory(to_account)
        self.loose_days = Memory(to_loose_day)
        self.currency_amounts = Memory(to_currency_amount)
        self.noted = [
            (self.days.tolerated, DAYS),
            (self.amounts.tolerated, SIGNED[:1] if header.is_signed else SIDES),
            (self.sides.tolerated, SIGNED[1:] if header.is_signed else ()),
            (self.accounts.tolerated, ("CompteNum",)),
        ]

    def read(self, columns: Sequence[Sequence[str]]) -> Columns:
        """What the cells of some lines say, or `ColumnFault` as soon as one is wrong."""
        cells = {name: columns[place] for name, place in self.header.places.items()}
        texts = {name: list(map(str.strip, cells[name])) for name in TEXTS}
        texts["CompteNum"] = looked_up(self.accounts, cells, "CompteNum")
        for name in ("EcritureNum", "CompteNum"):
            if not all(texts[name]):
                raise missing(name)
        days = {name: looked_up(self.days, cells, name) for name in DAYS}
        entry_dates = entry_dates_of(days.pop("EcritureDate"))
        debits, amounts = self.read_amounts(cells)
        return Columns(
            cells=cells,
            texts=texts,
            entry_dates=entry_dates,
            days=days,
            debit_cents=debits,
            credit_cents=amounts,
        )

    def read_one(self, row: Sequence[str]) -> Columns:
        return self.read([[cell] for cell in row])

    def read_amounts(self, cells: Cells) -> tuple[list[int], list[int]]:
        """Debits and credits in cents, from either pair of columns."""
        if not self.header.is_signed:
            return looked_up(self.amounts, cells, "Debit"), looked_up(self.amounts, cells, "Credit")
        amounts, sides = looked_up(self.amounts, cells, "Montant"), looked_up(self.sides, cells, "Sens")
        debits = [amount if side > 0 else 0 for amount, side in zip(amounts, sides, strict=True)]
        return debits, list(map(operator.sub, amounts, debits))

    def shrink(self) -> None:
        for memory in (self.days, self.amounts, self.accounts, self.loose_days, self.currency_amounts):
            memory.shrink()

    def lines(self, columns: Columns, *, numbers: Sequence[int]) -> list[FecLine]:
        texts, days = columns.texts, columns.days
        parts = (
            numbers,
            *(texts[name] for name in ("JournalCode", "JournalLib", "EcritureNum")),
            columns.entry_dates,
            *(texts[name] for name in ("CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib", "PieceRef")),
            days["PieceDate"],
            texts["EcritureLib"],
            columns.debit_cents,
            columns.credit_cents,
            texts["EcritureLet"],
            days["DateLet"],
            days["ValidDate"],
            self.other_texts(columns.cells),
        )
        return list(map(make_line, zip(*parts, strict=False)))

    def other_texts(self, cells: Cells) -> Iterable[str]:
        """What only tells lines apart: the currency and the four columns of cash accounting, joined."""
        if not any(any(cells.get(name, ())) for name in OPTIONAL):
            return itertools.repeat("")
        columns = [self.other_text(cells.get(name, ()), name=name) for name in OPTIONAL]
        return map(str.rstrip, map(PARTS.join, zip(*columns, strict=False)), itertools.repeat(PARTS))

    def other_text(self, column: Sequence[str], *, name: str) -> Iterable[str]:
        if not any(column):
            return itertools.repeat("")
        if name == "Montantdevise":
            return map(self.currency_amounts.__getitem__, column)
        return map(self.loose_days.__getitem__ if name == "DateRglt" else str.strip, column)

    def note(self, columns: Columns, *, numbers: Sequence[int], tolerances: Tolerances) -> None:
        """Count the tolerances that these lines needed."""
        for tolerated, names in self.noted:
            for name in names if tolerated else ():
                note_cells(columns.cells[name], tolerated, numbers=numbers, tolerances=tolerances)
        note_equal("number-zero", columns.texts["EcritureNum"], "0", numbers=numbers, tolerances=tolerances)
        note_sides(columns, numbers=numbers, tolerances=tolerances)
        for name in WANTED_TEXTS:
            if not all(columns.texts[name]):
                note_equal(MISSING + name, columns.texts[name], "", numbers=numbers, tolerances=tolerances)
        for name in WANTED_DAYS:
            if not all(columns.days[name]):
                note_equal(MISSING + name, columns.days[name], None, numbers=numbers, tolerances=tolerances)


def missing(column: str) -> ColumnFault:
    return ColumnFault(typographic(f"La colonne {column} est obligatoire : remplissez-la."), column=column)


def entry_dates_of(days: Days) -> list[dt.date]:
    """Every entry has its day, and none is centuries away."""
    found = [day for day in days if day]
    if len(found) < len(days):
        raise missing("EcritureDate")
    if min(found).year < EARLIEST_YEAR or max(found).year > LATEST_YEAR:
        reason = typographic("La date est hors des années 1900 à 2099 : corrigez l’année.")
        raise ColumnFault(reason, column="EcritureDate")
    return found


def looked_up(memory: Memory[Value], cells: Cells, name: str) -> list[Value]:
    column = cells[name]
    try:
        return list(map(memory.__getitem__, column)) if any(column) else [memory[""]] * len(column)
    except CellFault as fault:
        raise ColumnFault(fault.reason, column=name) from fault


def note_cells(
    cells: Sequence[str], tolerated: Mapping[str, Kinds], *, numbers: Sequence[int], tolerances: Tolerances
) -> None:
    for number, cell in zip(numbers, cells, strict=True):
        for kind in tolerated.get(cell, ()):
            tolerances.note(kind, line=number)


def note_sides(columns: Columns, *, numbers: Sequence[int], tolerances: Tolerances) -> None:
    """Lines with both amounts or none; looked for at once, as nearly every batch has none."""
    debits, given = columns.debit_cents, columns.credit_cents
    if all(map(operator.or_, debits, given)) and not any(map(operator.mul, debits, given)):
        return
    for number, debit, credit in zip(numbers, debits, given, strict=True):
        if (debit == 0) == (credit == 0):
            tolerances.note("side-both" if debit else "side-none", line=number)


def note_equal(
    kind: str, column: Sequence[object], value: object, *, numbers: Sequence[int], tolerances: Tolerances
) -> None:
    if value in column:
        count = column.count(value)
        tolerances.note(kind, line=numbers[column.index(value)], count=count)
