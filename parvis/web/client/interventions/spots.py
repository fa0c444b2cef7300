"""Where a client may say that a problem is: their lots, the common parts of their buildings."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from parvis.interventions.models import Intervention
from parvis.people.models import Client, Viewer
from parvis.property.models import Building, Holding, Lot

IN_THE_LOT, IN_COMMON = "lot", "parties-communes"


def key_of(*, building: Building, lot: Lot | None) -> str:
    """What a form says for that place."""
    return f"{IN_THE_LOT}-{lot.public_id}" if lot else f"{IN_COMMON}-{building.public_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A lot held today, or the common parts of its building; `client` is whose problem it is."""

    client: Client
    building: Building
    lot: Lot | None
    label: str

    @property
    def key(self) -> str:
        """What the form sends back."""
        return key_of(building=self.building, lot=self.lot)

    @property
    def detail(self) -> str:
        """« Appartement T3, lot 12, Résidence Les Acacias »; nothing that the label has said already."""
        if self.lot is None:
            return self.building.name
        said = "" if self.label == self.lot.label else f"{self.lot.label}, "
        return f"{said}lot\u00a0{self.lot.number}, {self.building.name}"

    @property
    def scope(self) -> Intervention.Scope:
        return Intervention.Scope.PRIVATE if self.lot else Intervention.Scope.COMMON


def spots_of(viewer: Viewer, *, today: dt.date) -> dict[str, Spot]:
    """By key: the lots first, the person's own before those of others; then the common parts, once a building."""
    held = Holding.objects.visible_to(viewer).in_force(today).select_related("client", "building", "lot")
    rows = cast(Iterable[Holding], held.order_by("building__name", "lot__kind", "lot__number", "lot_id"))
    own = set(viewer.own_client_ids)
    ranked = sorted(rows, key=lambda row: nearness(row, own=own))
    found: dict[str, Spot] = {}
    for spot in (*map(in_the_lot, ranked), *map(in_common, ranked)):
        found.setdefault(spot.key, spot)
    return found


def nearness(row: Holding, *, own: set[int]) -> tuple[bool, bool, bool]:
    """One's own before those of others, dwellings before annexes; who lets a home says so before owning it."""
    return (row.client_id not in own, row.lot.kind == Lot.Kind.ANNEX, row.right != Holding.Right.MANDATE)


def in_the_lot(row: Holding) -> Spot:
    """« Chez moi »; a home that is let, as what it is; a cellar or a parking by its own name."""
    home = "Dans le logement que je donne en location" if row.right == Holding.Right.MANDATE else "Chez moi"
    label = home if row.lot.kind == Lot.Kind.MAIN else row.lot.label
    return Spot(client=row.client, building=row.building, lot=row.lot, label=label)


def in_common(row: Holding) -> Spot:
    return Spot(client=row.client, building=row.building, lot=None, label="Dans les parties communes")
