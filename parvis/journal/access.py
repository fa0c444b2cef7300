"""Who may read the journal: the agency's staff, their agency's alone."""

from django.db.models import QuerySet

from parvis.journal.models import Record, Verification
from parvis.kit.viewer import Viewer


def records_of_agency(viewer: Viewer) -> QuerySet[Record]:
    """Every fact of the agency, the latest first; for its staff alone."""
    if not viewer.is_staff:
        return Record.objects.none()
    return Record.objects.filter(agency_id=viewer.agency_id).order_by("-position")


def verification_of_agency(viewer: Viewer) -> Verification:
    """What is known of the agency's chain; a row that is not kept before it was first read."""
    nothing_yet = Verification(agency_id=viewer.agency_id)
    if not viewer.is_staff:
        return nothing_yet
    return Verification.objects.filter(agency_id=viewer.agency_id).first() or nothing_yet
