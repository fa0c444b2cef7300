"""Whom letters are for: those of a building, or those who were ticked in the list."""

import dataclasses
import re

from django.db.models import QuerySet
from django.utils import timezone

from parvis.kit.days import paris_day
from parvis.people.models import Client, Viewer
from parvis.property.access import buildings_in_scope, clients_in_scope, clients_wholly_in_scope
from parvis.property.client_search import holders_in
from parvis.web.ui.converters import PublicIdConverter
from parvis.web.ui.requests import ViewerRequest

MOST_CHOSEN = 1_000
PUBLIC_ID = re.compile(PublicIdConverter.regex)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Choice:
    """The clients, and what their letters are called; how many hold elsewhere too, and are left to the whole agency."""

    name: str
    clients: list[Client]
    elsewhere: int


def choice_of(request: ViewerRequest) -> Choice | None:
    """What the address says: a building of the viewer's, clients of theirs; nothing while neither is said."""
    named = {key: read_ids(request.GET.getlist(key)) for key in ("immeuble", "client")}
    viewer, today = request.viewer, paris_day(timezone.now())
    building = buildings_in_scope(viewer).filter(public_id__in=named["immeuble"]).first()
    if building is not None:
        return chosen(viewer, holders_in(viewer, building=building, day=today), name=building.name)
    ticked = clients_in_scope(viewer).filter(public_id__in=named["client"])
    return chosen(viewer, ticked, name="Sélection") if named["client"] else None


def chosen(viewer: Viewer, clients: "QuerySet[Client]", *, name: str) -> Choice:
    found = list(clients.select_related("agency")[:MOST_CHOSEN])
    whole = set(clients_wholly_in_scope(viewer).filter(pk__in=[one.pk for one in found]).values_list("pk", flat=True))
    return Choice(name=name, clients=[one for one in found if one.pk in whole], elsewhere=len(found) - len(whole))


def read_ids(typed: list[str]) -> list[str]:
    """Whatever has not the shape of an identifier is asked of no database."""
    return [one for one in typed[:MOST_CHOSEN] if PUBLIC_ID.fullmatch(one)]


def buildings_to_choose(viewer: Viewer) -> list[tuple[str, str]]:
    """The buildings of which letters may be drawn, by name."""
    buildings = buildings_in_scope(viewer).filter(closed_on=None).order_by("name", "street", "pk")
    return [(building.public_id, f"{building.name}, {building.street}") for building in buildings]
