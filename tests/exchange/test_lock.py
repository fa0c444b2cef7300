"""While an import runs, another one of the same agency waits, then is refused clearly."""

import sqlite3
from contextlib import closing, contextmanager

import psycopg
import pytest
from django.db import connection

from parvis.agencies.models import Agency
from parvis.exchange.actions import Options, import_package, staging
from tests.exchange.conftest import TODAY
from tests.exchange.packages import SLUG


@contextmanager
def another_import_under_way():
    """Hold what an import holds, from another connection."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        connection.connection.execute("PRAGMA busy_timeout = 50")
        with closing(sqlite3.connect(settings["NAME"], isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
        return
    place = {"host": settings["HOST"], "port": settings["PORT"], "dbname": settings["NAME"]}
    with psycopg.connect(**place, user=settings["USER"], password=settings["PASSWORD"]) as other:
        other.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"parvis import {SLUG}"])
        yield


@pytest.mark.django_db(transaction=True)
def test_an_import_that_waits_too_long_is_refused_and_changes_nothing(folder, monkeypatch):
    monkeypatch.setattr(staging, "SECONDS_TO_WAIT", 1)
    options = Options(slug=SLUG, create_agency=True, today=TODAY)

    with another_import_under_way():
        report = import_package(folder, options)

    assert not report.is_applied
    assert "Un autre import est en cours" in report.refusals[0].reason
    assert not Agency.objects.exists()
    assert import_package(folder, options).is_applied
