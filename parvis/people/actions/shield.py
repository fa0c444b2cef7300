"""The shield of the site: once provisional codes are tried at random, a code alone opens nothing for 24 hours.

A typed code is counted before it is compared. So whatever is tried at the same instant, the limits below bound how
many codes are ever compared without a key: `tools/spraying.py` computes what that leaves to somebody who guesses.
"""

import dataclasses
import datetime as dt

from django.db import transaction
from django.db.models import Case, F, When
from django.db.models.functions import Now
from django_q.tasks import async_task

from parvis.agencies.models import Agency
from parvis.journal.actions import record
from parvis.kit import throttle
from parvis.kit.clock import database_now
from parvis.mail.actions import queue_written
from parvis.people import emails
from parvis.people.models import SiteShield, WrongCode
from parvis.people.rules import IDENTIFIERS_BEFORE_SHIELD, WRONG_CODES_OF_A_YEAR, WRONG_CODES_OF_AN_HOUR

TELL = "parvis.people.jobs.tell_of_shield"
HOUR = dt.timedelta(hours=1)
YEAR = dt.timedelta(days=365)
LASTS = dt.timedelta(hours=24)


@dataclasses.dataclass(frozen=True, kw_only=True)
class CountedCode:
    """A code about to be compared: whether its letter's key is wanted with it."""

    needs_key: bool
    door_digest: str = ""
    row_id: int = 0


def asks_key(agencies: list[Agency]) -> bool:
    """Whether the typed way in at that host asks for the key of the letter: by choice, or because the shield is up."""
    return any(agency.always_asks_key for agency in agencies) or SiteShield.objects.up().exists()


def count_code(*, agencies: list[Agency], door: str) -> CountedCode:
    """Count a code typed at a door before it is compared; raise the shield when it is one too many."""
    if asks_key(agencies):
        return CountedCode(needs_key=True)
    digest = throttle.digest(name="wrong-code", key=door)
    row = WrongCode.objects.create(door_digest=digest)
    return CountedCode(needs_key=raise_if_attacked(), door_digest=digest, row_id=row.pk)


def raise_if_attacked() -> bool:
    """Raise the shield when codes were tried too often; return whether this code needs its key."""
    now = database_now()
    of_the_hour = WrongCode.objects.filter(typed_at__gt=now - HOUR)
    never_right = WrongCode.objects.filter(typed_at__gt=now - YEAR, forgiven_at=None)
    for tried, allowed in ((of_the_hour, WRONG_CODES_OF_AN_HOUR), (never_right, WRONG_CODES_OF_A_YEAR)):
        wrong = tried.count()
        identifiers = tried.values("door_digest").distinct().count() if wrong > allowed else 0
        if identifiers > IDENTIFIERS_BEFORE_SHIELD:
            raise_shield(wrong_codes=wrong, identifiers=identifiers)
            return True
    return False


@transaction.atomic
def raise_shield(*, wrong_codes: int, identifiers: int) -> None:
    """Raise it for 24 hours, once however many tries ask for it; the job tells the agencies.

    Raised again within a day of its end, it is the same attack that goes on: they were told.
    """
    now = database_now()
    seen = {"wrong_codes": wrong_codes, "identifiers": identifiers}
    never = SiteShield(id=1, raised_at=now - 3 * LASTS, until=now - 2 * LASTS, **seen)
    SiteShield.objects.bulk_create([never], ignore_conflicts=True)
    goes_on = Case(When(until__gt=now - LASTS, then=F("told_at")), default=None)
    lowered = SiteShield.objects.filter(until__lte=now)
    if lowered.update(raised_at=now, until=now + LASTS, told_at=goes_on, **seen):
        transaction.on_commit(wake_worker, robust=True)


def wake_worker() -> None:
    """Have the agencies told now; should this be lost, the schedule does it within the minute."""
    async_task(TELL, task_name="tell of the shield")


def take_back(counted: CountedCode) -> None:
    """The code could not be compared: it counts for nothing."""
    WrongCode.objects.filter(pk=counted.row_id).delete()


def forgive(counted: CountedCode) -> None:
    """The door opened: this try was right, and those before it were slips."""
    if counted.door_digest:
        take_back(counted)
        WrongCode.objects.filter(door_digest=counted.door_digest, forgiven_at=None).update(forgiven_at=Now())


@transaction.atomic
def tell_of_shield() -> int:
    """Tell every agency, once for each time the shield went up; return how many were told."""
    shield = SiteShield.objects.up().select_for_update(of=("self",)).filter(told_at=None).first()
    if shield is None:
        return 0
    agencies = list(Agency.objects.order_by("pk"))
    for agency in agencies:
        written = emails.shield_raised(agency=agency, shield=shield)
        queue_written(agency=agency, kind="shield-raised", to_address=agency.email, written=written)
        record(agency_id=agency.pk, verb="shield.raised")
    SiteShield.objects.filter(pk=shield.pk).update(told_at=Now())
    return len(agencies)
