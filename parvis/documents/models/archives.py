"""A selection too heavy to leave at once: gathered by a job, kept some days, told of by a message."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.documents.models.documents import Document
from parvis.kit.viewer import Viewer
from parvis.people.models import User


class ArchiveQuerySet(AgencyOwnedQuerySet["Archive"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Those that the login itself asked for, while it may still read every document in them."""
        held = Archive.documents.through.objects.filter(archive=OuterRef("pk"))
        lost = held.exclude(document_id__in=Document.objects.visible_to(viewer).values("pk"))
        return self.filter(~Exists(lost), user_id=viewer.user_id, agency_id=viewer.agency_id)

    def ready(self) -> Self:
        """Gathered, and not thrown away yet."""
        return self.filter(ready_at__isnull=False, expires_at__gt=Now())


class Archive(AgencyOwned):
    """Several documents in one ZIP."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="archives", verbose_name="accès")
    documents = models.ManyToManyField(Document, related_name="archives")
    requested_at = models.DateTimeField("demandée le")
    ready_at = models.DateTimeField("prête le", null=True, blank=True)
    expires_at = models.DateTimeField("gardée jusqu’au")
    size = models.PositiveBigIntegerField("taille en octets", default=0)

    objects = ArchiveQuerySet.as_manager()

    class Meta:
        verbose_name = "archive"
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ready_at=None) | Q(size__gt=0), name="archive_ready_holds_something"),
        ]

    def __str__(self) -> str:
        return f"archive {self.public_id}"

    @property
    def storage_name(self) -> str:
        return f"archives/{self.public_id}.zip"
