"""What the site needs in order to answer, looked at without touching anybody's rows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django_q.models import OrmQ, Schedule

from parvis.mail.models import OutboxMessage

LATE = timedelta(minutes=10)
GOOD, BEHIND, MISSING = "ok", "en retard", "absent"


@dataclass(frozen=True, kw_only=True)
class Health:
    """One word per part of the site; late work slows the site down, the rest stops it."""

    database: str
    migrations: str
    jobs: str
    messages: str

    @property
    def can_serve(self) -> bool:
        return self.database == self.migrations == GOOD

    @property
    def summary(self) -> str:
        if not self.can_serve:
            return "indisponible"
        return "prête" if self.jobs == self.messages == GOOD else "prête, travail en retard"


@cache
def expected_migrations() -> frozenset[tuple[str, str]]:
    """The migrations that this version of the code carries."""
    return frozenset(MigrationLoader(connection=None).disk_migrations)


def migrations_are_applied() -> bool:
    applied = MigrationRecorder(connection).applied_migrations()
    return expected_migrations() <= applied.keys()


def jobs_are_on_time(*, now: datetime) -> bool:
    """Whether some worker takes the jobs and the schedules as they fall due."""
    overdue = Schedule.objects.exclude(repeats=0).filter(next_run__lt=now - LATE)
    return not overdue.exists() and not OrmQ.objects.filter(lock__lt=now - LATE).exists()


def messages_are_on_time(*, now: datetime) -> bool:
    """Whether each message of the outbox was tried when it was due."""
    queued = OutboxMessage.objects.filter(state=OutboxMessage.State.QUEUED)
    return not queued.filter(next_attempt_at__lt=now - LATE).exists()


def look(*, now: datetime) -> Health:
    """Ask the database four short questions; without it, the other answers are unknown."""
    try:
        if not migrations_are_applied():
            return Health(database=GOOD, migrations=MISSING, jobs=MISSING, messages=MISSING)
        jobs, messages = jobs_are_on_time(now=now), messages_are_on_time(now=now)
    except Error:
        return Health(database=MISSING, migrations=MISSING, jobs=MISSING, messages=MISSING)
    return Health(database=GOOD, migrations=GOOD, jobs=GOOD if jobs else BEHIND, messages=GOOD if messages else BEHIND)
