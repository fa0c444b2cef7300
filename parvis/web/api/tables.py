"""The rows of the exchange format as JSON: the same columns, the same words, checked again by the same import."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, StrictBool, StrictInt, create_model

from parvis.exchange.actions.rows import RowFault
from parvis.exchange.rules import tables
from parvis.exchange.rules.cells import DATABASE_MAXIMUM
from parvis.web.api.problems import Detail, Problem, of_domain

MOST_ROWS = 500
LONGEST_TEXT = 4000
DAY = r"^(\d{4}-\d{2}-\d{2})?$"
AMOUNT = r"^(-?\d{1,11}\.\d{2})?$"
NEVER_SENT = ("password_hash",)  # those of a former portal come by package, once


class Row(Schema):
    """A row; a field that it does not know is refused, one that it does not give stays as it is."""

    model_config = ConfigDict(extra="forbid")


def row_model(name: str, *, title: str, but: Iterable[str] = (), **more: Any) -> type[Row]:  # Any: pydantic's own
    """The model of the rows of a table, made from its Table Schema."""
    table = tables.load_table(name)
    left_out = {*NEVER_SENT, *but}
    fields: dict[str, Any] = {  # Any: what pydantic takes as a field
        field.name: definition(field) for field in table.fields if field.name not in left_out
    }
    return create_model(title, __base__=Row, __doc__=table.description, **fields, **more)


def definition(field: tables.Field) -> Any:  # Any: a type and a default, as pydantic takes them
    told = f"{field.title}. {field.description}" if field.description != f"{field.title}." else field.description
    note = Field(title=field.title, description=told, examples=examples_of(field))
    return (Annotated[type_of(field), note], ... if field.required else "")


def examples_of(field: tables.Field) -> list[str | int | bool]:
    """The example of the exchange format, as JSON writes it."""
    if not field.example:
        return []
    if field.type == "boolean":
        return [field.example == "oui"]
    if field.type == "integer":
        return [int(field.example)]
    return [field.example.replace(",", ".") if field.type == "number" else field.example]


def type_of(field: tables.Field) -> Any:  # Any: a type of pydantic
    if field.categories:
        words = [value for value, _label in field.categories]
        return Literal[tuple(words if field.required else [*words, ""])]
    if field.type == "boolean":
        return StrictBool
    if field.type == "integer":
        highest = DATABASE_MAXIMUM if field.maximum is None else field.maximum
        return Annotated[StrictInt, Field(ge=field.minimum or 0, le=highest)]
    if field.type in ("date", "number"):
        return Annotated[str, Field(pattern=DAY if field.type == "date" else AMOUNT)]
    longest = LONGEST_TEXT if field.max_length is None else field.max_length
    return Annotated[str, Field(min_length=1 if field.required else 0, max_length=longest)]


def cells_of(rows: Sequence[Row], *, place: str, but: Iterable[str] = ()) -> list[dict[str, str]]:
    """The rows as cells. Raises `Problem` when they do not all give the same fields, as the lines of a file do."""
    given = [{name: cell_of(getattr(row, name)) for name in sorted(row.model_fields_set - set(but))} for row in rows]
    for rank, row in enumerate(given):
        if row.keys() != given[0].keys():
            raise Problem("refused", errors=[unlike(f"/{place}/{rank}")])
    return given


def unlike(pointer: str) -> Detail:
    return Detail(
        where="body",
        pointer=pointer,
        english="All the rows of one request give the same fields as the first one: send the others apart.",
        french="Toutes les lignes d’un envoi donnent les mêmes champs que la première : envoyez les autres à part.",
    )


def cell_of(value: object) -> str:
    """As the package writes it; the ends of lines are those of a text, whatever system wrote them."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value).replace("\r\n", "\n").replace("\r", "\n")


def problem_of(faults: Sequence[RowFault], *, places: Mapping[str, Sequence[str]]) -> Problem:
    """The refused rows by their JSON pointers; `places` gives, for each table, that of each row."""
    errors: list[Detail] = []
    for fault in faults:
        known = places.get(fault.table, ())
        column = f"/{fault.column}" if fault.column else ""
        pointer = f"{known[fault.row]}{column}" if fault.row is not None and fault.row < len(known) else ""
        errors.append(of_domain(pointer, fault.reason))
    return Problem("refused", errors=errors)
