"""Buildings, lots, and who holds or manages what, from when to when."""

from parvis.property.models.buildings import (
    AllocationKey,
    Building,
    BuildingAssignment,
    Lot,
    LotShare,
    granted_to,
)
from parvis.property.models.holdings import (
    CouncilSeat,
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
    "CouncilSeat",
    "Lease",
    "Lot",
    "LotShare",
    "ManagementMandate",
    "Ownership",
    "Tenancy",
    "granted_to",
    "on_day",
]
