"""Cases, their follow-up, and all who take part in the mending."""

from parvis.interventions.models.cases import CaseCounter, Intervention, InterventionQuerySet
from parvis.interventions.models.desk import (
    Announcement,
    DamagedLot,
    MessageTemplate,
    Rating,
    WaterDamage,
)
from parvis.interventions.models.drafts import DraftFile, ReportDraft
from parvis.interventions.models.follow_up import (
    MOST_PHOTOS,
    Audience,
    AuthorKind,
    CaseMessage,
    InterventionEvent,
    Photo,
)
from parvis.interventions.models.quotes import Opinion, Quote
from parvis.interventions.models.suppliers import Slot, Supplier, WorkOrder

__all__ = [
    "MOST_PHOTOS",
    "Announcement",
    "Audience",
    "AuthorKind",
    "CaseCounter",
    "CaseMessage",
    "DamagedLot",
    "DraftFile",
    "Intervention",
    "InterventionEvent",
    "InterventionQuerySet",
    "MessageTemplate",
    "Opinion",
    "Photo",
    "Quote",
    "Rating",
    "ReportDraft",
    "Slot",
    "Supplier",
    "WaterDamage",
    "WorkOrder",
]
