"""Small packages for tests: every file from the examples of its schema, and what a test changes."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path

from parvis.exchange.rules.tables import REQUIRED, load_table, load_tables

SLUG = "cabinet-des-tilleuls"
ACCOUNT = "450-10427318"
Row = dict[str, str]


def example(name: str, /, **changes: str) -> Row:
    """The row that the schema gives as an example."""
    return {field.name: field.example for field in load_table(name).fields} | changes


def example_package() -> dict[str, list[Row]]:
    """One row in each file that a package must hold, and the other clients whom those rows name."""
    rows = {name: [example(name)] for name in REQUIRED}
    for reference, name in (("10427400", "Roche"), ("10427500", "Lemaire")):
        rows["clients"].append(example("clients", customer_reference=reference, last_name=name))
    return rows


def whole_package() -> dict[str, list[Row]]:
    """The same with the files that a package may hold: one row in each."""
    return example_package() | {table.name: [example(table.name)] for table in load_tables() if table.is_optional}


def with_entries(*entries: Row) -> dict[str, list[Row]]:
    """The example package, holding those entries."""
    rows = example_package()
    rows["entries"] = list(entries)
    return rows


def entry(reference: str, **changes: str) -> Row:
    plain = {"debit": "", "credit": "", "due_on": "", "kind": "other", "is_opening": "non"}
    return example("entries", reference=reference, **(plain | changes))


def as_csv(name: str, rows: Iterable[Row], *, delimiter: str = ";") -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, load_table(name).column_names, delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def write_folder(folder: Path, rows: dict[str, list[Row]]) -> Path:
    folder.mkdir(exist_ok=True, parents=True)
    for name, lines in rows.items():
        (folder / f"{name}.csv").write_text(as_csv(name, lines), encoding="utf-8", newline="")
    return folder


def write_zip(path: Path, folder: Path, *, inside: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, f"{inside}{file.name}")
    return path


def read_report(path: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return found
