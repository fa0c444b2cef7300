"""The properties that a message may be about: one a dwelling, its cellar and its parking with it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from parvis.people.models import Client, Viewer
from parvis.property.models import Holding, Lot


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A lot held today by a client whose accounts the person reads."""

    client: Client
    lot: Lot

    @property
    def label(self) -> str:
        """« Appartement T3, lot 12, Résidence Les Acacias »."""
        return f"{self.lot.label}, lot\u00a0{self.lot.number}, {self.lot.building.name}"


def places_of(viewer: Viewer, *, today: dt.date) -> dict[str, Place]:
    """By the public id of the lot; the person's own first. An annex only where its holder has no dwelling there."""
    held = Holding.objects.visible_to(viewer).in_force(today).filter(client_id__in=viewer.account_client_ids)
    whole = held.select_related("client", "lot__building")
    rows = cast(Iterable[Holding], whole.order_by("building__name", "lot__number", "lot_id"))
    found: dict[str, Place] = {}
    with_dwelling: set[tuple[int, int]] = set()
    own = {client.pk for client in viewer.own_clients}
    for row in sorted(rows, key=lambda row: (row.client_id not in own, row.lot.kind == Lot.Kind.ANNEX)):
        if row.lot.kind == Lot.Kind.MAIN:
            with_dwelling.add((row.client_id, row.building_id))
        elif (row.client_id, row.building_id) in with_dwelling:
            continue
        found.setdefault(row.lot.public_id, Place(client=row.client, lot=row.lot))
    return found
