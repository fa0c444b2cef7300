"""Another database of the same kind as the tests', and what it holds, read by its own driver."""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from django.db import connection
from psycopg import sql

from tests.deploy.site import database_url

TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_'",
    "postgresql": "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'",
}
# Not DROP … WITH (FORCE), which also ends the autovacuum: only a superuser may, and dropping waits for it anyway.
HANG_UP_OURS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND usename = current_user"


@contextmanager
def empty_database(folder: Path) -> Iterator[str]:
    """The DATABASE_URL of a database that holds nothing; it disappears at the end."""
    name = f"parvis_other_{secrets.token_hex(4)}"
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / name}.sqlite3"
        return
    present = database_url()
    with closing(psycopg.connect(present, autocommit=True)) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield present.rsplit("/", 1)[0] + f"/{name}"
        finally:
            server.execute(HANG_UP_OURS, [name])
            server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


def opened(url: str) -> sqlite3.Connection | psycopg.Connection:
    if url.startswith("sqlite"):
        return sqlite3.connect(url.removeprefix("sqlite:///"))
    return psycopg.connect(url)


def contents(url: str) -> dict[str, list[str]]:
    """Every row of every table, in an order of its own."""
    with closing(opened(url)) as database:
        tables = [name for (name,) in database.execute(TABLES[connection.vendor]).fetchall()]
        return {name: sorted(map(repr, database.execute(f'SELECT * FROM "{name}"').fetchall())) for name in tables}
