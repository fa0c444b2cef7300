"""Who looks after the viewer's buildings."""

import datetime as dt
from dataclasses import dataclass

from parvis.kit.viewer import Viewer
from parvis.property.models import Building, BuildingAssignment, on_day


@dataclass(frozen=True, slots=True)
class Contact:
    """A person of the agency, as clients reach them."""

    name: str
    duty: str
    phone: str
    email: str


def contacts(viewer: Viewer, *, today: dt.date, building: Building | None = None) -> list[Contact]:
    """Each person once for each duty, by name; nobody who left the agency. All buildings, or that one."""
    in_scope = {} if building is None else {"building": building}
    assignments = (
        BuildingAssignment.objects.visible_to(viewer)
        .filter(on_day(today), staff_member__left_on=None, **in_scope)
        .order_by("staff_member__last_name", "staff_member__first_name", "duty", "pk")
        .values_list(
            "staff_member__first_name",
            "staff_member__last_name",
            "duty",
            "staff_member__phone",
            "staff_member__email",
        )
    )
    return list(dict.fromkeys(contact_of(*row) for row in assignments))


def contact_of(first_name: str, last_name: str, duty: str, phone: str, email: str) -> Contact:  # noqa: PLR0917
    return Contact(name=f"{first_name} {last_name}".strip(), duty=duty, phone=phone, email=email)
