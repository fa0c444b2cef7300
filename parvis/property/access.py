"""What a person may know of others who hold in their building; how far the staff see."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from parvis.kit.days import paris_day
from parvis.kit.viewer import Viewer
from parvis.people.models import Client, StaffMember
from parvis.property.models import Building, BuildingAssignment, CouncilSeat, Holding, Ownership, on_day
from parvis.property.models.holdings import HoldingQuerySet


def named_council(viewer: Viewer, *, building_id: int, day: dt.date) -> "QuerySet[CouncilSeat]":
    """The council of a building, for who owns a lot there that day; without those who refuse to be named."""
    owned = Ownership.objects.visible_to(viewer).filter(on_day(day), lot__building_id=OuterRef("building_id"))
    seats = CouncilSeat.objects.filter(
        Exists(owned), on_day(day), agency_id=viewer.agency_id, building_id=building_id, is_named=True
    )
    return seats.select_related("client").order_by("-is_chair", "client__last_name", "client__first_name", "pk")


def buildings_in_scope(viewer: Viewer) -> "QuerySet[Building]":
    """The buildings whose affairs a member of the staff may see, closed ones too; none for anybody else."""
    if not viewer.is_staff:
        return Building.objects.none()
    buildings = Building.objects.filter(agency_id=viewer.agency_id)
    if sees_whole_agency(viewer):
        return buildings
    looked_after = BuildingAssignment.objects.filter(on_day(paris_day(timezone.now())), building=OuterRef("pk"))
    return buildings.filter(Exists(looked_after.filter(staff_member__user_id=viewer.user_id)))


def clients_in_scope(viewer: Viewer) -> "QuerySet[Client]":
    """The clients whom a member of the staff may see; none for anybody else.

    Whoever looks after some buildings sees those who own, let or inhabit a lot there, or did.
    """
    if not viewer.is_staff:
        return Client.objects.none()
    clients = Client.objects.filter(agency_id=viewer.agency_id)
    if sees_whole_agency(viewer):
        return clients
    held = Holding.objects.filter(client=OuterRef("pk"), building__in=buildings_in_scope(viewer).order_by())
    return clients.filter(Exists(held))


def clients_wholly_in_scope(viewer: Viewer) -> "QuerySet[Client]":
    """Those whose access a member of the staff may give, end or look through: all that they hold today is in scope.

    An access opens all that is a client's, of whatever building. Of who holds nothing today, all that they held counts.
    """
    clients = clients_in_scope(viewer)
    if not viewer.is_staff or sees_whole_agency(viewer):
        return clients
    held = Holding.objects.filter(client=OuterRef("pk"))
    elsewhere = held.exclude(building__in=buildings_in_scope(viewer).order_by())
    today = on_day(paris_day(timezone.now()))
    holds_here_alone = Exists(held.filter(today)) & ~Exists(elsewhere.filter(today))
    return clients.filter(holds_here_alone | ~Exists(elsewhere))


def holdings_in_scope(viewer: Viewer) -> HoldingQuerySet:
    """Who owns, lets or inhabits what in the buildings in scope, past and present."""
    return Holding.objects.filter(building__in=buildings_in_scope(viewer).order_by())


def of_clients_in_scope(viewer: Viewer, path: str = "client") -> Q:
    """Condition on rows of the agency: the client at `path` is in scope. Rows without client are the whole agency's."""
    if viewer.is_staff and sees_whole_agency(viewer):
        return Q()
    return Q(**{f"{path}__in": clients_in_scope(viewer).order_by()})


def of_buildings_in_scope(viewer: Viewer, path: str = "building") -> Q:
    """Condition on rows of the agency: the building at `path` is in scope."""
    if viewer.is_staff and sees_whole_agency(viewer):
        return Q()
    return Q(**{f"{path}__in": buildings_in_scope(viewer).order_by()})


def in_scope(viewer: Viewer, *, client: str = "client", building: str = "building") -> Q:
    """Condition on rows that may name a building: that one is in scope; where none is named, their client is."""
    if viewer.is_staff and sees_whole_agency(viewer):
        return Q()
    of_nowhere = Q(**{f"{building}__isnull": True}) & of_clients_in_scope(viewer, client)
    return of_buildings_in_scope(viewer, building) | of_nowhere


def sees_whole_agency(viewer: Viewer) -> bool:
    return viewer.scope == StaffMember.Scope.AGENCY
