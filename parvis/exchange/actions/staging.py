"""Temporary tables where a package waits: filled by COPY on PostgreSQL, by executemany on SQLite.

They belong to the connection and disappear with it, so that a process killed at any moment leaves nothing.
"""

import abc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

from django.db import OperationalError, connection, transaction

from parvis.exchange.actions.refusals import ImportUnderWay

Column = Sequence[str | None]
Columns = Sequence[Column]
Described = Sequence[tuple[str, str]]
SECONDS_TO_WAIT = 20
READ_AS_SIGNS = "\\\t\n\r"
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class Staging(abc.ABC):
    """What an import asks of its database. Names come from our own schemas, never from the package."""

    types: dict[str, str]
    differs: str
    hold: str  # what makes a query hold its rows of `t` until the end; nothing where a writer is alone

    def __init__(self) -> None:
        self.created: list[str] = []

    def create(self, name: str, columns: Described) -> None:
        described = ", ".join(f"{column} {self.types[kind]}" for column, kind in columns)
        self.drop(name)
        self.run(f"CREATE TEMPORARY TABLE {name} ({described})")

    def create_as(self, name: str, query: str, parameters: Sequence[Any] = ()) -> None:
        self.drop(name)
        self.run(f"CREATE TEMPORARY TABLE {name} AS {query}", parameters)

    def drop(self, name: str) -> None:
        self.run(f"DROP TABLE IF EXISTS {name}")
        if name not in self.created:
            self.created.append(name)

    def drop_all(self) -> None:
        for name in self.created:
            self.run(f"DROP TABLE IF EXISTS {name}")

    def run(self, statement: str, parameters: Sequence[Any] = ()) -> int:
        """Run one statement; how many rows it touched."""
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return int(cursor.rowcount)

    def rows(self, query: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(query, parameters)
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found

    def number(self, query: str, parameters: Sequence[Any] = ()) -> int:
        return int(self.rows(query, parameters)[0][0] or 0)

    def each(self, query: str, parameters: Sequence[Any] = (), *, size: int = 500) -> Iterator[list[tuple[Any, ...]]]:
        """Rows by handfuls, ordered by their first column, which rises and is never negative."""
        after = -1
        while True:
            handful = f"SELECT * FROM ({query}) q WHERE q.line > %s ORDER BY 1 LIMIT {size}"
            found = self.rows(handful, [*parameters, after])
            if not found:
                return
            yield found
            after = found[-1][0]

    @abc.abstractmethod
    def load(self, name: str, columns: Described, batches: Iterable[Columns]) -> None:
        """Fill a table with batches of columns."""

    @abc.abstractmethod
    def analyze(self, name: str) -> None:
        """Tell the planner what a table holds."""

    @abc.abstractmethod
    def lock(self, slug: str) -> None:
        """Wait for another import of that agency, or raise `ImportUnderWay`."""

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Around the filling of temporary tables."""
        yield


class PostgresStaging(Staging):
    types = {"text": "text", "number": "bigint", "integer": "bigint", "date": "date", "boolean": "boolean"}
    differs = "IS DISTINCT FROM"
    hold = "FOR NO KEY UPDATE OF t"

    def load(self, name: str, columns: Described, batches: Iterable[Columns]) -> None:
        names = ", ".join(column for column, _kind in columns)
        texts = frozenset(place for place, (_column, kind) in enumerate(columns) if kind == "text")
        with connection.cursor() as cursor, cursor.copy(f"COPY {name} ({names}) FROM STDIN") as copy:
            for batch in batches:
                copy.write(copy_lines(batch, texts=texts))

    def analyze(self, name: str) -> None:
        self.run(f"ANALYZE {name}")

    def lock(self, slug: str) -> None:
        self.run(f"SET LOCAL lock_timeout = '{SECONDS_TO_WAIT}s'")
        self.run("SET LOCAL work_mem = '64MB'")
        try:
            self.run("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"parvis import {slug}"])
        except OperationalError as error:
            raise ImportUnderWay from error
        self.run("SET LOCAL lock_timeout = 0")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """A refusal in the middle of a COPY undoes what was filled, and nothing around it."""
        with transaction.atomic():
            yield


class SqliteStaging(Staging):
    types = {"text": "text", "number": "integer", "integer": "integer", "date": "text", "boolean": "integer"}
    differs = "IS NOT"
    hold = ""

    def load(self, name: str, columns: Described, batches: Iterable[Columns]) -> None:
        names = ", ".join(column for column, _kind in columns)
        marks = ", ".join("%s" for _column in columns)
        with connection.cursor() as cursor:
            for batch in batches:
                cursor.executemany(f"INSERT INTO {name} ({names}) VALUES ({marks})", list(zip(*batch, strict=True)))

    def analyze(self, name: str) -> None:
        """SQLite looks its rows up by the indexes of the real tables: it needs no figures."""

    def lock(self, slug: str) -> None:
        """The transaction began as a writer: it has waited for the other already."""

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One transaction for all batches; it touches temporary tables only, so nobody waits for it."""
        if connection.in_atomic_block:
            yield
            return
        self.run("BEGIN")
        try:
            yield
        finally:
            self.run("COMMIT")


def copy_lines(batch: Columns, *, texts: frozenset[int]) -> str:
    """The text format of COPY: tabs between cells, \\N for null, backslash before what would be read as a sign."""
    columns = [escaped(column) if place in texts else without_null(column) for place, column in enumerate(batch)]
    return "\n".join(map("\t".join, zip(*columns, strict=True))) + "\n"


def escaped(column: Column) -> Sequence[str]:
    """A text is never null."""
    cells = cast(Sequence[str], column)
    together = "".join(cells)
    if not any(sign in together for sign in READ_AS_SIGNS):
        return cells
    return [cell.translate(ESCAPES) for cell in cells]


def without_null(column: Column) -> Sequence[str]:
    return ["\\N" if cell is None else cell for cell in column] if None in column else cast(Sequence[str], column)


def open_staging() -> Staging:
    return PostgresStaging() if connection.vendor == "postgresql" else SqliteStaging()
