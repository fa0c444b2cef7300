"""The clock of the site: the jobs of `settings.SCHEDULES`, kept as rows for the worker."""

import datetime as dt
from typing import TypedDict

from django.conf import settings
from django.db import transaction
from django_q.models import Schedule
from django_q.tasks import async_task


class Timing(TypedDict):
    """When a job falls due, as django-q says it."""

    schedule_type: str
    minutes: int | None


def timing_of(minutes: int) -> Timing:
    """Every so many minutes; once a day is said as such, so that it stays at its hour."""
    if minutes == 24 * 60:
        return Timing(schedule_type=Schedule.DAILY, minutes=None)
    return Timing(schedule_type=Schedule.MINUTES, minutes=minutes)


@transaction.atomic
def write_schedules(*, now: dt.datetime) -> None:
    """Make the rows say what the settings say; a schedule that already runs keeps its next time."""
    wanted: dict[str, int] = settings.SCHEDULES
    Schedule.objects.exclude(name__in=wanted).delete()
    for function, minutes in wanted.items():
        timing = timing_of(minutes)
        Schedule.objects.update_or_create(
            name=function,
            defaults={"func": function, "repeats": -1, **timing},
            create_defaults={"func": function, "repeats": -1, "next_run": now, **timing},
        )


def wake_frequent_jobs() -> None:
    """Queue what is done every minute: a worker that starts does not leave waiting what waited for it."""
    for function, minutes in settings.SCHEDULES.items():
        if minutes == 1:
            async_task(function, task_name="first round of a worker")
