"""Everybody who works at the agency in words; one of them in full."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from parvis.people.access import colleagues
from parvis.people.models import Authenticator, Passkey, StaffAbsence, StaffMember, Viewer
from parvis.property.access import buildings_in_scope
from parvis.property.models import Building, BuildingAssignment, on_day


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

    @property
    def member(self) -> StaffMember:
        return self.line.member


def members_of(viewer: Viewer) -> QuerySet[StaffMember]:
    """Everybody, each with `has_factor`: a passkey or an application of codes."""
    passkeys, applications = (model.objects.filter(user=OuterRef("user")) for model in (Passkey, Authenticator))
    rows = colleagues(viewer).select_related("user")
    return rows.annotate(has_factor=Exists(passkeys) | Exists(applications))


def member_lines(viewer: Viewer, *, today: dt.date) -> list[MemberLine]:
    """Those who work here today first."""
    lines = [MemberLine(member, today) for member in members_of(viewer).order_by("last_name", "first_name", "pk")]
    return sorted(lines, key=lambda line: not line.member.is_in_post(today))


def member_page(member: StaffMember, *, today: dt.date) -> MemberPage:
    absences = member.absences.filter(ends_on__gte=today).select_related("replacement").order_by("starts_on", "pk")
    return MemberPage(line=MemberLine(member, today), absences=absences)


def buildings_offered(viewer: Viewer) -> QuerySet[Building]:
    return buildings_in_scope(viewer).filter(closed_on=None).order_by("name", "pk")


def looked_after(member: StaffMember, *, today: dt.date) -> list[int]:
    held = BuildingAssignment.objects.filter(on_day(today), staff_member=member)
    return list(held.order_by("pk").values_list("building_id", flat=True))
