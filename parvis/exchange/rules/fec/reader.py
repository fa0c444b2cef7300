"""A FEC read in one pass, block after block, in constant memory."""

import datetime as dt
from collections.abc import Iterator
from typing import BinaryIO

from parvis.exchange.rules.fec.lines import FecLayout, FecLine, FecProblem, FecTolerance


class FecReader:
    """Gives the good lines, once. `problems`, `tolerances` and `period` are whole when the last line was given."""

    def __init__(self, stream: BinaryIO, *, layout: FecLayout) -> None:
        self.stream = stream
        self.layout = layout
        self.problems: list[FecProblem] = []
        self.tolerances: list[FecTolerance] = []
        self.period: tuple[dt.date, dt.date] | None = None
        self.read = 0

    def __iter__(self) -> Iterator[FecLine]:
        for batch in self.batches():
            yield from batch

    def batches(self) -> Iterator[list[FecLine]]:
        """The same lines by handfuls: `zip(*batch)` gives columns."""
        yield from ()


def read_fec(stream: BinaryIO, *, name: str) -> FecReader:
    """Look the whole file over (it must be able to seek) and read its header; `FecRefused` if it is no FEC.

    `name` is the name of the file, which the norm makes of the SIREN and of the closing day.
    """
    layout = FecLayout(name=name, encoding="", separator="", columns=(), variant="", siren="", closing_on=None)
    return FecReader(stream, layout=layout)
