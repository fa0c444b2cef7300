"""What the staff see of the conversations, beside what each client sees of their own."""

from parvis.kit.viewer import Viewer
from parvis.property.access import in_scope
from parvis.threads.models import Message, MessageQuerySet, Thread, ThreadQuerySet


def threads_of_agency(viewer: Viewer) -> ThreadQuerySet:
    """Those of the agency that a member of its staff may read: about a lot in scope, or of a client in scope."""
    if not viewer.is_staff:
        return Thread.objects.none()
    return Thread.objects.filter(in_scope(viewer, building="lot__building"), agency_id=viewer.agency_id)


def attachments_of_agency(viewer: Viewer) -> MessageQuerySet:
    """The messages of the agency that carry a file, for its staff alone."""
    carrying = Message.objects.filter(thread__in=threads_of_agency(viewer), attachment__isnull=False)
    return carrying.select_related("attachment__file", "thread__client")
