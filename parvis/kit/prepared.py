"""Statements that the ORM compiles once in a process, for the pages that everybody opens all the time.

Building and compiling a query set costs up to ten times what the database needs to answer it.

    @prepared
    def open_accounts(viewer: Viewer, today: dt.date) -> QuerySet[Account]:
        return Account.objects.visible_to(viewer).with_due_dates(today)

    open_accounts(viewer, today)  # the rows, as `list(…)` of the query set gives them

The query set is built for stand-ins, once for each shape of the arguments (how many clients the viewer has);
the real values then take their places. Nothing about anybody is kept, and `visible_to` still chooses the rows.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial, wraps
from itertools import chain, count
from typing import Any, NamedTuple, ParamSpec, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.models.query import get_related_populators

from parvis.kit.viewer import Viewer

Arguments = ParamSpec("Arguments")
Row = TypeVar("Row")
Atom = int | str | dt.date
ATOMS = (int, str, dt.date)

SHAPES_KEPT = 64
# Two sets of stand-ins, which stand nowhere else in a statement.
FIRST_IDS = (-7 * 10**12, -8 * 10**12)
FIRST_DAYS = (dt.date(2, 1, 1), dt.date(1002, 1, 1))


populators: Callable[..., list[Any]] = get_related_populators  # typed for a later Django


class NotPreparable(Exception):
    """The query set makes something else of an argument than handing it to the database."""


class ViewerShape(NamedTuple):
    """All that a statement may depend on, but for the numbers themselves."""

    own_clients: int
    clients: int
    account_clients: int
    is_staff: bool
    scope: str


@dataclass(frozen=True, slots=True)
class StandIn:
    """A viewer that is nobody."""

    user_id: int
    agency_id: int
    own_client_ids: tuple[int, ...]
    client_ids: tuple[int, ...]
    account_client_ids: tuple[int, ...]
    is_staff: bool
    scope: str


@dataclass(frozen=True, slots=True)
class Instances:
    """How a row becomes an instance with its related objects and annotations, as a query set makes it."""

    model: Any  # Any: the models and compiled parts of Django, whatever they are
    columns: slice
    names: list[str]
    related: list[Any]
    annotations: dict[str, int]

    @classmethod
    def of(cls, compiler: Any) -> "Instances":
        fields = compiler.klass_info["select_fields"]
        columns = slice(fields[0], fields[-1] + 1)
        return cls(
            model=compiler.klass_info["model"],
            columns=columns,
            names=[column.target.attname for column, _, _ in compiler.select[columns]],
            related=populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS),
            annotations=compiler.annotation_col_map,
        )

    def make(self, row: tuple[Any, ...]) -> Any:
        instance = self.model.from_db(DEFAULT_DB_ALIAS, self.names, row[self.columns])
        for related in self.related:
            related.populate(row, instance)
        for name, column in self.annotations.items():
            setattr(instance, name, row[column])
        return instance


@dataclass(frozen=True, slots=True)
class Statement:
    """Compiled SQL. `places` says which argument each parameter is; `constants`, the value of the others."""

    sql: str
    places: tuple[int | None, ...]
    constants: tuple[Any, ...]
    converters: dict[int, tuple[list[Callable[..., Any]], Any]]
    instances: Instances | None

    def rows(self, atoms: list[Atom]) -> list[Any]:
        connection = connections[DEFAULT_DB_ALIAS]
        values = [adapted(atom, connection) for atom in atoms]
        places = zip(self.places, self.constants, strict=True)
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [constant if place is None else values[place] for place, constant in places])
            rows = cursor.fetchall()
        if self.converters:
            rows = [self.converted(row, connection) for row in rows]
        return rows if self.instances is None else [self.instances.make(row) for row in rows]

    def converted(self, row: tuple[Any, ...], connection: Any) -> tuple[Any, ...]:
        """Days, booleans, JSON as Python knows them, where the database says them otherwise."""
        values = list(row)
        for column, (converters, expression) in self.converters.items():
            for convert in converters:
                values[column] = convert(values[column], expression, connection)
        return tuple(values)


def adapted(atom: Atom, connection: Any) -> Any:
    """The atom as the ORM hands it to the connection."""
    if isinstance(atom, dt.datetime):
        return connection.ops.adapt_datetimefield_value(atom)
    return connection.ops.adapt_datefield_value(atom) if isinstance(atom, dt.date) else atom


def shape_of(argument: object) -> object:
    if isinstance(argument, ATOMS):
        return type(argument)
    viewer = cast(Viewer, argument)
    own, read, accounts = clients_of(viewer)
    return ViewerShape(len(own), len(read), len(accounts), viewer.is_staff, viewer.scope)


def clients_of(viewer: Viewer) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """The lists of clients of a viewer, in the order of `ViewerShape`."""
    return viewer.own_client_ids, viewer.client_ids, viewer.account_client_ids


def atoms_of(arguments: tuple[object, ...]) -> Iterator[Atom]:
    """The values in the arguments, in a fixed order."""
    for argument in arguments:
        if isinstance(argument, ATOMS):
            yield argument
        else:
            viewer = cast(Viewer, argument)
            yield from (viewer.user_id, viewer.agency_id, *chain.from_iterable(clients_of(viewer)))


def stand_ins(shapes: tuple[object, ...], *, which: int) -> tuple[object, ...]:
    """Arguments of these shapes; no two values in them are alike."""
    ids, days = count(FIRST_IDS[which]), count(FIRST_DAYS[which].toordinal())

    def stand_in(shape: object) -> object:
        if isinstance(shape, ViewerShape):
            sizes = (shape.own_clients, shape.clients, shape.account_clients)
            own, read, accounts = (tuple(next(ids) for _ in range(size)) for size in sizes)
            return StandIn(next(ids), next(ids), own, read, accounts, shape.is_staff, shape.scope)
        if shape is dt.datetime:
            return dt.datetime.combine(dt.date.fromordinal(next(days)), dt.time(), tzinfo=dt.UTC)
        if shape is dt.date:
            return dt.date.fromordinal(next(days))
        return f"stand-in {next(ids)}" if shape is str else next(ids)

    return tuple(stand_in(shape) for shape in shapes)


def compile_for(arguments: tuple[object, ...], build: Callable[..., QuerySet[Any, Any]]) -> Statement:
    connection = connections[DEFAULT_DB_ALIAS]
    queryset: Any = build(*arguments)  # Any: `_fields` is Django's own affair, and says whether rows stay tuples
    compiler = queryset.query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    values = [adapted(atom, connection) for atom in atoms_of(arguments)]
    places = tuple(values.index(parameter) if parameter in values else None for parameter in parameters)
    return Statement(
        sql=sql,
        places=places,
        constants=tuple(
            parameter if place is None else None for parameter, place in zip(parameters, places, strict=True)
        ),
        converters=compiler.get_converters([column for column, _, _ in compiler.select[: compiler.col_count]]),
        instances=Instances.of(compiler) if queryset._fields is None else None,
    )


def compile_twice(build: Callable[..., QuerySet[Any, Any]], *shapes: object) -> Statement | None:
    """The statement, nothing when no row can match. Two sets of stand-ins must only differ in their places."""
    try:
        first, second = (compile_for(stand_ins(shapes, which=which), build) for which in (0, 1))
    except EmptyResultSet:
        return None
    if (first.sql, first.places, first.constants) != (second.sql, second.places, second.constants):
        raise NotPreparable(f"{build.__qualname__} computes something from its arguments before it asks.")
    return first


def prepared(build: Callable[Arguments, QuerySet[Any, Row]]) -> Callable[Arguments, list[Row]]:
    """Of a function that builds a query set from viewers, ids, words and days, make one that gives its rows."""
    compiled = lru_cache(maxsize=SHAPES_KEPT)(partial(compile_twice, build))

    @wraps(build)
    def rows(*arguments: object) -> list[Row]:
        statement = compiled(*map(shape_of, arguments))
        return [] if statement is None else statement.rows(list(atoms_of(arguments)))

    return cast(Callable[Arguments, list[Row]], rows)
