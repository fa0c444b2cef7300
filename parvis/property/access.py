"""What a person may know of others who hold in their building."""

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet

from parvis.kit.viewer import Viewer
from parvis.property.models import CouncilSeat, Ownership, on_day


def named_council(viewer: Viewer, *, building_id: int, day: dt.date) -> "QuerySet[CouncilSeat]":
    """The council of a building, for who owns a lot there that day; without those who refuse to be named."""
    owned = Ownership.objects.visible_to(viewer).filter(on_day(day), lot__building_id=OuterRef("building_id"))
    seats = CouncilSeat.objects.filter(
        Exists(owned), on_day(day), agency_id=viewer.agency_id, building_id=building_id, is_named=True
    )
    return seats.select_related("client").order_by("-is_chair", "client__last_name", "client__first_name", "pk")
