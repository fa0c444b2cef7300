"""CSV that people open in a spreadsheet: no cell of ours is ever run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

READ_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BYTE_ORDER_MARK = "\ufeff"


def harmless(cell: str) -> str:
    """The cell, behind an apostrophe where a spreadsheet would read a formula."""
    return f"'{cell}" if cell.startswith(READ_AS_FORMULA) else cell


def to_csv(rows: Iterable[Sequence[str]]) -> str:
    """Semicolons and a byte order mark: what French spreadsheets open with a double click."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return BYTE_ORDER_MARK + text.getvalue()
