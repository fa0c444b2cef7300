"""Declare a problem: sent twice it is one, told at once to whoever follows the building."""

import dataclasses
from collections.abc import Sequence

from django.db import IntegrityError, connection, transaction

from parvis.agencies.models import Agency
from parvis.agencies.rules import Hours, read_closures, read_hours
from parvis.interventions import emails
from parvis.interventions.access import follower_of
from parvis.interventions.actions.actors import Actor, journal
from parvis.interventions.actions.events import Step, note
from parvis.interventions.actions.photos import Picture, attach
from parvis.interventions.actions.telling import tell_agency, tell_reporter
from parvis.interventions.models import (
    Audience,
    AuthorKind,
    CaseCounter,
    Intervention,
    ReportDraft,
)
from parvis.interventions.rules.delays import acknowledge_before
from parvis.interventions.rules.titles import LONGEST_TITLE
from parvis.kit import throttle
from parvis.kit.clock import database_now
from parvis.kit.days import paris_day
from parvis.kit.refusals import Refusal
from parvis.people.models import Client
from parvis.property.models import Building, Lot

OF_AN_HOUR = throttle.Limit(name="reports-hour", allowed=10, seconds=3600)
COUNTER = CaseCounter._meta.db_table


class TooManyReports(Refusal):
    message = "Vous avez déclaré beaucoup de problèmes. Réessayez dans une heure, ou appelez votre agence."


class WrongPlace(Refusal):
    message = "Ce logement n’est pas dans cet immeuble."


@dataclasses.dataclass(frozen=True, kw_only=True)
class Report:
    """What is reported. `client` is who suffers from it; a lot means that it is inside it, none the common parts.

    `sending_key`, a public id drawn with the form, names the report: sent twice, it is one.
    """

    building: Building
    lot: Lot | None
    client: Client | None
    category: str
    title: str
    sending_key: str
    description: str = ""
    place: str = ""
    availability: str = ""
    phone: str = ""
    is_urgent: bool = False
    kind: str = Intervention.Kind.ORDINARY


def declare(*, report: Report, by: Actor, pictures: Sequence[Picture] = ()) -> Intervention:
    """Make the case. `by` is the client's login, or a member of the staff for somebody who calls.

    Raises TooManyReports past ten an hour for a client, WrongPlace for a lot of another building.
    """
    made = declared_before(report)
    if made is not None:
        return made
    if report.lot is not None and report.lot.building_id != report.building.pk:
        raise WrongPlace
    if by.kind == AuthorKind.CLIENT and by.user and throttle.admit(OF_AN_HOUR, key=by.user.public_id):
        raise TooManyReports
    try:
        return write(report=report, by=by, pictures=pictures)
    except IntegrityError:
        made = declared_before(report)
        if made is None:
            raise
        return made


def declared_before(report: Report) -> Intervention | None:
    """The same report, already sent."""
    sent = Intervention.objects.filter(agency_id=report.building.agency_id, sending_key=report.sending_key)
    return sent.select_related("agency", "building", "lot", "assigned_to").first()


@transaction.atomic
def write(*, report: Report, by: Actor, pictures: Sequence[Picture]) -> Intervention:
    """The row, its first event, its photos, the receipt, the word to the agency."""
    agency, now = report.building.agency, database_now()
    is_common = report.lot is None
    case = Intervention(
        agency=agency,
        number=next_number(agency, year=paris_day(now).year),
        building=report.building,
        lot=report.lot,
        reporter=report.client,
        scope=Intervention.Scope.COMMON if is_common else Intervention.Scope.PRIVATE,
        origin=Intervention.Origin.PORTAL,
        version=1,
        reported_on=paris_day(now),
        acknowledge_before=acknowledge_before(now, hours=hours_of(agency), is_urgent=report.is_urgent),
        assigned_to=follower_of(building_id=report.building.pk, is_common=is_common, day=paris_day(now)),
        declared_by=by.member,
        title=report.title[:LONGEST_TITLE],
    )
    for name in ("category", "kind", "description", "place", "availability", "phone", "is_urgent", "sending_key"):
        setattr(case, name, getattr(report, name))
    case.save(force_insert=True)
    note(case, Step(label=label_of(report, by=by), states=("", case.state)), by=by)
    for picture in pictures:
        attach(case, picture=picture, by=by, audience=Audience.REPORTER)
    if by.user is not None:
        ReportDraft.objects.filter(user=by.user, sending_key=report.sending_key).delete()
    tell(case, by=by)
    journal("intervention.declared", case, by=by)
    return case


def label_of(report: Report, *, by: Actor) -> str:
    """A member of the staff declares for a client who calls, or what they saw themselves."""
    by_telephone = by.kind == AuthorKind.STAFF and report.client is not None
    return "Problème déclaré par téléphone" if by_telephone else "Problème déclaré"


def tell(case: Intervention, *, by: Actor) -> None:
    """The receipt, and the word to whoever follows the building unless they wrote it themselves."""
    if case.reporter is not None:
        text = f"Votre déclaration n°\u00a0{case.number} est enregistrée."
        tell_reporter(case, text=text, written=emails.registered(case), key=f"case-{case.public_id}-1")
    if by.member is None or by.member != case.assigned_to:
        urgent = "Urgent : " if case.is_urgent else ""
        reporter = case.reporter.full_name if case.reporter else "l’agence"
        tell_agency(
            case,
            subject=f"{urgent}Intervention {case.number} : problème déclaré, {case.title}",
            lines=[f"Déclaré par {reporter}.", case.description],
        )


def next_number(agency: Agency, *, year: int) -> str:
    """« 2026-1187 »: the next of the year that no case of the books has."""
    statement = f"""
        INSERT INTO {COUNTER} AS kept (agency_id, year, last_number) VALUES (%s, %s, 1)
        ON CONFLICT (agency_id, year) DO UPDATE SET last_number = kept.last_number + 1
        RETURNING last_number
    """  # noqa: S608 -- our own names
    while True:
        with connection.cursor() as cursor:
            cursor.execute(statement, [agency.pk, year])
            (rank,) = cursor.fetchone()
        number = f"{year}-{rank:04d}"
        if not Intervention.objects.filter(agency=agency, number=number).exists():
            return number


def hours_of(agency: Agency) -> Hours:
    return Hours(
        week=read_hours(agency.weekly_hours), closures=read_closures(agency.closures), postal_code=agency.postal_code
    )
