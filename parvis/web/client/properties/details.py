"""One property: what to know now, the lots and their shares, the lease, the building, and where each thing leads."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from django.db.models import Q, Sum

from parvis.compliance.access import buildings_owned
from parvis.documents.models import Document
from parvis.interventions.models import Announcement, Intervention
from parvis.kit.french_dates import long_date
from parvis.kit.money import format_whole
from parvis.ledger.models import Account
from parvis.people.models import Viewer
from parvis.property.access import named_council
from parvis.property.models import AllocationKey, Building, CouncilSeat, Holding, Lease, Tenancy, on_day
from parvis.web.client.properties.units import Unit, units_of
from parvis.web.ui.contacts import Contact, contacts
from parvis.web.ui.holders import full_salutation, of_holder

CASES_SHOWN = 3
DOCUMENTS_SHOWN = 5
EXPIRES_SOON = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Share:
    """The weight of the property in one key: « 124 / 10 000 »."""

    label: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseFacts:
    """A lease, whether it runs, and its tenants by their names. `left_on`: from when it is the reader's affair no more.

    The books know one rent, that of today: of a lease that outlived the reader's time, no amount is told.
    """

    lease: Lease
    tenants: str
    runs: bool
    left_on: dt.date | None
    today: dt.date

    @property
    def ends_on(self) -> dt.date | None:
        """Its end, or that of the reader's time when it came first."""
        return min((day for day in (self.lease.ends_on, self.left_on) if day), default=None)

    @property
    def amounts_are_told(self) -> bool:
        return self.left_on is None or self.lease.ends_on == self.ends_on

    @property
    def all_included_cents(self) -> int:
        return self.lease.rent_cents + self.lease.charges_cents

    @property
    def insurance_is_over(self) -> bool:
        until = self.lease.insurance_until
        return until is not None and until < self.today

    @property
    def insurance_ends_soon(self) -> bool:
        until = self.lease.insurance_until
        return until is not None and self.today <= until <= self.today + EXPIRES_SOON


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingFacts:
    """What those who hold there today read of the building. The council is for its co-owners."""

    building: Building
    council: list[CouncilSeat]

    @property
    def is_known(self) -> bool:
        known = (self.building.caretaker_name, self.building.door_code, self.building.next_meeting_on)
        return bool(self.council) or any(known)


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyPage:
    """One property in detail; each account with its `of_holder`. Of a former one, only its past."""

    unit: Unit
    shares: list[Share]
    leases: list[LeaseFacts]
    accounts: list[tuple[Account, str]]
    announcements: list[Announcement]
    cases: list[Intervention]
    contacts: list[Contact]
    building: BuildingFacts | None
    documents: list[Document]
    has_legal_list: bool
    today: dt.date

    @property
    def next_meeting_on(self) -> dt.date | None:
        """The next general meeting, for those whom it concerns."""
        return self.building.building.next_meeting_on if self.building and not self.is_tenant else None

    @property
    def is_tenant(self) -> bool:
        return self.unit.right == Holding.Right.TENANCY

    @property
    def may_leave(self) -> bool:
        """Whether « Donner mon congé » concerns the reader: a tenant whose lease runs."""
        return self.is_tenant and any(facts.runs for facts in self.leases)

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

    @property
    def energy_words(self) -> str:
        """« D (valable jusqu’au 3 mars 2032) »."""
        lot = self.unit.main
        if not lot.energy_class or lot.energy_valid_until is None:
            return lot.energy_class
        is_over = lot.energy_valid_until < self.today
        told = "n’est plus valable depuis le" if is_over else "valable jusqu’au"
        return f"{lot.energy_class} ({told} {long_date(lot.energy_valid_until)})"


