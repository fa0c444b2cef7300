"""A package in a folder, and the import of it."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from parvis.exchange.actions import Options, Report, import_package
from tests.exchange.packages import SLUG, Row, example_package, write_folder

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
