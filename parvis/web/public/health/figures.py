"""Figures for who watches the site, as Prometheus takes them: read from the rows when asked, about nobody.

What a figure costs does not depend on how many clients there are: each is one statement, on an index.
"""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count, Max, Min
from django_q.models import OrmQ, Schedule, Task
from prometheus_client import generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric

from parvis.agencies.models import Agency
from parvis.exchange.models import ImportRun
from parvis.journal.models import Record
from parvis.kit.backups.copies import LAST_COPY
from parvis.mail.models import OutboxMessage
from parvis.people.models import SiteShield
from parvis.web.public.health.page import expected_migrations

SIGN_INS = {
    "sign-in.succeeded": "succeeded",
    "sign-in.by-social-account": "succeeded",
    "sign-in.by-passkey": "succeeded",
    "sign-in.refused": "refused",
    "second-step.refused": "refused",
    "second-proof.refused": "refused",
}
SIGN_INS_WINDOW = dt.timedelta(minutes=5)
EPOCH = dt.date(1970, 1, 1)
ENDED_WINDOW = dt.timedelta(hours=1)


class Figures:
    """What `generate_latest` asks of a registry."""

    def __init__(self, *, now: dt.datetime) -> None:
        self.now = now

    def collect(self) -> Iterator[Metric]:
        yield InfoMetricFamily("parvis_build", "The version that runs.", value={"version": settings.VERSION})
        yield from of_the_machine()
        try:
            known = [family for read in READ_FROM_ROWS for family in read(self.now)]
        except Error:
            known = []
        yield gauge("database_up", "Whether the database answers.", float(bool(known)))
        yield from known


def exposition(*, now: dt.datetime) -> bytes:
    """The page, in the text format of Prometheus."""
    return generate_latest(Figures(now=now))


def gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"parvis_{name}", meaning, value=value)


def labelled(name: str, meaning: str, label: str, values: dict[str, float]) -> GaugeMetricFamily:
    """One figure for each value of a label."""
    family = GaugeMetricFamily(f"parvis_{name}", meaning, labels=[label])
    for which, value in values.items():
        family.add_metric([which], value)
    return family


def of_the_machine() -> Iterator[Metric]:
    folder = Path(settings.DATA_DIR)
    if folder.is_dir():
        yield gauge("data_free_bytes", "Room left on the disk of DATA.", shutil.disk_usage(folder).free)
    copy = folder / LAST_COPY
    made_at = copy.stat().st_mtime if copy.exists() else 0
    yield gauge("last_backup_timestamp_seconds", "When the last safety copy was made; 0 for never.", made_at)


def of_the_schema(_now: dt.datetime) -> Iterator[Metric]:
    missing = expected_migrations() - MigrationRecorder(connection).applied_migrations().keys()
    yield gauge("migrations_missing", "Migrations that the database still lacks.", len(missing))


def of_the_messages(now: dt.datetime) -> Iterator[Metric]:
    waiting = OutboxMessage.objects.waiting().aggregate(number=Count("pk"), oldest=Min("created_at"))
    age = (now - waiting["oldest"]).total_seconds() if waiting["oldest"] else 0
    yield gauge("messages_waiting", "Messages to send.", waiting["number"])
    yield gauge("messages_oldest_waiting_seconds", "How long the oldest of them has waited.", age)
    refused = OutboxMessage.objects.filter(state=OutboxMessage.State.REFUSED)
    yield gauge("messages_refused", "Messages refused for good that nobody sent again.", refused.count())
    ended = OutboxMessage.objects.filter(ended_at__gte=now - ENDED_WINDOW)
    by_state = {state: 0.0 for state in OutboxMessage.State.values if state != OutboxMessage.State.QUEUED}
    by_state |= dict(ended.order_by().values_list("state").annotate(Count("pk")))
    yield labelled("messages_ended_last_hour", "How the messages of the last hour ended.", "state", by_state)


def of_the_worker(now: dt.datetime) -> Iterator[Metric]:
    due = Schedule.objects.exclude(repeats=0).aggregate(first=Min("next_run"))["first"]
    late = max(0.0, (now - due).total_seconds()) if due else 0
    yield gauge("jobs_waiting", "Jobs that no worker has ended.", OrmQ.objects.count())
    yield gauge("schedule_late_seconds", "How late the worker is on what the clock asks for.", late)
    last = Task.objects.aggregate(last=Max("stopped"))["last"]
    yield gauge("worker_last_job_timestamp_seconds", "When a job last ended; 0 for never.", timestamp(last))


def of_the_agencies(_now: dt.datetime) -> Iterator[Metric]:
    """The last import of each, and the day of its books."""
    latest = ImportRun.objects.order_by().values("agency").annotate(last=Max("pk")).values("last")
    runs = ImportRun.objects.filter(pk__in=latest).values_list("agency__slug", "ended_at", "state", "refused")
    ended, applied, refused = {}, {}, {}
    for slug, ended_at, state, number in runs:
        ended[slug] = timestamp(ended_at)
        applied[slug] = float(state == ImportRun.State.APPLIED)
        refused[slug] = float(number)
    yield labelled("last_import_timestamp_seconds", "When the last import ended.", "agency", ended)
    yield labelled("last_import_applied", "Whether it was applied (1) or refused whole (0).", "agency", applied)
    yield labelled("last_import_refused_rows", "The rows that it refused.", "agency", refused)
    dated = Agency.objects.values_list("slug", "data_as_of")
    days = {slug: float((day - EPOCH).days * 86400) for slug, day in dated if day}
    yield labelled("books_as_of_timestamp_seconds", "The day of the books shown to clients.", "agency", days)


def of_the_entrance(now: dt.datetime) -> Iterator[Metric]:
    recent = Record.objects.filter(recorded_at__gte=now - SIGN_INS_WINDOW, verb__in=SIGN_INS)
    outcomes = dict.fromkeys(SIGN_INS.values(), 0.0)
    for verb, number in recent.order_by().values_list("verb").annotate(Count("pk")):
        outcomes[SIGN_INS[verb]] += number
    yield labelled("sign_ins_last_five_minutes", "Sign-ins by how they ended.", "outcome", outcomes)
    yield gauge("shield_up", "Whether letters are asked for their key.", float(SiteShield.objects.up().exists()))


def timestamp(instant: dt.datetime | None) -> float:
    return instant.timestamp() if instant else 0


READ_FROM_ROWS = (of_the_schema, of_the_messages, of_the_worker, of_the_agencies, of_the_entrance)
