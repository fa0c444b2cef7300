"""The worker as its operator runs it: it ends when it is told to, and whole when a part of it is killed."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import OperationalError
from django_q.brokers.orm import ORM
from django_q.models import OrmQ

from bench.processes import tree
from parvis.kit.broker import PatientBroker
from parvis.kit.schedules import wake_frequent_jobs

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = 4  # the guard, and those who fetch, do and record
SOON = 20.0


def wait_until(holds):
    deadline = time.monotonic() + SOON
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture
def worker(tmp_path):
    """A running worker, on an empty base of its own."""
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'worker.sqlite3'}"}
    command = [sys.executable, "manage.py"]
    subprocess.run([*command, "migrate", "-v0"], env=environment, cwd=ROOT, check=True)
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(
            [*command, "run_worker"], env=environment, cwd=ROOT, stderr=log, start_new_session=True
        )
    wait_until(lambda: len(tree(process.pid)) >= PROCESSES)
    yield process
    process.kill()
    process.wait()


@pytest.mark.load
def test_worker_ends_whole_when_one_of_its_processes_is_killed(worker):
    processes = tree(worker.pid)

    os.kill(random.choice(processes[1:]), signal.SIGKILL)

    assert worker.wait(SOON) == 1
    wait_until(lambda: not any(is_alive(pid) for pid in processes))


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.load
def test_worker_told_to_end_ends_in_order(worker):
    worker.terminate()

    assert worker.wait(SOON) == 0


@pytest.mark.django_db
def test_worker_asks_again_when_the_database_is_away(monkeypatch):
    def away(_broker):
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(ORM, "dequeue", away)
    monkeypatch.setattr("parvis.kit.broker.Conf.POLL", 0)

    assert PatientBroker(list_key="parvis").dequeue() is None


@pytest.mark.django_db
def test_worker_that_starts_takes_up_what_waited_for_it(settings):
    settings.SCHEDULES = {"parvis.mail.jobs.send_waiting": 1, "parvis.mail.jobs.forget_old": 1440}

    wake_frequent_jobs()

    assert [task.func() for task in OrmQ.objects.all()] == ["parvis.mail.jobs.send_waiting"]
