"""The periods of rent of tenants' accounts, as their books say: what each asks, and what was received of it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from parvis.ledger.models.accounts import Call, Entry
from parvis.ledger.rules.imputation import Line
from parvis.ledger.rules.receipts import Demand, Parts, PeriodState, means_of, month_bounds, periods_of
from parvis.property.models import Lease


class EntryRow(NamedTuple):
    """What imputation needs of an entry."""

    account_id: int
    reference: str
    booked_on: dt.date
    due_on: dt.date | None
    kind: str
    label: str
    debit_cents: int
    credit_cents: int
    lettering: str
    means: str

    def line(self) -> Line:
        return Line(
            reference=self.reference,
            booked_on=self.booked_on,
            due_on=self.due_on,
            kind=self.kind,
            debit_cents=self.debit_cents,
            credit_cents=self.credit_cents,
            lettering=self.lettering,
        )


class DemandRow(NamedTuple):
    """A demand of rent."""

    account_id: int
    reference: str
    due_on: dt.date
    amount_cents: int
    rent_cents: int | None
    charges_cents: int | None
    other_label: str
    covers_from: dt.date | None
    covers_until: dt.date | None

    @property
    def period(self) -> tuple[dt.date, dt.date]:
        """As the agency says, else the month of the due date."""
        if self.covers_from and self.covers_until:
            return self.covers_from, self.covers_until
        return month_bounds(self.due_on)


@dataclass(slots=True)
class AccountRows:
    entries: list[EntryRow] = field(default_factory=list)
    demands: list[DemandRow] = field(default_factory=list)


Between = tuple[dt.date, dt.date]


def rent_periods(account_ids: Collection[int], *, between: Between | None = None) -> dict[int, list[PeriodState]]:
    """Account → its periods, the oldest first; those that begin `between` two days, or all. Three queries in all.

    A demand that does not tell rent from charges takes the parts of the lease when they make its amount; else nothing
    can be given for it (`PeriodState.is_split`).
    """
    rows: defaultdict[int, AccountRows] = defaultdict(AccountRows)
    entries = Entry.objects.counted().filter(account_id__in=account_ids).order_by("account_id", "booked_on", "pk")
    for entry in map(EntryRow._make, entries.values_list(*EntryRow._fields)):
        rows[entry.account_id].entries.append(entry)
    for demand in map(DemandRow._make, demands_of(account_ids, between=between).values_list(*DemandRow._fields)):
        rows[demand.account_id].demands.append(demand)
    parts = lease_parts(account_ids) if any(lacks_parts(row) for each in rows.values() for row in each.demands) else {}
    return {account: states_of(kept, lease=parts.get(account, [])) for account, kept in rows.items()}


def demands_of(account_ids: Collection[int], *, between: Between | None) -> QuerySet[Call]:
    """The calls booked as rent."""
    rent = Entry.objects.filter(
        account=OuterRef("account"), reference=OuterRef("reference"), kind=Entry.Kind.RENT, debit_cents__gt=0
    )
    demands = Call.objects.filter(Exists(rent), account_id__in=account_ids).order_by("account_id", "due_on", "pk")
    if not between:
        return demands
    return demands.filter(Q(covers_from__range=between) | Q(covers_from=None, due_on__range=between))


def lacks_parts(row: DemandRow) -> bool:
    return row.rent_cents is None


def lease_parts(account_ids: Collection[int]) -> dict[int, list[Parts]]:
    """Account → the rent and charges of the leases of its client in its lot."""
    found: defaultdict[int, list[Parts]] = defaultdict(list)
    bound = Lease.objects.filter(lot__accounts__in=account_ids, tenancies__client__accounts__in=account_ids)
    columns = ("tenancies__client__accounts", "lot__accounts", "rent_cents", "charges_cents")
    for of_client, of_lot, rent, charges in bound.order_by("pk").values_list(*columns):
        if of_client == of_lot:
            found[of_lot].append(Parts(rent_cents=rent, charges_cents=charges))
    return found


def states_of(rows: AccountRows, *, lease: list[Parts]) -> list[PeriodState]:
    means = {
        entry.reference: means_of(kind=entry.kind, means=entry.means, label=entry.label)
        for entry in rows.entries
        if entry.credit_cents
    }
    lines = [entry.line() for entry in rows.entries]
    return periods_of([demand_of(row, lease=lease) for row in rows.demands], lines, means=means)


def demand_of(row: DemandRow, *, lease: list[Parts]) -> Demand:
    covers_from, covers_until = row.period
    parts = parts_of(row) or next((known for known in lease if known.total_cents == row.amount_cents), None)
    return Demand(
        reference=row.reference,
        covers_from=covers_from,
        covers_until=covers_until,
        parts=parts or Parts(rent_cents=row.amount_cents),
        is_split=parts is not None,
        other_label=row.other_label,
    )


def parts_of(row: DemandRow) -> Parts | None:
    if row.rent_cents is None:
        return None
    charges = row.charges_cents or 0
    return Parts(
        rent_cents=row.rent_cents, charges_cents=charges, other_cents=row.amount_cents - row.rent_cents - charges
    )
