"""The small open data of `data/`, read once. Its credit is in `data/README.md`."""

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingSource:
    """A line of `buildings.csv`. `books_on` says whether a call is booked when issued or when due."""

    reference: str
    registration_number: str
    name: str
    street: str
    postal_code: str
    city: str
    commune_code: str
    storeys: int
    units: int
    cellars: int
    parkings: int
    has_lift: bool
    has_heating: bool
    fiscal_month: int
    books_on: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Commune:
    """A commune where people live."""

    code: str
    postal_code: str
    name: str


def read(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@cache
def buildings_of(agency: str) -> tuple[BuildingSource, ...]:
    """The buildings of an agency, by its code in the file."""
    return tuple(building_source(row) for row in read("buildings.csv") if row["agency"] == agency)


def building_source(row: dict[str, str]) -> BuildingSource:
    return BuildingSource(
        reference=row["reference"],
        registration_number=row["registration_number"],
        name=row["name"],
        street=row["street"],
        postal_code=row["postal_code"],
        city=row["city"],
        commune_code=row["commune_code"],
        storeys=int(row["storeys"]),
        units=int(row["units"]),
        cellars=int(row["cellars"]),
        parkings=int(row["parkings"]),
        has_lift=row["has_lift"] == "1",
        has_heating=row["has_heating"] == "1",
        fiscal_month=int(row["fiscal_month"]),
        books_on=row["books_on"],
        role=row["role"],
    )


@cache
def communes() -> tuple[Commune, ...]:
    return tuple(
        Commune(code=row["commune_code"], postal_code=row["postal_code"], name=row["name"])
        for row in read("communes.csv")
    )


@cache
def rent_per_square_metre(commune_code: str) -> Decimal:
    """Monthly rent of a flat in that commune, charges included, in euros per square metre."""
    rents = {row["commune_code"]: row["rent_per_square_metre"] for row in read("rents.csv")}
    return Decimal(rents[commune_code].replace(",", "."))


@cache
def first_names(civility: str) -> tuple[str, ...]:
    return tuple(row["first_name"] for row in read("first_names.csv") if row["civility"] == civility)


@cache
def last_names() -> tuple[str, ...]:
    return tuple(row["last_name"] for row in read("last_names.csv"))


@cache
def chart_of_accounts() -> dict[str, str]:
    """The headings of the legal chart, code → label."""
    return {row["code"]: row["libelle"] for row in read("chart_of_accounts.csv")}
