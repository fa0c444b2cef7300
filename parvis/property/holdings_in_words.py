"""What a client holds, in words: « Copropriété, Appartement T3, lot 12 »."""

import dataclasses
import datetime as dt

from django.db.models import QuerySet

from parvis.people.models import Client
from parvis.property.models import Building, Holding


@dataclasses.dataclass(frozen=True, kw_only=True)
class Held:
    """A lot that somebody owns, lets or inhabits, or did until `ended_on`."""

    right: str
    label: str
    number: str
    building: str
    building_id: str
    ended_on: dt.date | None


def held_by(client: Client, *, buildings: "QuerySet[Building]", day: dt.date) -> list[Held]:
    """In these buildings: what is held that day first, then what no longer is."""
    rows = Holding.objects.filter(client=client, building__in=buildings.order_by())
    columns = ("right", "lot__label", "lot__number", "building__name", "building__public_id", "ends_on")
    ordered = rows.order_by("building__name", "-lot__kind", "lot__number", "starts_on").values_list(*columns)
    found = [
        Held(
            right=Holding.Right(right).label,
            label=label,
            number=number,
            building=building,
            building_id=public_id,
            ended_on=ends_on if ends_on and ends_on < day else None,
        )
        for right, label, number, building, public_id, ends_on in ordered
    ]
    return sorted(found, key=lambda held: held.ended_on is not None)
