"""Statements that the ORM compiles once in a process, for the pages that everybody opens all the time.

Building and compiling a query set costs more than running it. Here it is built for a stand-in viewer,
compiled, kept, and run again and again with the real viewer's values in the place of the stand-in's.
The rows are still chosen by `visible_to`.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from parvis.kit.viewer import Viewer

Build = Callable[[Viewer, dt.date], "QuerySet[Any, tuple[Any, ...]]"]  # Any: rows of any model

STAND_IN_DAY = dt.date(1, 2, 3)
FIRST_STAND_IN = -7_000_000_000


@dataclass(frozen=True)
class StandIn:
    """A viewer made of numbers that stand nowhere else in a statement."""

    user_id: int
    agency_id: int
    client_ids: tuple[int, ...]
    account_client_ids: tuple[int, ...]
    is_staff: bool


@dataclass(frozen=True)
class Statement:
    """Compiled SQL, its parameters with the stand-ins among them, and what turns its rows into Python values."""

    sql: str
    parameters: tuple[Any, ...]
    converters: dict[int, tuple[list[Callable[..., Any]], Any]]


def run(build: Build, *, viewer: Viewer, today: dt.date) -> list[tuple[Any, ...]]:
    """The rows of `build(viewer, today)`, a query set of `values_list`."""
    clients, account_clients = len(viewer.client_ids), len(viewer.account_client_ids)
    statement = compiled(build, clients, account_clients, viewer.is_staff, connection.vendor)
    if statement is None:
        return []
    values = replacements(viewer, today=today)
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, [values.get(value, value) for value in statement.parameters])
        rows = cursor.fetchall()
    return [converted(row, statement) for row in rows] if statement.converters else rows


def converted(row: tuple[Any, ...], statement: Statement) -> tuple[Any, ...]:
    """Days and booleans as Python knows them, where the database says them otherwise."""
    values = list(row)
    for column, (converters, expression) in statement.converters.items():
        for convert in converters:
            values[column] = convert(values[column], expression, connection)
    return tuple(values)


@lru_cache(maxsize=256)
def compiled(build: Build, clients: int, account_clients: int, is_staff: bool, _vendor: str) -> Statement | None:  # noqa: FBT001 -- the key of the cache
    """The statement for viewers of that shape; nothing when they can see no row at all."""
    viewer = stand_in(clients=clients, account_clients=account_clients, is_staff=is_staff)
    compiler = build(viewer, STAND_IN_DAY).query.get_compiler(using=connection.alias)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None
    columns = [column for column, _sql, _alias in compiler.select[: compiler.col_count]]
    return Statement(sql, tuple(parameters), compiler.get_converters(columns))


def stand_in(*, clients: int, account_clients: int, is_staff: bool) -> StandIn:
    first = FIRST_STAND_IN
    return StandIn(
        user_id=first,
        agency_id=first - 1,
        client_ids=tuple(range(first - 1001, first - 1001 - clients, -1)),
        account_client_ids=tuple(range(first - 500_001, first - 500_001 - account_clients, -1)),
        is_staff=is_staff,
    )


def replacements(viewer: Viewer, *, today: dt.date) -> dict[Any, Any]:
    """What takes the place of each stand-in."""
    model = stand_in(
        clients=len(viewer.client_ids), account_clients=len(viewer.account_client_ids), is_staff=viewer.is_staff
    )
    adapt = connection.ops.adapt_datefield_value
    return {
        model.user_id: viewer.user_id,
        model.agency_id: viewer.agency_id,
        **dict(zip(model.client_ids, viewer.client_ids, strict=True)),
        **dict(zip(model.account_client_ids, viewer.account_client_ids, strict=True)),
        adapt(STAND_IN_DAY): adapt(today),
    }
