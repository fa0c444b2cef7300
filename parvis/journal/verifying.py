"""A chain too long for a page is read again by the worker, a slice at a time; what it found is kept."""

import datetime as dt
import functools

from django.db import transaction
from django.db.models import Q
from django_q.tasks import async_task

from parvis.journal.actions import START, record
from parvis.journal.models import Verification
from parvis.journal.verification import Place, Reading, read_chain
from parvis.kit.clock import database_now

GO_ON = "parvis.journal.jobs.go_on_verifying"
SLICE_LASTS = 20.0  # seconds: the worker has others to serve
STOPPED_AFTER = dt.timedelta(minutes=15)  # without a step: whoever did it is gone


@transaction.atomic
def ask(*, agency_id: int, by: tuple[str, str]) -> bool:
    """Have the worker read the journal from its first fact; False when it is at it already."""
    now = database_now()
    Verification.objects.bulk_create([Verification(agency_id=agency_id)], ignore_conflicts=True)
    free = Q(asked_at=None) | Q(moved_at__lt=now - STOPPED_AFTER)
    asked = Verification.objects.filter(free, agency_id=agency_id)
    if not asked.update(asked_at=now, moved_at=now, position=0, digest=START):
        return False
    record(agency_id=agency_id, verb="journal.verification-asked", actor=by)
    queue(agency_id)
    return True


def queue(agency_id: int) -> None:
    go_on = functools.partial(async_task, GO_ON, agency_id, task_name="verify a journal")
    transaction.on_commit(go_on, robust=True)


def go_on_verifying(agency_id: int, *, lasts: float = SLICE_LASTS) -> None:
    """Read one slice more, or keep what was found. Twice does no harm; a reading that nobody asks for is none."""
    under_way = Verification.objects.filter(agency_id=agency_id, asked_at__isnull=False).first()
    if under_way is None:
        return
    start = Place(position=under_way.position, digest=under_way.digest)
    reading = read_chain(agency_id, start=start, lasts=lasts)
    if reading.is_over:
        keep(reading, agency_id=agency_id)
        return
    same = Verification.objects.filter(pk=under_way.pk, asked_at=under_way.asked_at)
    if same.update(position=reading.length, digest=reading.digest, moved_at=database_now()):
        queue(agency_id)


def keep(reading: Reading, *, agency_id: int) -> None:
    """What a whole reading has found, whoever asked for it; none is under way any more."""
    found = {
        "asked_at": None,
        "verified_at": database_now(),
        "length": reading.length,
        "head": reading.digest,
        "broken": str(reading.broken or ""),
    }
    Verification.objects.update_or_create(agency_id=agency_id, defaults=found)
