"""Run by `test_kill` in a process of its own: imports in children that die by SIGKILL, on a base they share."""

import datetime as dt
import hashlib
import json
import os
import random
import signal
import sys
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection

django.setup()

from parvis.exchange.actions import Options, import_package, loading  # noqa: E402 -- the models need the set-up
from parvis.exchange.actions.fec import FecOptions, import_fec  # noqa: E402
from parvis.exchange.actions.fec import loading as fec_loading  # noqa: E402
from parvis.exchange.models import FecAccount  # noqa: E402
from tests.exchange.books import confirm  # noqa: E402
from tests.factories import AgencyFactory, BuildingFactory, ClientFactory  # noqa: E402

TODAY = dt.date(2026, 11, 23)
HELD = {
    "people_client": "customer_reference, last_name, known_email",
    "property_lot": "number, label",
    "ledger_account": "reference, balance_cents, oldest_unpaid_on, is_withheld",
    "ledger_entry": "reference, booked_on, debit_cents, credit_cents, is_counted",
    "ledger_call": "reference, amount_cents",
    "interventions_intervention": "number, state",
    "ledger_exercise": "begins_on, ends_on",
    "exchange_fecaccount": "number, decision, account_id",
    "exchange_importrun": "read, created, changed",
}


class DiesAt:
    """Kills its own process, as `kill -9` would, at the n-th sign of progress; 0 never does."""

    def __init__(self, step: int) -> None:
        self.step = step
        self.told = 0

    def __call__(self, news: str) -> None:
        self.told += 1
        if self.told == self.step:
            os.kill(os.getpid(), signal.SIGKILL)


def run_import(package: Path, *, step: int = 0, dry_run: bool = False) -> dict[str, object]:
    dies = DiesAt(step)
    options = Options(slug="cabinet-des-tilleuls", create_agency=True, today=TODAY, progress=dies, dry_run=dry_run)
    report = import_package(package, options).as_json()
    return {"steps": dies.told, **report}


def start_child(package: Path, *, step: int, answer: Path) -> int:
    """Fork a child that imports the package, and writes its report if it lives."""
    connection.close()
    child = os.fork()
    if child:
        return child
    answer.write_text(json.dumps(run_import(package, step=step)))
    os._exit(0)


def end_of(child: int) -> int:
    """The exit status of a child, negative when a signal ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def held() -> str:
    """What the base holds, in short."""
    digest = hashlib.sha256()
    for table, columns in HELD.items():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns} FROM {table} ORDER BY {columns}")
            digest.update(repr([tuple(map(str, row)) for row in cursor.fetchall()]).encode())
    return digest.hexdigest()


def kill_then_resume(package: Path) -> dict[str, object]:
    """Kill an import at its beginning, its middle, its end and at random; then let it live, twice."""
    empty, steps = held(), run_import(package, dry_run=True)["steps"]
    assert isinstance(steps, int)
    killed = {}
    for step in [2, steps // 2, steps - 1, steps, random.randint(1, steps), random.randint(1, steps)]:
        status = end_of(start_child(package, step=step, answer=package.parent / "answer"))
        killed[step] = [status, held() == empty]
    first = run_import(package)
    return {"killed": killed, "first": first, "again": run_import(package), "is_empty": held() == empty}


def run_fec(path: Path, *, step: int = 0, dry_run: bool = False) -> dict[str, object]:
    dies = DiesAt(step)
    options = FecOptions(slug="agence", today=TODAY, progress=dies, dry_run=dry_run)
    return {**import_fec(path, options).as_json(), "steps": dies.told}


def kill_then_resume_fec(path: Path) -> dict[str, object]:
    """The same for a FEC, of accounts that are all confirmed."""
    agency = AgencyFactory(slug="agence")
    run_fec(path)
    alice, building = ClientFactory(agency=agency), BuildingFactory(agency=agency)
    for account in FecAccount.objects.filter(decision=FecAccount.Decision.WAITING):
        confirm(account.number, alice, building)
    before, steps = held(), run_fec(path, dry_run=True)["steps"]
    assert isinstance(steps, int)
    killed = {}
    for step in {1, steps // 2, steps - 1, steps}:
        connection.close()
        child = os.fork()
        if not child:
            run_fec(path, step=step)
            os._exit(0)
        killed[step] = [end_of(child), held() == before]
    first = run_fec(path)
    return {"killed": killed, "first": first, "again": run_fec(path), "is_empty": held() == before}


def import_twice_at_once(package: Path) -> dict[str, object]:
    answers = [package.parent / "first", package.parent / "second"]
    children = [start_child(package, step=0, answer=answer) for answer in answers]
    statuses = [end_of(child) for child in children]
    return {"statuses": statuses, "reports": [json.loads(answer.read_text()) for answer in answers]}


if __name__ == "__main__":
    loading.SECONDS_BETWEEN_NEWS = fec_loading.SECONDS_BETWEEN_NEWS = 0.0
    call_command("migrate", verbosity=0)
    tasks = {"kill": kill_then_resume, "kill_fec": kill_then_resume_fec, "twice": import_twice_at_once}
    task = tasks[sys.argv[1]]
    sys.stdout.write(json.dumps(task(Path(sys.argv[2]))))
