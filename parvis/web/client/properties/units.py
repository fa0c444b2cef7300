"""What a person holds: the lots of one holder in one building are one unit (flat, cellar and parking together)."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import cast

from django.db.models import QuerySet

from parvis.kit.typography import lower_first
from parvis.people.models import Client, Viewer
from parvis.property.models import Building, Holding, Lease, Lot, Ownership, on_day
from parvis.web.ui.holders import is_own, of_holder


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One property as its holder sees it."""

    building: Building
    main: Lot
    annexes: list[Lot]
    right: str
    of_holder: str
    occupancy: str
    ends_on: dt.date | None

    @property
    def title(self) -> str:
        """« Appartement T3, 2e étage, lot 14 »."""
        floor = f", {lower_first(self.main.floor)}" if self.main.floor else ""
        return f"{self.main.label}{floor}, lot\u00a0{self.main.number}"

    @property
    def address(self) -> str:
        """« 12 rue des Acacias, 75017 Paris »; the street once only where it is also the building's name."""
        town = f"{self.building.postal_code} {self.building.city}"
        return town if self.building.street == self.building.name else f"{self.building.street}, {town}"

    @property
    def full_text(self) -> str:
        """All that a person may remember of it."""
        annexes = " ".join(f"{lot.label} lot {lot.number}" for lot in self.annexes)
        return f"{self.building.name} {self.title} {annexes} {self.address} {self.of_holder} {self.occupancy}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupancies:
    """What is known of who lives where: lots let by a lease, and what owners have said of their own."""

    let_lots: set[int]
    said: dict[tuple[int, int], str]

    def words(self, lot: Lot, *, right: str, client: Client, viewer: Viewer) -> str:
        """« Loué », « Vacant », « Occupé par vous »; nothing when it is not known, and of a tenant's home."""
        if right == Holding.Right.TENANCY:
            return ""
        if right == Holding.Right.MANDATE:
            return "Loué" if lot.pk in self.let_lots else "Vacant"
        occupancy = self.said.get((lot.pk, client.pk), "")
        if occupancy == Ownership.Occupancy.OWNER and not is_own(client.pk, viewer=viewer):
            return "Occupé par son propriétaire"
        return Ownership.Occupancy(occupancy).label if occupancy else ""


def units_of(viewer: Viewer, *, today: dt.date) -> list[Unit]:
    """What the viewer holds or held; what they only will hold is not theirs yet."""
    holdings = cast("QuerySet[Holding]", Holding.objects.visible_to(viewer)).filter(starts_on__lte=today)
    occupancies = occupancies_of(viewer, today=today)
    together = defaultdict(list)
    for holding in holdings.select_related("lot__building", "client").order_by("building__name", "lot_id", "right"):
        ends_on = holding.ends_on if holding.ends_on and holding.ends_on < today else None
        together[holding.right, holding.client, holding.building_id, ends_on].append(holding.lot)
    return [
        Unit(
            building=main.building,
            main=main,
            annexes=annexes,
            right=right,
            of_holder=of_holder(client, viewer=viewer),
            occupancy="" if ends_on else occupancies.words(main, right=right, client=client, viewer=viewer),
            ends_on=ends_on,
        )
        for (right, client, _building, ends_on), lots in together.items()
        for main, annexes in joined(lots)
    ]


def occupancies_of(viewer: Viewer, *, today: dt.date) -> Occupancies:
    leases = Lease.objects.visible_to(viewer).filter(on_day(today)).order_by()
    owned = Ownership.objects.visible_to(viewer).filter(on_day(today)).exclude(occupancy="").order_by()
    return Occupancies(
        let_lots=set(leases.values_list("lot_id", flat=True)),
        said={(lot, client): said for lot, client, said in owned.values_list("lot_id", "client_id", "occupancy")},
    )


def joined(lots: list[Lot]) -> list[tuple[Lot, list[Lot]]]:
    """Each main lot with its annexes: the first takes them all. Annexes alone are one unit."""
    lots = list(dict.fromkeys(lots))
    mains = [lot for lot in lots if lot.kind == Lot.Kind.MAIN] or lots[:1]
    annexes = [lot for lot in lots if lot not in mains]
    return [(main, annexes if main is mains[0] else []) for main in mains]
