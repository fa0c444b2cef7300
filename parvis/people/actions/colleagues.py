"""Who works at the agency and what each may open: decided by an administrator, on the pages of the desk."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from parvis.agencies.models import Agency
from parvis.journal.actions import SYSTEM, record
from parvis.kit.clock import database_now
from parvis.kit.days import paris_day
from parvis.kit.refusals import Refusal
from parvis.people.actions import links
from parvis.people.actions.details import keep
from parvis.people.actions.locks import hold_login
from parvis.people.actions.second_step import end_steps
from parvis.people.actions.sessions import end_sessions
from parvis.people.models import EmailLink, StaffAbsence, StaffMember, User

Author = tuple[str, str]


class LastAdministrator(Refusal):
    message = "C’est le dernier administrateur qui a un accès\u00a0: donnez d’abord ce rôle à une autre personne."


class OwnPost(Refusal):
    message = "Vous ne changez pas votre propre rôle et ne terminez pas votre propre accès\u00a0: un collègue le fait."


class ReferenceTaken(Refusal):
    message = "Cette référence est déjà celle d’un collaborateur."


class AbsenceRefused(Refusal):
    """The days or the replacement do not hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who arrives: as the books would say it."""

    reference: str
    first_name: str
    last_name: str
    role: str
    email: str
    phone: str


@transaction.atomic
def add(*, agency: Agency, person: Person, by: Author) -> StaffMember:
    """Somebody who works at the agency and has no access yet. Refuses (`ReferenceTaken`) a known reference.

    Books that do not know them do not say that they left.
    """
    if StaffMember.objects.filter(agency=agency, reference=person.reference).exists():
        raise ReferenceTaken
    member: StaffMember = StaffMember.objects.create(
        agency=agency,
        reference=person.reference,
        first_name=person.first_name,
        last_name=person.last_name,
        role=person.role,
        email=person.email,
        phone=person.phone,
    )
    keep(member, "left_on")
    record(agency_id=agency.pk, verb="staff.added", actor=by, subject=("staff", member.public_id))
    return member


@transaction.atomic
def change_post(*, member: StaffMember, role: str, scope: str, by: User | None) -> StaffMember:
    """What they open, and how far they see; by nobody, it is whoever runs the site.

    Refuses one's own post, and to leave the agency no administrator.
    """
    held = hold_post(member, by=by)
    if role != StaffMember.Role.ADMINISTRATOR:
        refuse_last_administrator(held)
    held.desk_role, held.scope = role, scope_of(role, asked=scope)
    held.save(update_fields=["desk_role", "scope"])
    subject = ("staff", held.public_id)
    actor = ("user", by.public_id) if by is not None else SYSTEM
    record(agency_id=held.agency_id, verb="staff.post-changed", actor=actor, subject=subject)
    return held


def scope_of(role: str, *, asked: str) -> str:
    """A caretaker sees buildings alone, an administrator the whole agency."""
    if role == StaffMember.Role.CARETAKER:
        return StaffMember.Scope.BUILDINGS
    return StaffMember.Scope.AGENCY if role == StaffMember.Role.ADMINISTRATOR else asked


@transaction.atomic
def end_post(*, member: StaffMember, by: User) -> StaffMember:
    """They left today: their sessions end, the links sent to them die. Who is also a client keeps that.

    No import puts them back: only `follow_books` does.
    """
    held = hold_post(member, by=by)
    refuse_last_administrator(held)
    keep(held, "left_on")
    held.left_on = paris_day(database_now())
    held.save(update_fields=["left_on"])
    if held.user is not None:
        hold_login(held.user)
        links.supersede(EmailLink.objects.filter(user=held.user))
        end_sessions(held.user)
        end_steps(held.user)
    subject = ("staff", held.public_id)
    record(agency_id=held.agency_id, verb="staff.ended", actor=("user", by.public_id), subject=subject)
    return held


def hold_post(member: StaffMember, *, by: User | None) -> StaffMember:
    """Their row as it is now; every post of the agency is held, so that its last administrator stays."""
    posts = StaffMember.objects.select_for_update(of=("self",), no_key=True).filter(agency_id=member.agency_id)
    held = next(post for post in posts.order_by("pk") if post.pk == member.pk)
    if by is not None and held.user_id == by.pk:
        raise OwnPost
    return held


def refuse_last_administrator(member: StaffMember) -> None:
    """Some other administrator has a login and works here today."""
    others = StaffMember.objects.filter(
        agency_id=member.agency_id, desk_role=StaffMember.Role.ADMINISTRATOR, user__isnull=False
    ).exclude(pk=member.pk)
    today = paris_day(database_now())
    is_one = member.desk_role == StaffMember.Role.ADMINISTRATOR and member.user_id is not None
    if is_one and not any(other.is_in_post(today) for other in others):
        raise LastAdministrator


@transaction.atomic
def note_absence(
    *, member: StaffMember, starts_on: dt.date, ends_on: dt.date, replacement: StaffMember | None, by: Author
) -> StaffAbsence:
    """They are away from one day to another, the last included; clients read who answers in their place."""
    if ends_on < starts_on:
        raise AbsenceRefused("La date de fin précède la date de début.")
    if replacement is not None and replacement.pk == member.pk:
        raise AbsenceRefused("Personne ne se remplace soi-même.")
    if member.absences.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise AbsenceRefused("Une absence est déjà notée à ces dates.")
    absence: StaffAbsence = StaffAbsence.objects.create(
        agency_id=member.agency_id, staff_member=member, replacement=replacement, starts_on=starts_on, ends_on=ends_on
    )
    record(agency_id=member.agency_id, verb="staff.away", actor=by, subject=("staff", member.public_id))
    return absence


@transaction.atomic
def remove_absence(*, absence: StaffAbsence, by: Author) -> None:
    member = absence.staff_member
    absence.delete()
    record(agency_id=member.agency_id, verb="staff.back", actor=by, subject=("staff", member.public_id))
