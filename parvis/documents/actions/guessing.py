"""What a file brought in seems to be, among the buildings and the clients that its depositor looks after."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from parvis.documents.models import Kind
from parvis.documents.rules import Guess, Place, audience_of, guess, plain
from parvis.kit.days import paris_day
from parvis.people.models import Client, Viewer
from parvis.people.rules import normalise_reference
from parvis.property.access import buildings_in_scope, clients_in_scope
from parvis.property.models import Lot


def guessed(*, name: str, text: str, viewer: Viewer) -> dict[str, Any]:
    """The columns of a deposit that its name and its text tell; the others stay empty."""
    found = guess(name=name, text=text, places=places_of(viewer), today=paris_day(timezone.now()))
    client = the_one_client(found.clients, viewer=viewer)
    lot = lot_of(found)
    audience = audience_of(found.kind, has_client=client is not None, has_lot=lot is not None)
    is_for_client = audience in ("account", "client")
    return {
        "kind": found.kind,
        "title": found.title or Kind(found.kind).label,
        "dated_on": found.dated_on,
        "audience": audience,
        "building_id": found.building,
        "lot": lot if is_for_client or audience == "lot" else None,
        "client": client if is_for_client else None,
    }


def places_of(viewer: Viewer) -> list[Place]:
    rows = buildings_in_scope(viewer).filter(closed_on=None).order_by().values_list("pk", "reference", "name", "street")
    return [Place(pk, plain(reference), plain(name), plain(street)) for pk, reference, name, street in rows]


def the_one_client(identifiers: Sequence[str], *, viewer: Viewer) -> Client | None:
    """None when nobody is named, or several are."""
    keys = [normalise_reference(identifier) for identifier in identifiers]
    found = list(clients_in_scope(viewer).filter(reference_key__in=keys)[:2]) if keys else []
    return found[0] if len(found) == 1 else None


def lot_of(found: Guess) -> Lot | None:
    if found.building is None or not found.lot:
        return None
    lots = Lot.objects.filter(building_id=found.building, number__iexact=found.lot)
    return lots.first()
