"""Who may read the journal: the agency's staff, their agency's alone."""

from django.db.models import QuerySet

from parvis.journal.models import Record
from parvis.kit.viewer import Viewer


def records_of_agency(viewer: Viewer) -> QuerySet[Record]:
    """Every fact of the agency, the latest first; for its staff alone."""
    if not viewer.is_staff:
        return Record.objects.none()
    return Record.objects.filter(agency_id=viewer.agency_id).order_by("-position")
