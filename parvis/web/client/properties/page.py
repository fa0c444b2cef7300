"""Biens: the lots of one holder in one building are one unit on screen (flat, cellar and parking together)."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import cast

from django.db.models import Q, QuerySet, Sum

from parvis.kit.money import format_whole
from parvis.kit.typography import lower_first
from parvis.ledger.models import Account
from parvis.people.models import Viewer
from parvis.people.rules import fold
from parvis.property.models import AllocationKey, Building, Holding, Lease, Lot, on_day
from parvis.web.ui.contacts import Contact, contacts
from parvis.web.ui.holders import of_holder

UNITS_WITHOUT_SEARCH = 8
LONGEST_SEARCH = 100


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


@dataclass(frozen=True, slots=True)
class Group:
    """The units held by the same right, or held no more."""

    name: str
    units: list[Unit]


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertiesPage:
    """What the list of Biens shows."""

    groups: list[Group]
    searched: str
    has_search: bool

    @property
    def found_count(self) -> int:
        return sum(len(group.units) for group in self.groups)


@dataclass(frozen=True, slots=True)
class Share:
    """The weight of the property in one key: « 124 / 10 000 »."""

    label: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyPage:
    """One property in detail; each account with its `of_holder`."""

    unit: Unit
    shares: list[Share]
    leases: list[Lease]
    accounts: list[tuple[Account, str]]
    contacts: list[Contact]

    @property
    def is_tenant(self) -> bool:
        return self.unit.right == Holding.Right.TENANCY

    @property
    def lease_title(self) -> str:
        if not self.is_tenant:
            return "Occupant"
        return "Bail" if self.unit.of_holder else "Votre bail"

    @property
    def shares_title(self) -> str:
        return f"{'Part' if self.unit.of_holder else 'Votre part'} dans l’immeuble (tantièmes)"

    @property
    def surface(self) -> str:
        """« 62,5 m² », or nothing when it is not known."""
        tenths = self.unit.main.area_square_decimetres
        if tenths is None:
            return ""
        return f"{tenths / 100:.1f}\u202fm²".replace(".", ",").replace(",0", "")


def properties_page(viewer: Viewer, *, today: dt.date, searched: str) -> PropertiesPage:
    """All that the viewer holds, or what holds every word searched for."""
    units, words = units_of(viewer, today=today), fold(searched).split()
    return PropertiesPage(
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


def units_of(viewer: Viewer, *, today: dt.date) -> list[Unit]:
    """What the viewer holds or held; what they only will hold is not theirs yet."""
    holdings = cast("QuerySet[Holding]", Holding.objects.visible_to(viewer)).filter(starts_on__lte=today)
    leases = Lease.objects.visible_to(viewer).filter(on_day(today)).order_by()
    let_lots = set(leases.values_list("lot_id", flat=True))
    together = defaultdict(list)
    for holding in holdings.select_related("lot__building", "client").order_by("building__name", "lot_id", "right"):
        ends_on = holding.ends_on if holding.ends_on and holding.ends_on < today else None
        together[holding.right, holding.client, holding.building_id, ends_on].append(holding.lot)
    return [
        unit
        for (right, client, _building, ends_on), lots in together.items()
        for unit in join_lots(
            lots, right=right, of_whom=of_holder(client, viewer=viewer), ends_on=ends_on, let_lots=let_lots
        )
    ]


def join_lots(lots: list[Lot], *, right: str, of_whom: str, ends_on: dt.date | None, let_lots: set[int]) -> list[Unit]:
    """Each main lot is a unit; the first takes the annexes. Annexes alone are one unit."""
    lots = list(dict.fromkeys(lots))
    mains = [lot for lot in lots if lot.kind == Lot.Kind.MAIN] or lots[:1]
    annexes = [lot for lot in lots if lot not in mains]
    return [
        Unit(
            building=main.building,
            main=main,
            annexes=annexes if main is mains[0] else [],
            right=right,
            of_holder=of_whom,
            occupancy=occupancy_of(main, right=right, let_lots=let_lots) if ends_on is None else "",
            ends_on=ends_on,
        )
        for main in mains
    ]


def occupancy_of(lot: Lot, *, right: str, let_lots: set[int]) -> str:
    """Only what is known: a landlord's lot is let or vacant; who lives in a co-owner's is their business."""
    if right != Holding.Right.MANDATE:
        return ""
    return "Loué" if lot.pk in let_lots else "Vacant"


def property_page(viewer: Viewer, *, public_id: str, today: dt.date) -> PropertyPage | None:
    """The property whose main lot has this id; nothing for anyone else's."""
    units = [unit for unit in units_of(viewer, today=today) if unit.main.public_id == public_id]
    if not units:
        return None
    unit = min(units, key=lambda unit: (unit.ends_on is not None, unit.of_holder))
    leases = Lease.objects.visible_to(viewer).filter(lot=unit.main).order_by("-starts_on", "-pk")
    return PropertyPage(
        unit=unit,
        shares=[] if unit.right == Holding.Right.TENANCY else shares_of(unit, viewer=viewer),
        leases=list(leases.prefetch_related("tenancies__client")),
        accounts=accounts_of(unit, viewer=viewer),
        contacts=contacts(viewer, today=today, building_id=unit.building.pk),
    )


def accounts_of(unit: Unit, *, viewer: Viewer) -> list[tuple[Account, str]]:
    """Those of the lots, and those of the building that belong to no lot."""
    accounts = Account.objects.visible_to(viewer).filter(building=unit.building).select_related("client")
    found = accounts.filter(Q(lot=None) | Q(lot__in=[unit.main, *unit.annexes]))
    return [(account, of_holder(account.client, viewer=viewer)) for account in found]


def shares_of(unit: Unit, *, viewer: Viewer) -> list[Share]:
    """The shares of the main lot and of its annexes, added key by key."""
    lots = [unit.main, *unit.annexes]
    keys = (
        AllocationKey.objects.visible_to(viewer)
        .filter(lot_shares__lot__in=lots)
        .order_by("code", "pk")
        .values_list("label", "total_shares", Sum("lot_shares__shares"))
    )
    return [Share(label, f"{format_whole(held)}\u00a0/\u00a0{format_whole(total)}") for label, total, held in keys]
