"""Whatever test breaks the one order in which rows are held (`parvis.people.actions.locks`) fails where it does.

Only on PostgreSQL, which locks rows; a test needs no second thread for that. What is looked at: the statements of a
transaction that product code has opened, in any thread. The transaction that wraps a test is not one.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from parvis.interventions.models import Intervention
from parvis.people.actions.locks import ORDER, ROOTS
from parvis.people.models import StaffAbsence

# A case is held before what belongs to it, which nobody takes without it; several cases in one statement, like roots.
# An import writes the cases before the absences.
BEFORE_CASES = ORDER.index(StaffAbsence)
WITH_CASES = (*ORDER[:BEFORE_CASES], Intervention, *ORDER[BEFORE_CASES:])
RANKS = {model._meta.db_table: rank for rank, model in enumerate(WITH_CASES)}
ROOT_TABLES = {model._meta.db_table for model in (*ROOTS, Intervention)}
WRITES = re.compile(r'\s*(?:UPDATE|DELETE FROM|INSERT INTO(?=.* DO UPDATE )) "?(\w+)', re.DOTALL)
HOLDS = re.compile(r'SELECT .*? FROM "?(\w+).* FOR (NO KEY )?UPDATE', re.DOTALL)
Execute = Callable[..., Any]  # Any: what a cursor returns


class LockOrderBroken(AssertionError):
    """Two transactions that did this would wait for each other for ever."""


class Holding:
    """What the present transaction of one connection holds: for each table, the first statement and its values."""

    def __init__(self) -> None:
        self.tables: dict[str, tuple[str, set[Any]]] = {}
        self.savepoints: dict[str, dict[str, tuple[str, set[Any]]]] = {}

    def begin_again(self) -> None:
        self.tables, self.savepoints = {}, {}

    def __call__(self, execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if sql.startswith("SAVEPOINT"):
            self.savepoints[sql.rsplit(maxsplit=1)[-1]] = dict(self.tables)
        elif sql.startswith("ROLLBACK TO SAVEPOINT"):
            self.tables = self.savepoints.get(sql.rsplit(maxsplit=1)[-1], {})
        elif is_in_product_code(context["connection"]):
            self.note(sql, params)
        return execute(sql, params, many, context)

    def note(self, sql: str, params: Any) -> None:
        """Refuse a statement that takes rows out of order; remember one that takes rows."""
        held = HOLDS.match(sql)
        taken = held or WRITES.match(sql)
        table = taken[1] if taken else ""
        if table not in RANKS:
            return
        values: set[Any] = set()
        if held and table in ROOT_TABLES:
            values = set(params)
            self.check_root(sql, table=table, values=values, is_gentle=bool(held[2]))
        if table not in self.tables:
            later = [first for other, (first, _) in self.tables.items() if RANKS[other] > RANKS[table]]
            if later:
                raise LockOrderBroken(f"{table} is taken too late:\n{sql}\nafter\n{later[0]}")
            self.tables[table] = (sql, values)

    def check_root(self, sql: str, *, table: str, values: set[Any], is_gentle: bool) -> None:
        """All the rows of a root are held by one statement, and whoever only refers to them does not wait."""
        if not is_gentle:
            raise LockOrderBroken(f"{table} is held without no_key:\n{sql}")
        if table in self.tables and not values <= self.tables[table][1]:
            raise LockOrderBroken(f"More rows of {table} are held, out of their order:\n{sql}")


def is_in_product_code(connection: BaseDatabaseWrapper) -> bool:
    """Whether a transaction is open beside that which wraps the test."""
    return any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks)


def of_the_test() -> transaction.Atomic:
    """A block that wraps a test, or one play of it: what product code opens inside stands for itself."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    return block


def watch(connection: BaseDatabaseWrapper, **_: object) -> None:
    if not any(isinstance(wrapper, Holding) for wrapper in connection.execute_wrappers):
        connection.execute_wrappers.append(Holding())


def begin(block: transaction.Atomic, *, enter: Callable[[transaction.Atomic], None]) -> None:
    """Enter the block; nothing is held yet when it is the outermost."""
    connection = transaction.get_connection(block.using)
    if not is_in_product_code(connection):
        for wrapper in connection.execute_wrappers:
            if isinstance(wrapper, Holding):
                wrapper.begin_again()
    enter(block)


@contextmanager
def watched() -> Iterator[None]:
    """Look at every connection, those of the threads too."""
    enter = transaction.Atomic.__enter__
    with mock.patch.object(transaction.Atomic, "__enter__", lambda block: begin(block, enter=enter)):
        connection_created.connect(watch, dispatch_uid="lock order")
        watch(transaction.get_connection())
        yield
        connection_created.disconnect(dispatch_uid="lock order")
