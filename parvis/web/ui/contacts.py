"""Who looks after the viewer's buildings."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet

from parvis.kit.prepared import prepared
from parvis.kit.viewer import Viewer
from parvis.property.models import BuildingAssignment, on_day

NEAREST_DUTIES = ("Responsable d’immeuble", "Gestionnaire locatif")


@dataclass(frozen=True, slots=True)
class Contact:
    """A person of the agency, as clients reach them."""

    name: str
    duty: str
    phone: str
    email: str


class ContactRow(NamedTuple):
    """A person on a building."""

    staff_member__first_name: str
    staff_member__last_name: str
    duty: str
    staff_member__phone: str
    staff_member__email: str
    building_id: int


@prepared
def contact_rows(viewer: Viewer, today: dt.date) -> "QuerySet[BuildingAssignment, tuple[Any, ...]]":
    return (
        BuildingAssignment.objects.visible_to(viewer)
        .filter(on_day(today), staff_member__left_on=None)
        .order_by("staff_member__last_name", "staff_member__first_name", "duty", "pk")
        .values_list(*ContactRow._fields)
    )


def contacts(viewer: Viewer, *, today: dt.date, building_id: int | None = None) -> list[Contact]:
    """Each person once for each duty, who follows the building first; nobody who left. All buildings, or that one."""
    rows = (ContactRow(*row) for row in contact_rows(viewer, today))
    wanted = (row for row in rows if building_id in (None, row.building_id))
    return sorted(dict.fromkeys(contact_of(row) for row in wanted), key=distance)


def distance(contact: Contact) -> int:
    """How far a duty is from the client's daily questions."""
    return NEAREST_DUTIES.index(contact.duty) if contact.duty in NEAREST_DUTIES else len(NEAREST_DUTIES)


def contact_of(row: ContactRow) -> Contact:
    name = f"{row.staff_member__first_name} {row.staff_member__last_name}".strip()
    return Contact(name, row.duty, row.staff_member__phone, row.staff_member__email)
