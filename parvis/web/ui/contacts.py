"""Who looks after the viewer's buildings, and who answers while they are away."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import F, FilteredRelation, Q, QuerySet

from parvis.kit.french_dates import long_date
from parvis.kit.prepared import prepared
from parvis.kit.typography import format_phone
from parvis.kit.viewer import Viewer
from parvis.people.models import StaffAbsence, StaffMember
from parvis.property.models import BuildingAssignment, Holding, on_day

NEAREST_DUTIES = ("Responsable d’immeuble", "Gestionnaire locatif")
AWAY_WORDS = {
    StaffMember.Civility.MADAM: ("Absente", "Remplacée par"),
    StaffMember.Civility.SIR: ("Absent", "Remplacé par"),
    StaffMember.Civility.NONE: ("Absence", "Remplacement\u00a0:"),
}


@dataclass(frozen=True, slots=True)
class Contact:
    """A person of the agency, as clients reach them. `away` is empty while they are there."""

    name: str
    duty: str
    phone: str
    email: str
    away: str = ""
    stand_in: str = ""


class ContactRow(NamedTuple):
    """A person on a building, and the absence of that day."""

    staff_member__first_name: str
    staff_member__last_name: str
    duty: str
    staff_member__phone: str
    staff_member__email: str
    building_id: int
    staff_member__civility: str
    away_until: dt.date | None
    stand_in_first_name: str | None
    stand_in_last_name: str | None
    stand_in_phone: str | None


@prepared
def contact_rows(viewer: Viewer, today: dt.date) -> "QuerySet[BuildingAssignment, tuple[Any, ...]]":
    """Of the buildings where the viewer's clients hold something that day: who left has the agency alone."""
    held = Holding.objects.visible_to(viewer).filter(on_day(today)).order_by()
    away = "staff_member__absences"
    that_day = Q(**{f"{away}__starts_on__lte": today, f"{away}__ends_on__gte": today})
    return (
        BuildingAssignment.objects.visible_to(viewer)
        .filter(on_day(today), building_id__in=held.values("building_id"), staff_member__left_on=None)
        .annotate(
            absence=FilteredRelation(away, condition=that_day),
            away_until=F("absence__ends_on"),
            stand_in_first_name=F("absence__replacement__first_name"),
            stand_in_last_name=F("absence__replacement__last_name"),
            stand_in_phone=F("absence__replacement__phone"),
        )
        .order_by("staff_member__last_name", "staff_member__first_name", "duty", "pk", F("absence__ends_on").desc())
        .values_list(*ContactRow._fields)
    )


def contacts(viewer: Viewer, *, today: dt.date, building_id: int | None = None) -> list[Contact]:
    """Each person once for each duty, who follows the building first; nobody who left. All buildings, or that one."""
    rows = (ContactRow(*row) for row in contact_rows(viewer, today))
    wanted = (row for row in rows if building_id in (None, row.building_id))
    found: dict[tuple[str, str, str, str], Contact] = {}
    for contact in map(contact_of, wanted):
        found.setdefault((contact.name, contact.duty, contact.phone, contact.email), contact)
    return sorted(found.values(), key=distance)


def distance(contact: Contact) -> int:
    """How far a duty is from the client's daily questions."""
    return NEAREST_DUTIES.index(contact.duty) if contact.duty in NEAREST_DUTIES else len(NEAREST_DUTIES)


def contact_of(row: ContactRow) -> Contact:
    name = f"{row.staff_member__first_name} {row.staff_member__last_name}".strip()
    return Contact(name, row.duty, row.staff_member__phone, row.staff_member__email, away_words(row), stand_in_of(row))


def contact_seen(member: StaffMember, *, duty: str, absence: StaffAbsence | None = None) -> Contact:
    """How clients are shown that person, away or there."""
    stand_in = absence.replacement if absence else None
    row = ContactRow(
        staff_member__first_name=member.first_name,
        staff_member__last_name=member.last_name,
        duty=duty,
        staff_member__phone=member.phone,
        staff_member__email=member.email,
        building_id=0,
        staff_member__civility=member.civility,
        away_until=absence.ends_on if absence else None,
        stand_in_first_name=stand_in.first_name if stand_in else None,
        stand_in_last_name=stand_in.last_name if stand_in else None,
        stand_in_phone=stand_in.phone if stand_in else None,
    )
    return contact_of(row)


def stand_in_of(row: ContactRow) -> str:
    return f"{row.stand_in_first_name or ''} {row.stand_in_last_name or ''}".strip()


def away_words(row: ContactRow) -> str:
    """« Absente jusqu’au 30 novembre 2026. Remplacée par Karim Benali, 01 99 00 14 12. »"""
    if row.away_until is None:
        return ""
    absent, replaced = AWAY_WORDS[StaffMember.Civility(row.staff_member__civility)]
    words = f"{absent} jusqu’au {long_date(row.away_until)}."
    stand_in = stand_in_of(row)
    if stand_in:
        phone = f", {format_phone(row.stand_in_phone)}" if row.stand_in_phone else ""
        words += f" {replaced} {stand_in}{phone}."
    return words
