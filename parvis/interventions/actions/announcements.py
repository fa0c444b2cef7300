"""Tell a whole building of a cut or of works, and take it back."""

import dataclasses
import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Count
from django_q.tasks import async_task

from parvis.interventions import emails
from parvis.interventions.models import Announcement
from parvis.interventions.rules.announcements import RIGHTS_OF, fault_of, readers_words
from parvis.journal.actions import record
from parvis.kit.clock import database_now
from parvis.kit.days import paris_day
from parvis.kit.refusals import Refusal
from parvis.notices.actions import notify
from parvis.notices.models import Notice
from parvis.people.models import Client, StaffMember
from parvis.property.models import Building, Holding, on_day

TELL = "parvis.interventions.jobs.tell_of_announcements"
TOLD_FOR = dt.timedelta(days=3)


class BadDates(Refusal):
    """What is over, ends before it begins, or is too far away."""


class NotTheirs(Refusal):
    message = "Cet immeuble n’est pas suivi par votre agence."


class AlreadyOver(Refusal):
    message = "Cette annonce est déjà retirée."


@dataclasses.dataclass(frozen=True, kw_only=True)
class Wording:
    """What the announcement says. `key`, a public id drawn with the form, names it: published twice, it is one."""

    key: str
    kind: str
    title: str
    text: str
    audience: str
    begins_at: dt.datetime
    ends_at: dt.datetime


def readers_of(building: Building, *, audience: str, day: dt.date) -> dict[str, int]:
    """How many clients read it that day, by the right that they hold."""
    held = Holding.objects.filter(on_day(day), building=building, right__in=RIGHTS_OF[audience])
    counted = held.order_by().values_list("right").annotate(clients=Count("client_id", distinct=True))
    found: dict[str, int] = dict(counted)
    return {right: found.get(right, 0) for right in RIGHTS_OF[audience]}


def preview(building: Building, *, audience: str) -> str:
    """« visible par 42 copropriétaires », today."""
    return readers_words(readers_of(building, audience=audience, day=paris_day(database_now())))


def publish(*, building: Building, wording: Wording, by: StaffMember) -> Announcement:
    """Show it to whom it is for, and tell them. Sent twice, it is published once.

    Refuses a building of another agency, dates that are over or out of order.
    """
    now = database_now()
    fault = fault_of(wording.begins_at, wording.ends_at, now=now)
    if fault:
        raise BadDates(fault)
    if building.agency_id != by.agency_id:
        raise NotTheirs
    try:
        return write(building=building, wording=wording, by=by, at=now)
    except IntegrityError:
        return Announcement.objects.get(public_id=wording.key, agency_id=by.agency_id)


@transaction.atomic
def write(*, building: Building, wording: Wording, by: StaffMember, at: dt.datetime) -> Announcement:
    announcement = Announcement.objects.create(
        agency_id=building.agency_id,
        public_id=wording.key,
        building=building,
        kind=wording.kind,
        title=wording.title,
        text=wording.text,
        audience=wording.audience,
        begins_at=wording.begins_at,
        ends_at=wording.ends_at,
        author=by,
        published_at=at,
    )
    transaction.on_commit(wake_worker, robust=True)
    journal("announcement.published", announcement, by=by)
    return announcement


@transaction.atomic
def withdraw(*, announcement: Announcement, by: StaffMember) -> Announcement:
    """Nobody reads it any more; who was told of it is told that. Refused when it is withdrawn already."""
    row = Announcement.objects.select_for_update(of=("self",)).get(pk=announcement.pk)
    if row.withdrawn_at is not None:
        raise AlreadyOver
    row.withdrawn_at = database_now()
    row.save(update_fields=["withdrawn_at"])
    transaction.on_commit(wake_worker, robust=True)
    journal("announcement.withdrawn", row, by=by)
    return row


def wake_worker() -> None:
    """Have the worker tell now; should this be lost, the schedule tells within the day."""
    async_task(TELL, task_name="tell of announcements")


def tell_of_recent(*, now: dt.datetime) -> int:
    """Tell of what was published or withdrawn in the last days; return how many notices. Twice does no harm."""
    recent = Announcement.objects.select_related("agency", "building").order_by("pk")
    published = recent.filter(published_at__gt=now - TOLD_FOR, withdrawn_at=None, ends_at__gt=now)
    withdrawn = recent.filter(withdrawn_at__gt=now - TOLD_FOR, ends_at__gt=now)
    return sum(map(tell, published)) + sum(map(tell_withdrawn, withdrawn))


def tell(announcement: Announcement) -> int:
    """A notice to each reader, and a mail to those who want them; return how many were told now."""
    return notify(
        clients=clients_reading(announcement),
        kind=Notice.Kind.INTERVENTION,
        text=f"{announcement.get_kind_display()} dans votre immeuble\u00a0: {announcement.title}",
        target=("announcement", announcement.public_id),
        written=emails.announced(announcement),
        key=key_of(announcement),
    )


def tell_withdrawn(announcement: Announcement) -> int:
    """To the same readers: it does not happen. Nobody was told of what was withdrawn at once."""
    if not Notice.objects.filter(agency_id=announcement.agency_id, event_key=key_of(announcement)).exists():
        return 0
    return notify(
        clients=clients_reading(announcement),
        kind=Notice.Kind.INTERVENTION,
        text=f"Annonce retirée\u00a0: {announcement.title}",
        written=emails.called_off(announcement),
        key=f"{key_of(announcement)}-withdrawn",
    )


def key_of(announcement: Announcement) -> str:
    return f"announcement-{announcement.public_id}"


def clients_reading(announcement: Announcement) -> list[Client]:
    """Those who hold or live there today, among the readers chosen."""
    held = Holding.objects.filter(
        on_day(paris_day(database_now())),
        building_id=announcement.building_id,
        right__in=RIGHTS_OF[announcement.audience],
    )
    return list(Client.objects.filter(pk__in=held.order_by().values("client_id")).order_by("pk"))


def journal(verb: str, announcement: Announcement, *, by: StaffMember) -> None:
    actor = ("user", by.user.public_id) if by.user else ("staff", by.public_id)
    record(
        agency_id=announcement.agency_id,
        verb=verb,
        actor=actor,
        subject=("announcement", announcement.public_id),
    )
