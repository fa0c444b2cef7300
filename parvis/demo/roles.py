"""Who holds, lets, inhabits, sits and represents: the facts that the accounts are computed from."""

import datetime as dt
from dataclasses import dataclass, field

from parvis.demo.buildings import Building, Unit
from parvis.demo.cast import Cast, Client

FULL, USUFRUCT, BARE, JOINT = "full", "usufruct", "bare", "joint"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """The right of one client over a unit: `numerator`/`denominator` of it."""

    client: Client
    kind: str = FULL
    numerator: int = 1
    denominator: int = 1
    is_representative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """One stretch of ownership of a unit. Current charges and works may be borne by two people (usufruct)."""

    unit: Unit
    holders: tuple[Holder, ...]
    starts_on: dt.date
    ends_on: dt.date | None = None

    @property
    def payer(self) -> Client:
        return next((holder.client for holder in self.holders if holder.is_representative), self.holders[0].client)

    @property
    def works_payer(self) -> Client:
        return next((holder.client for holder in self.holders if holder.kind == BARE), self.payer)

    def covers(self, day: dt.date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """A rental contract; amounts in cents a month, at the prices of its first day."""

    reference: str
    tenants: tuple[Client, ...]
    rent_cents: int
    charges_cents: int
    starts_on: dt.date
    ends_on: dt.date | None = None
    due_day: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Letting:
    """A unit that its owner lets through the agency, and its leases one after the other."""

    unit: Unit
    landlord: Client
    mandate_number: str
    starts_on: dt.date
    leases: tuple[Lease, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A term in the council of a building."""

    building: Building
    client: Client
    starts_on: dt.date
    ends_on: dt.date | None = None
    is_chair: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Representative:
    """Who acts for a client, in what quality, and what they may do besides reading."""

    client: Client
    representative: Client
    role: str
    starts_on: dt.date
    may_pay: bool = False
    may_report: bool = False


@dataclass
class Stage:
    """Everything that is cast for one agency. `first_year` is the first of the years of accounts."""

    agency: str
    first_year: int
    buildings: tuple[Building, ...]
    cast: Cast
    tenures: list[Tenure] = field(default_factory=list)
    lettings: list[Letting] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    representatives: list[Representative] = field(default_factory=list)
    applicants: list[Client] = field(default_factory=list)
    habits: dict[tuple[str, str], str] = field(default_factory=dict)

    def set_habit(self, client: Client, kind: str, habit: str) -> None:
        """Say how a client pays their accounts of that kind, where the dice must not decide."""
        self.habits[client.reference, kind] = habit

    def tenure_of(self, unit: Unit, day: dt.date) -> Tenure | None:
        return next((tenure for tenure in self.tenures if tenure.unit is unit and tenure.covers(day)), None)

    def resident_of(self, unit: Unit, day: dt.date) -> Client | None:
        """Who lives there that day and would report a problem: the tenant, else the owner."""
        for letting in self.lettings:
            if letting.unit is unit:
                lease = next((lease for lease in letting.leases if covers(lease, day)), None)
                return lease.tenants[0] if lease else letting.landlord
        tenure = self.tenure_of(unit, day)
        return tenure.payer if tenure else None


def covers(lease: Lease, day: dt.date) -> bool:
    return lease.starts_on <= day and (lease.ends_on is None or day <= lease.ends_on)
