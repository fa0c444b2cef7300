"""The tables of a package, read from their Table Schemas: what a file must hold, column by column."""

import dataclasses
import functools
import json
from pathlib import Path
from typing import Any, Self

FOLDER = Path(__file__).resolve().parent.parent / "schemas"

# In the order in which they are read and applied: a row refers to rows of the files before it.
REQUIRED = (
    "agency",
    "staff",
    "buildings",
    "assignments",
    "lots",
    "allocation_keys",
    "lot_shares",
    "clients",
    "ownerships",
    "representatives",
    "mandates",
    "leases",
    "tenancies",
    "council_seats",
    "creditors",
    "accounts",
    "entries",
    "calls",
    "interventions",
    "intervention_events",
    "applications",
)
# A package may hold them or not: an absent one says nothing, and closes nothing.
OPTIONAL = (
    "absences",
    "fiscal_years",
    "budget_lines",
    "works_operations",
    "works_instalments",
    "expenses",
    "call_parts",
)
NAMES = REQUIRED + OPTIONAL


@dataclasses.dataclass(frozen=True, kw_only=True)
class Field:
    """One column. `default` stands for an empty cell; `secret` is never printed in a report."""

    name: str
    title: str
    description: str
    type: str
    format: str = "default"
    example: str = ""
    categories: tuple[tuple[str, str], ...] = ()
    default: str = ""
    required: bool = False
    max_length: int | None = None
    pattern: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    not_in_future: bool = False
    secret: bool = False
    only_with_create_agency: bool = False

    @classmethod
    def from_schema(cls, schema: dict[str, Any]) -> Self:
        constraints = schema.get("constraints", {})
        return cls(
            name=schema["name"],
            title=schema["title"],
            description=schema["description"],
            type=schema["type"],
            format=schema.get("format", "default"),
            example=schema["example"],
            categories=tuple((category["value"], category["label"]) for category in schema.get("categories", ())),
            default=schema.get("default", ""),
            required=constraints.get("required", False),
            max_length=constraints.get("maxLength"),
            pattern=constraints.get("pattern"),
            minimum=constraints.get("minimum"),
            maximum=constraints.get("maximum"),
            not_in_future=schema.get("notInFuture", False),
            secret=schema.get("secret", False),
            only_with_create_agency=schema.get("onlyWithCreateAgency", False),
        )


@dataclasses.dataclass(frozen=True, kw_only=True)
class ForeignKey:
    """Columns that name a row of another file: the last one names it, those before say within what."""

    fields: tuple[str, ...]
    table: str
    columns: tuple[str, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Table:
    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def is_optional(self) -> bool:
        return self.name in OPTIONAL

    @property
    def column_names(self) -> list[str]:
        return [field.name for field in self.fields]

    @property
    def client_columns(self) -> frozenset[str]:
        """The columns that hold an identifiant, whatever way it was typed."""
        named = [key.fields[-1] for key in self.foreign_keys if key.table == "clients"]
        return frozenset([*named, *(["customer_reference"] if self.name == "clients" else [])])

    def foreign_key(self, column: str) -> ForeignKey | None:
        """The key by which that column names a row of another file, if it does."""
        return next((key for key in self.foreign_keys if key.fields[-1] == column), None)

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)


@functools.cache
def load_table(name: str) -> Table:
    """Read one schema; `KeyError` or `ValueError` would be a fault of ours."""
    schema = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    keys = tuple(
        ForeignKey(
            fields=tuple(key["fields"]),
            table=key["reference"]["resource"],
            columns=tuple(key["reference"]["fields"]),
        )
        for key in schema.get("foreignKeys", ())
    )
    return Table(
        name=schema["name"],
        title=schema["title"],
        description=schema["description"],
        fields=tuple(Field.from_schema(field) for field in schema["fields"]),
        primary_key=tuple(schema["primaryKey"]),
        foreign_keys=keys,
    )


def load_tables() -> list[Table]:
    """Every table of a package, in order."""
    return [load_table(name) for name in NAMES]
