"""The demonstration on a few days, built once for all the tests that read it."""

import csv
import datetime as dt
import functools
from pathlib import Path

from parvis.demo.agencies import AGENCIES, DemoAgency
from parvis.demo.books import Account, books_of
from parvis.demo.package import stage_of, write_package
from parvis.demo.roles import Stage

FIRST_YEAR = 2023
TODAY = dt.date(2026, 11, 23)
# A day of each month of a year, at its beginning, its middle and its end.
DAYS = tuple(
    dt.date(2026, month, day)
    for month, day in zip(range(1, 13), (1, 2, 9, 14, 16, 21, 22, 26, 28, 30, 30, 31), strict=True)
)
TILLEULS, MOULIN = AGENCIES


@functools.cache
def stage(agency: DemoAgency = TILLEULS) -> Stage:
    return stage_of(agency, first_year=FIRST_YEAR)


@functools.cache
def books(today: dt.date = TODAY, agency: DemoAgency = TILLEULS) -> tuple[Account, ...]:
    return tuple(books_of(stage(agency), today=today))


def package(folder: Path, *, agency: DemoAgency = TILLEULS, today: dt.date = TODAY) -> dict[str, list[dict[str, str]]]:
    """Write a package and read it again: file → rows."""
    write_package(agency, folder=folder, port=8000, today=today, first_year=FIRST_YEAR)
    return {path.stem: rows(path) for path in folder.iterdir()}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))
