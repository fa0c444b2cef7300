"""Who stands on a receipt: the landlord, every tenant bound during the period, the home, as on the day of issue."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from parvis.kit.typography import lower_first
from parvis.ledger.models import Account
from parvis.ledger.rules.receipts import PeriodState
from parvis.people.letter_document import address_lines
from parvis.people.models import Client
from parvis.property.models import Lease, Lot, ManagementMandate, Tenancy

Wanted = Sequence[tuple[Account, PeriodState]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """`kept` is what the receipt remembers: landlord, tenants, home, address, recipient."""

    lease_id: int | None
    kept: dict[str, object]


def parties_of(wanted: Wanted) -> list[Parties]:
    """For each account and period, in their order. Two queries, whatever their number."""
    lots = {account.lot_id for account, _state in wanted if account.lot_id}
    tenancies: defaultdict[int, list[Tenancy]] = defaultdict(list)
    bound = Tenancy.objects.filter(lease__lot_id__in=lots).select_related("client", "lease").order_by("starts_on", "pk")
    for tenancy in cast("Iterable[Tenancy]", bound):
        tenancies[tenancy.lease.lot_id].append(tenancy)
    mandates: defaultdict[int, list[ManagementMandate]] = defaultdict(list)
    managed = ManagementMandate.objects.filter(lot_id__in=lots).select_related("client").order_by("pk")
    for mandate in cast("Iterable[ManagementMandate]", managed):
        mandates[mandate.lot_id].append(mandate)
    return [
        of_period(account, state, tenancies=tenancies[account.lot_id or 0], mandates=mandates[account.lot_id or 0])
        for account, state in wanted
    ]


def of_period(
    account: Account, state: PeriodState, *, tenancies: list[Tenancy], mandates: list[ManagementMandate]
) -> Parties:
    during = [held for held in tenancies if overlaps(held, state)]
    lease = next((held.lease for held in during if held.client_id == account.client_id), None)
    tenants = [held.client for held in during if lease and held.lease_id == lease.pk] or [account.client]
    landlord = next((held.client for held in mandates if overlaps(held, state)), None)
    return Parties(
        lease_id=lease.pk if lease else None,
        kept={
            "landlord": landlord.full_name if landlord else "",
            "tenants": [name_of(tenant) for tenant in distinct(tenants)],
            "home": home_of(account.lot) if account.lot else "",
            "address": address_of(account),
            "recipient": list(address_lines(account.client)),
        },
    )


def overlaps(held: Tenancy | ManagementMandate | Lease, state: PeriodState) -> bool:
    return held.starts_on <= state.covers_until and (held.ends_on or dt.date.max) >= state.covers_from


def distinct(tenants: Iterable[Client]) -> list[Client]:
    return list({tenant.pk: tenant for tenant in tenants}.values())


def name_of(client: Client) -> str:
    """« Madame Alice Fontaine », or the company."""
    if client.company_name or not client.civility:
        return client.full_name
    return f"{client.get_civility_display()} {client.full_name}"


def home_of(lot: Lot) -> str:
    floor = f", {lower_first(lot.floor)}" if lot.floor else ""
    return f"{lot.label}{floor}, lot\u00a0{lot.number}"


def address_of(account: Account) -> str:
    building = account.lot.building if account.lot else account.building
    return f"{building.street}, {building.postal_code} {building.city}" if building else ""
