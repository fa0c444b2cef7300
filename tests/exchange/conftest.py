"""A package in a folder, and the import of it."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from parvis.exchange.actions import Options, Report, import_package
from parvis.ledger.models import Exercise
from tests.exchange import books
from tests.exchange.packages import SLUG, Row, example_package, write_folder
from tests.factories import AgencyFactory, BuildingFactory, ClientFactory

TODAY = dt.date(2026, 11, 23)
Import = Callable[..., Report]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "package", example_package())


@pytest.fixture
def bring_in(tmp_path: Path, db: None) -> Import:
    """Write those rows as a package and import it, on 23 November 2026."""

    def run(rows: dict[str, list[Row]] | None = None, *, path: Path | None = None, **options: object) -> Report:
        if path is None:
            path = write_folder(tmp_path / "package", example_package() if rows is None else rows)
        chosen: dict[str, object] = {"slug": SLUG, "create_agency": True, "today": TODAY} | options
        return import_package(path, Options(**chosen))  # type: ignore[arg-type]

    return run


# The books of « agence », by FEC


@pytest.fixture
def agency():
    return AgencyFactory(slug="agence")


@pytest.fixture
def building(agency):
    return BuildingFactory(agency=agency, reference="B1")


@pytest.fixture
def alice(agency):
    return ClientFactory(agency=agency, first_name="Alice", last_name="Fontaine")


@pytest.fixture
def bob(agency):
    return ClientFactory(agency=agency, first_name="Bob", last_name="Martin")


@pytest.fixture
def known(tmp_path, alice, bob, building):
    """Books whose two accounts are confirmed before any line is kept."""
    books.bring_in(
        books.write_fec(
            tmp_path,
            [
                *books.owed("20240105", books.ALICE, "Appel", "1,00"),
                *books.owed("20240105", books.BOB, "Appel", "1,00"),
            ],
            closing="20241231",
        )
    )
    Exercise.objects.all().delete()
    books.confirm(books.ALICE, alice, building)
    books.confirm(books.BOB, bob, building)
