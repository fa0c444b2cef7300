"""The database as one file, as it was at one instant, while the site runs; and back, all or nothing."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from parvis.kit.refusals import Refusal

Counts = dict[str, int]  # rows of each table
LINES_SHOWN = 5


class ToolMissing(Refusal):
    def __init__(self, program: str) -> None:
        super().__init__(f"{program} n’est pas installé. Sur Debian : apt-get install postgresql-client.")


class ToolFailed(Refusal):
    def __init__(self, program: str, *, said: str) -> None:
        last = " ".join(said.strip().splitlines()[-LINES_SHOWN:])
        super().__init__(f"{program} a échoué : {last}")


class DatabaseInUse(Refusal):
    message = "D’autres programmes utilisent la base : arrêtez d’abord le serveur web et le travail de fond."


def count_rows() -> Counts:
    """The rows of each table of the site's database."""
    with connection.cursor() as cursor:
        return {table: rows_of(cursor, table) for table in sorted(connection.introspection.table_names(cursor))}


def rows_of(cursor: CursorWrapper, table: str) -> int:
    cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 -- our own tables
    number: int = cursor.fetchone()[0]
    return number


def dump(path: Path) -> Counts:
    """Write the database in a new file; return the rows that it holds."""
    return {"sqlite": dump_sqlite, "postgresql": dump_postgresql}[connection.vendor](path)


def load(path: Path) -> None:
    """Put the database of that file in place of the site's; a failure leaves what was there.

    Refuses while another program is connected.
    """
    {"sqlite": load_sqlite, "postgresql": load_postgresql}[connection.vendor](path)


def dump_sqlite(path: Path) -> Counts:
    site = f"file:{quote(database_name())}?mode=ro"
    with closing(sqlite3.connect(site, uri=True)) as source, closing(sqlite3.connect(path)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        found = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        tables = [name for (name,) in found if not name.startswith("sqlite_")]
        return {name: copy.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608


def load_sqlite(path: Path) -> None:
    connection.close()
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(database_name(), timeout=1)) as target:
        try:
            target.execute("PRAGMA locking_mode=EXCLUSIVE")
            target.execute("BEGIN EXCLUSIVE")
            target.rollback()
            source.backup(target)
        except sqlite3.OperationalError as error:
            raise DatabaseInUse from error


def database_name() -> str:
    return str(connection.settings_dict["NAME"])


def dump_postgresql(path: Path) -> Counts:
    """What is counted and what is written are one snapshot."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        ours = ("--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={path}")
        run_tool("pg_dump", "--format=custom", "--compress=0", *ours)
        return count_rows()


def load_postgresql(path: Path) -> None:
    """By a script that one transaction runs whole, what was there dropped in it too."""
    if others_are_connected():
        raise DatabaseInUse
    restored, script = path.with_suffix(".restored.sql"), path.with_suffix(".sql")
    run_tool("pg_restore", "--no-owner", "--no-privileges", f"--file={restored}", str(path))
    with script.open("wb") as whole, restored.open("rb") as rest:
        whole.write("".join(drops()).encode())
        shutil.copyfileobj(rest, whole)
    connection.close()
    quiet = ("--no-psqlrc", "--quiet", "--output=/dev/null", "--set=ON_ERROR_STOP=1")
    run_tool("psql", *quiet, "--single-transaction", f"--file={script}")


def others_are_connected() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = CURRENT_DATABASE()"
            " AND pid <> PG_BACKEND_PID() AND backend_type = 'client backend'"
        )
        return bool(cursor.fetchone()[0])


def drops() -> Iterator[str]:
    """What removes all that is there: the tables with their triggers, then the functions that no extension owns."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            yield f"DROP TABLE {connection.ops.quote_name(table)} CASCADE;\n"
        cursor.execute(
            "SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.pronamespace = CURRENT_SCHEMA()::regnamespace"
            " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
        )
        yield from (f"DROP FUNCTION {function} CASCADE;\n" for (function,) in cursor.fetchall())


def run_tool(program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL on the site's database; its password passes by the environment."""
    found = shutil.which(program)
    if found is None:
        raise ToolMissing(program)
    place = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    told = {variable: str(place[name]) for variable, name in names.items() if place[name]}
    run = subprocess.run(  # noqa: S603 -- our own arguments
        [found, *arguments], env={**os.environ, **told}, capture_output=True, text=True, errors="replace", check=False
    )
    if run.returncode:
        raise ToolFailed(program, said=run.stderr)