def property_page(viewer: Viewer, *, public_id: str, today: dt.date) -> PropertyPage | None:
    """The property whose main lot has this id; nothing for anyone else's."""
    units = [unit for unit in units_of(viewer, today=today) if unit.main.public_id == public_id]
    if not units:
        return None
    unit = min(units, key=lambda unit: (unit.ends_on is not None, unit.of_holder))
    is_held = unit.ends_on is None
    return PropertyPage(
        unit=unit,
        shares=[] if unit.right == Holding.Right.TENANCY else shares_of(unit, viewer=viewer),
        leases=leases_of(unit, viewer=viewer, today=today),
        accounts=accounts_of(unit, viewer=viewer),
        announcements=announcements_of(unit, viewer=viewer) if is_held else [],
        cases=cases_of(unit, viewer=viewer) if is_held else [],
        contacts=contacts(viewer, today=today, building_id=unit.building.pk) if is_held else [],
        building=building_facts(unit.building, viewer=viewer, today=today) if is_held else None,
        documents=documents_of(unit, viewer=viewer),
        has_legal_list=buildings_owned(viewer, day=today).filter(pk=unit.building.pk).exists(),
        today=today,
    )


def leases_of(unit: Unit, *, viewer: Viewer, today: dt.date) -> list[LeaseFacts]:
    """Of a property that is held no more, as they were: they are not followed any further."""
    leases = Lease.objects.visible_to(viewer).filter(lot=unit.main).order_by("-starts_on", "-pk")
    return [
        LeaseFacts(
            lease=lease,
            tenants=tenants_of(lease, until=unit.ends_on or dt.date.max),
            runs=unit.ends_on is None and lease.starts_on <= today <= (lease.ends_on or today),
            left_on=unit.ends_on,
            today=today,
        )
        for lease in leases.prefetch_related("tenancies__client")
    ]


def tenants_of(lease: Lease, *, until: dt.date) -> str:
    """« Monsieur Moussa Diallo et Madame Awa Diallo »; nobody who came after that day."""
    tenancies = cast("Iterable[Tenancy]", lease.tenancies.all())
    return " et ".join(full_salutation(tenancy.client) for tenancy in tenancies if tenancy.starts_on <= until)


def building_facts(building: Building, *, viewer: Viewer, today: dt.date) -> BuildingFacts:
    council = named_council(viewer, building_id=building.pk, day=today)
    return BuildingFacts(building=building, council=list(council))


def announcements_of(unit: Unit, *, viewer: Viewer) -> list[Announcement]:
    """What is announced to the building, the soonest first."""
    return list(Announcement.objects.visible_to(viewer).filter(building=unit.building).order_by("begins_at", "pk"))


def cases_of(unit: Unit, *, viewer: Viewer) -> list[Intervention]:
    """The open cases in the lots and in the common parts, newest first, and one more than is shown."""
    cases = Intervention.objects.visible_to(viewer).in_progress().filter(building=unit.building)
    of_unit = Q(scope=Intervention.Scope.COMMON) | Q(lot__in=[unit.main, *unit.annexes])
    return list(cases.filter(of_unit).order_by("-reported_on", "-pk")[:CASES_SHOWN])


def documents_of(unit: Unit, *, viewer: Viewer) -> list[Document]:
    """The newest papers of the lots and of the building that the viewer may read."""
    papers = Document.objects.visible_to(viewer)
    of_unit = papers.filter(Q(lot__in=[unit.main, *unit.annexes]) | Q(building=unit.building, lot=None))
    return list(of_unit.order_by("-dated_on", "-pk")[:DOCUMENTS_SHOWN])


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


def running_lease(viewer: Viewer, *, public_id: str, today: dt.date) -> Lease | None:
    """The lease by which the viewer is a tenant there today."""
    holdings = Holding.objects.visible_to(viewer).in_force(today).filter(right=Holding.Right.TENANCY)
    leases = Lease.objects.visible_to(viewer).filter(on_day(today), lot__public_id=public_id)
    leases = leases.filter(lot_id__in=holdings.order_by().values("lot_id"))
    return leases.select_related("lot__building").order_by("-starts_on", "-pk").first()
