"""Writing cells as the import reads them: the other direction of `cells.py`. Pure."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence

LINES_AT_ONCE = 500


def cell(value: object, *, kind: str) -> str:
    """« 2026-11-23 », « 412,35 » (from cents), « oui »; nothing for what is not known."""
    if value is None:
        return ""
    if kind == "number":
        return hundredths(int(str(value)))
    if kind == "boolean":
        return "oui" if value else "non"
    if isinstance(value, dt.date):
        return value.isoformat()
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def hundredths(cents: int) -> str:
    """-41235 -> « -412,35 »."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole},{rest:02d}"


def csv_chunks(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """A file of a package, some lines at a time: semicolons, UTF-8, what `import_package` reads."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    for rank, row in enumerate(rows, start=1):
        writer.writerow(row)
        if rank % LINES_AT_ONCE == 0:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()
