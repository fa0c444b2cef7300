"""The list of all co-owners that the syndic keeps (décret 67-223, art. 32), from the data, on one day."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import cast

from django.db.models import Count, QuerySet

from parvis.compliance.models.objections import ListingObjection
from parvis.people.models import Client
from parvis.property.models import AllocationKey, Building, LotShare, Ownership, on_day
from parvis.property.rules import lot_order


@dataclass
class OwnerLine:
    """A co-owner: what they hold in the building, and where they are written to."""

    client: Client
    hides_email: bool
    rights: set[str] = field(default_factory=set)
    lots: set[str] = field(default_factory=set)
    shares: int = 0

    @property
    def name(self) -> str:
        title = "" if self.client.company_name or not self.client.civility else self.client.get_civility_display()
        return f"{title} {self.client.full_name}".strip()

    @property
    def address(self) -> str:
        client = self.client
        town = f"{client.postal_code} {client.city}".strip()
        return ", ".join(part for part in (client.address_extra, client.street, town, client.country) if part)

    @property
    def email(self) -> str:
        """Known to the agency, unless they oppose it."""
        return "" if self.hides_email else self.client.known_email

    @property
    def lots_words(self) -> str:
        """« 2, 14, 32 »."""
        return ", ".join(sorted(self.lots, key=lot_order))

    @property
    def rights_words(self) -> str:
        return ", ".join(sorted(self.rights))


@dataclass(frozen=True, kw_only=True)
class OwnersList:
    """`key` is that of the general charges: the one in which the most lots have a weight."""

    building: Building
    day: dt.date
    lines: list[OwnerLine]
    key: AllocationKey | None

    @property
    def total_shares(self) -> int:
        return self.key.total_shares if self.key else 0


def owners_list(building: Building, *, day: dt.date) -> OwnersList:
    """Every co-owner of that day. A lot held by several counts for each of them, as the deed says."""
    keys = AllocationKey.objects.filter(building=building).annotate(lots=Count("lot_shares"))
    key = keys.order_by("-lots", "code", "pk").first()
    weights = dict(LotShare.objects.filter(key=key).values_list("lot_id", "shares")) if key else {}
    opposed = set(
        ListingObjection.objects.current().filter(agency=building.agency_id).values_list("client_id", flat=True)
    )
    held = cast(
        "QuerySet[Ownership]",
        Ownership.objects.filter(on_day(day), lot__building=building).select_related("client", "lot"),
    )
    lines: dict[int, OwnerLine] = {}
    counted: dict[int, set[int]] = defaultdict(set)
    for ownership in held.order_by(
        "client__last_name", "client__company_name", "client__first_name", "client_id", "pk"
    ):
        client = ownership.client
        line = lines.setdefault(client.pk, OwnerLine(client=client, hides_email=client.pk in opposed))
        line.rights.add(ownership.get_kind_display())
        line.lots.add(ownership.lot.number)
        if ownership.lot_id not in counted[client.pk]:
            counted[client.pk].add(ownership.lot_id)
            line.shares += weights.get(ownership.lot_id, 0)
    return OwnersList(building=building, day=day, lines=list(lines.values()), key=key)
