"""The worker's clock says what the settings say."""

import ast
from datetime import UTC, datetime, timedelta

import pytest
from django.utils.module_loading import import_string
from django_q.models import Schedule

from parvis.kit.schedules import write_schedules
from tests.guards.tree import modules

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_every_scheduled_job_exists(settings):
    assert all(callable(import_string(function)) for function in settings.SCHEDULES)


def test_every_job_is_scheduled_or_queued(settings):
    trees = modules("parvis")
    jobs = {
        f"{path.removesuffix('.py').replace('/', '.')}.{node.name}"
        for path, tree in trees.items()
        for node in tree.body
        if path.endswith("/jobs.py") and isinstance(node, ast.FunctionDef)
    }
    said = {node.value for tree in trees.values() for node in ast.walk(tree) if isinstance(node, ast.Constant)}

    assert set(settings.SCHEDULES) <= jobs
    assert {job for job in jobs - set(settings.SCHEDULES) if job not in said} == set()


@pytest.mark.django_db
def test_new_job_is_due_at_once_and_for_ever(settings):
    settings.SCHEDULES = {"parvis.mail.jobs.send_waiting": 1}

    write_schedules(now=NOON)

    job = Schedule.objects.get()
    assert (job.func, job.next_run, job.repeats) == ("parvis.mail.jobs.send_waiting", NOON, -1)
    assert (job.schedule_type, job.minutes) == (Schedule.MINUTES, 1)


@pytest.mark.django_db
def test_restart_does_not_bring_a_nightly_job_forward(settings):
    settings.SCHEDULES = {"parvis.mail.jobs.forget_old": 24 * 60}
    write_schedules(now=NOON)
    Schedule.objects.update(next_run=NOON + timedelta(hours=12))

    write_schedules(now=NOON)

    job = Schedule.objects.get()
    assert (job.schedule_type, job.next_run) == (Schedule.DAILY, NOON + timedelta(hours=12))


@pytest.mark.django_db
def test_job_that_left_the_settings_stops(settings):
    settings.SCHEDULES = {"parvis.mail.jobs.forget_old": 24 * 60}
    write_schedules(now=NOON)
    settings.SCHEDULES = {}

    write_schedules(now=NOON)

    assert not Schedule.objects.exists()
