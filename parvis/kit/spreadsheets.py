"""CSV that people open in a spreadsheet: no cell of ours is ever run as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

READ_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NUMBER = re.compile(r"-[0-9]+(?:,[0-9]+)?")
BYTE_ORDER_MARK = "\ufeff"


def harmless(cell: str) -> str:
    """The cell, behind an apostrophe where a spreadsheet would read a formula; a number below 0 is none."""
    return f"'{cell}" if cell.startswith(READ_AS_FORMULA) and not NUMBER.fullmatch(cell) else cell


def to_csv(rows: Iterable[Sequence[str]]) -> str:
    """Semicolons and a byte order mark: what French spreadsheets open with a double click."""
    return "".join(csv_lines(rows))


def csv_lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The same, line by line, for what is sent while it is read."""
    yield BYTE_ORDER_MARK
    line = io.StringIO()
    writer = csv.writer(line, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()
