"""Biens: the list, by the right that holds each property."""

import datetime as dt
from dataclasses import dataclass

from parvis.interventions.models import Announcement
from parvis.kit.words import fold
from parvis.people.models import Viewer
from parvis.property.models import Holding
from parvis.web.client.properties.units import Unit, units_of

UNITS_WITHOUT_SEARCH = 8
LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Group:
    """The units held by the same right, or held no more."""

    name: str
    units: list[Unit]


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertiesPage:
    """What the list of Biens shows."""

    announcements: list[Announcement]
    groups: list[Group]
    searched: str
    has_search: bool

    @property
    def found_count(self) -> int:
        return sum(len(group.units) for group in self.groups)


def properties_page(viewer: Viewer, *, today: dt.date, searched: str) -> PropertiesPage:
    """All that the viewer holds, or what holds every word searched for."""
    units, words = units_of(viewer, today=today), fold(searched).split()
    announcements = Announcement.objects.visible_to(viewer).select_related("building")
    return PropertiesPage(
        announcements=[] if words else list(announcements),
        groups=groups_of([unit for unit in units if all(word in fold(unit.full_text) for word in words)]),
        searched=searched if words else "",
        has_search=len(units) > UNITS_WITHOUT_SEARCH,
    )


def groups_of(units: list[Unit]) -> list[Group]:
    """« Copropriété », « Gestion locative », « Location », then what the viewer no longer holds."""
    by_right = [
        Group(right.label, [unit for unit in units if unit.right == right and unit.ends_on is None])
        for right in Holding.Right
    ]
    past = Group("Anciens biens", [unit for unit in units if unit.ends_on])
    return [group for group in [*by_right, past] if group.units]
