"""One run of the import benchmark, in its own process: `prepare`, `import`, `bare` or `again`."""

import json
import pickle
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection, transaction

from bench.import_entries import SLUG, TABLES

# What an import writes of the clients beside their rows.
MADE = ("property_clientwords",)
BLOCK = 1024 * 1024


def memory_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def empty() -> None:
    """Back to an empty base, identities included, with the pages given back."""
    tables = (*TABLES, "ledger_creditor", "exchange_importrun", "agencies_agency")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE")
            return
        for table in (*MADE, *reversed(TABLES)):
            cursor.execute(f"DELETE FROM {table}")
        for table in tables[len(TABLES) :]:
            cursor.execute(f"DELETE FROM {table}")
        cursor.execute("DELETE FROM sqlite_sequence")
        cursor.execute("VACUUM")


def empty_rows() -> None:
    """Only the rows that are loaded bare; what they refer to stays."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")
            return
        for table in (*MADE, *reversed(TABLES)):
            cursor.execute(f"DELETE FROM {table}")
        cursor.execute("VACUUM")


def import_package(folder: Path) -> None:
    call_command("import_package", folder / "package", agency=SLUG, create_agency=True, verbosity=0, stdout=sys.stderr)


def dump(folder: Path) -> None:
    """Keep the rows that an import made, to load the very same bare."""
    for table in TABLES:
        with connection.cursor() as cursor, (folder / table).open("wb") as file:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} TO STDOUT") as copy:
                    for block in copy:
                        file.write(block)
            else:
                cursor.execute(f"SELECT * FROM {table}")
                pickle.dump(cursor.fetchall(), file)


def prepare(folder: Path) -> float:
    call_command("migrate", verbosity=0)
    import_package(folder)
    dump(folder)
    return 0.0


def timed_import(folder: Path) -> float:
    empty()
    return seconds(lambda: import_package(folder))


def bare(folder: Path) -> float:
    empty_rows()
    if connection.vendor == "postgresql":
        return seconds(lambda: copy_in(folder))
    rows = {table: pickle.loads((folder / table).read_bytes()) for table in TABLES}
    return seconds(lambda: execute_many(rows))


def copy_in(folder: Path) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table in TABLES:
            with cursor.copy(f"COPY {table} FROM STDIN") as copy, (folder / table).open("rb") as file:
                while block := file.read(BLOCK):
                    copy.write(block)


def execute_many(rows: dict[str, list[tuple[object, ...]]]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table in TABLES:
            marks = ", ".join("%s" for _column in rows[table][0])
            cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", rows[table])


def again(folder: Path) -> float:
    """The same package once more, on what the first import left: nothing changes."""
    empty()
    import_package(folder)
    return seconds(lambda: import_package(folder))


def seconds(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


TASKS: dict[str, Callable[[Path], float]] = {"prepare": prepare, "import": timed_import, "bare": bare, "again": again}


def main() -> None:
    django.setup()
    connection.ensure_connection()
    idle = memory_mib()
    taken = TASKS[sys.argv[1]](Path(sys.argv[2]))
    print(json.dumps({"seconds": taken, "memory_mib": memory_mib() - idle}))


if __name__ == "__main__":
    main()
