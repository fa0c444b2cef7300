"""Buildings, lots, and who holds or manages what, from when to when."""

from parvis.property.models.buildings import (
    AllocationKey,
    Building,
    BuildingAssignment,
    Lot,
    LotShare,
    still_readable,
)
from parvis.property.models.client_words import ClientWords
from parvis.property.models.holdings import (
    CouncilSeat,
    Holding,
    Lease,
    ManagementMandate,
    Ownership,
    Tenancy,
    on_day,
)

__all__ = [
    "AllocationKey",
    "Building",
    "BuildingAssignment",
    "ClientWords",
    "CouncilSeat",
    "Holding",
    "Lease",
    "Lot",
    "LotShare",
    "ManagementMandate",
    "Ownership",
    "Tenancy",
    "on_day",
    "still_readable",
]
