"""While an import runs, another one of the same agency waits, then is refused clearly."""

import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

import psycopg
import pytest
from django.db import connection

from parvis.agencies.models import Agency
from parvis.exchange.actions import Options, import_package, staging
from parvis.interventions.models import Intervention
from parvis.people.models import Client
from tests.exchange.conftest import TODAY
from tests.exchange.packages import SLUG, example, example_package, write_folder


@contextmanager
def elsewhere():
    """A transaction on another connection, which writes."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(settings["NAME"], isolation_level=None, timeout=20)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield other
            other.execute("COMMIT")
        return
    place = {"host": settings["HOST"], "port": settings["PORT"], "dbname": settings["NAME"]}
    with psycopg.connect(**place, user=settings["USER"], password=settings["PASSWORD"]) as other:
        yield other


@contextmanager
def another_import_under_way():
    """Hold what an import holds."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        connection.connection.execute("PRAGMA busy_timeout = 50")
    with elsewhere() as other:
        if connection.vendor == "postgresql":
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


@pytest.mark.django_db(transaction=True)
def test_an_import_and_an_access_take_the_same_clients_in_one_order(tmp_path):
    package = example_package()
    options = Options(slug=SLUG, create_agency=True, today=TODAY)
    import_package(write_folder(tmp_path / "before", package), options)
    first, second = Client.objects.order_by("pk")[:2]
    Client.objects.filter(pk=first.pk).update(city="Ailleurs")  # PostgreSQL now meets it after the second
    package["clients"] = [{**row, "city": "Rennes"} for row in reversed(package["clients"])]
    again, held = write_folder(tmp_path / "after", package), threading.Event()

    def two_clients_of_a_login():
        """One by one, from a connection of its own."""
        with elsewhere() as other:
            for client in (first, second):
                other.execute(f"UPDATE people_client SET closed_on = closed_on WHERE id = {client.pk}")
                held.set()
                time.sleep(1)  # the import comes meanwhile, and waits for one of them

    with ThreadPoolExecutor(1) as pool:
        access = pool.submit(two_clients_of_a_login)
        held.wait(timeout=10)
        report = import_package(again, options)
        access.result()

    assert report.is_applied
    assert set(Client.objects.filter(pk__in=[first.pk, second.pk]).values_list("city", flat=True)) == {"Rennes"}


@pytest.mark.django_db(transaction=True)
def test_a_case_touched_while_its_file_is_applied_is_left_as_it_is_now(tmp_path):
    package = {**example_package(), "interventions": [example("interventions", state="acknowledged")]}
    options = Options(slug=SLUG, create_agency=True, today=TODAY)
    import_package(write_folder(tmp_path / "before", package), options)
    case = Intervention.objects.get()
    before = case.title
    package["interventions"] = [{**row, "title": "Un autre titre"} for row in package["interventions"]]
    again, held = write_folder(tmp_path / "after", package), threading.Event()

    def gesture():
        """Somebody answers, and is still writing when the import comes to this case."""
        with elsewhere() as other:
            other.execute(f"UPDATE interventions_intervention SET version = 1 WHERE id = {case.pk}")
            held.set()
            time.sleep(1)

    with ThreadPoolExecutor(1) as pool:
        staff = pool.submit(gesture)
        held.wait(timeout=10)
        report = import_package(again, options)
        staff.result()

    case.refresh_from_db()
    assert report.is_applied
    assert (case.version, case.title) == (1, before)
