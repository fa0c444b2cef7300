"""What a page shows of the documents beside their own list."""

from parvis.documents.models import Document
from parvis.documents.models.documents import DocumentQuerySet
from parvis.kit.viewer import Viewer


def latest_documents(viewer: Viewer, *, count: int) -> DocumentQuerySet:
    """The newest that the viewer may read, in no order: a part of a larger statement may not have one."""
    newest = Document.objects.visible_to(viewer).newest_first().values("pk")[:count]
    return Document.objects.filter(pk__in=newest).order_by()
