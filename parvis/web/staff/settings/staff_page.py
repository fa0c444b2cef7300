"""Everybody who works at the agency in words; one of them in full."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from parvis.people.access import colleagues, with_factor
from parvis.people.models import StaffAbsence, StaffMember, Viewer
from parvis.property.access import buildings_in_scope
from parvis.property.models import Building, on_day
from parvis.web.ui.contacts import Contact, contact_seen


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One person, as the list says it."""

    member: StaffMember
    today: dt.date

    @property
    def access(self) -> str:
        member = self.member
        if not member.is_in_post(self.today):
            return "Parti"
        if member.user is None:
            return "Sans accès"
        if not member.user.password or not member.user.has_usable_password():
            return "Invité"
        return "Actif" if member.has_factor else "Sans seconde preuve"  # type: ignore[attr-defined]  # annotated

    @property
    def tone(self) -> str:
        return {"Actif": "ok", "Invité": "accent", "Sans seconde preuve": "warning"}.get(self.access, "")

    @property
    def may_be_invited(self) -> bool:
        return self.access in ("Sans accès", "Invité")

    @property
    def post(self) -> str:
        """« Comptable, toute l’agence »; the job alone without an access."""
        if self.member.user is None:
            return self.member.get_role_display()
        return f"{self.member.get_desk_role_display()}, {self.member.get_scope_display().lower()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberPage:
    line: MemberLine
    absences: QuerySet[StaffAbsence]
    seen: list[Contact]
    has_left_here: bool

    @property
    def member(self) -> StaffMember:
        return self.line.member


def members_of(viewer: Viewer) -> QuerySet[StaffMember]:
    """Everybody, each with `has_factor`."""
    return with_factor(colleagues(viewer)).select_related("user")


def member_lines(viewer: Viewer, *, today: dt.date) -> list[MemberLine]:
    """Those who work here today first."""
    lines = [MemberLine(member, today) for member in members_of(viewer).order_by("last_name", "first_name", "pk")]
    return sorted(lines, key=lambda line: not line.member.is_in_post(today))


def member_page(member: StaffMember, *, today: dt.date) -> MemberPage:
    """The person, and how clients see them today."""
    absences = member.absences.filter(ends_on__gte=today).select_related("replacement").order_by("starts_on", "pk")
    away = [absence for absence in absences if absence.starts_on <= today]
    return MemberPage(
        line=MemberLine(member, today),
        absences=absences,
        seen=seen_by_clients(member, today=today, absence=away[-1] if away else None),
        has_left_here=member.left_on is not None and member.kept_details.filter(name="left_on").exists(),
    )


def seen_by_clients(member: StaffMember, *, today: dt.date, absence: StaffAbsence | None) -> list[Contact]:
    """A card for each duty in the buildings they look after; none, and no client sees them."""
    duties = member.assignments.filter(on_day(today)).order_by("duty").values_list("duty", flat=True).distinct()
    return [contact_seen(member, duty=duty, absence=absence) for duty in duties]


def buildings_offered(viewer: Viewer) -> QuerySet[Building]:
    return buildings_in_scope(viewer).filter(closed_on=None).order_by("name", "pk")


def looked_after(member: StaffMember, *, today: dt.date) -> list[int]:
    return list(member.assignments.filter(on_day(today)).order_by("pk").values_list("building_id", flat=True))
