"""What the staff see of the conversations, beside what each client sees of their own."""

from parvis.kit.viewer import Viewer
from parvis.threads.models import Message, MessageQuerySet, Thread, ThreadQuerySet


def threads_of_agency(viewer: Viewer) -> ThreadQuerySet:
    """All those of the agency, for its staff alone."""
    if not viewer.is_staff:
        return Thread.objects.none()
    return Thread.objects.filter(agency_id=viewer.agency_id)


def attachments_of_agency(viewer: Viewer) -> MessageQuerySet:
    """The messages of the agency that carry a file, for its staff alone."""
    carrying = Message.objects.filter(thread__in=threads_of_agency(viewer), attachment__isnull=False)
    return carrying.select_related("attachment__file", "thread__client")
