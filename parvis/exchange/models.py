"""What came in from an agency, when, and what it changed."""

from typing import Self

from django.db import models

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.kit.viewer import Viewer


class ImportRunQuerySet(AgencyOwnedQuerySet["ImportRun"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Only the staff see what was imported."""
        return self.filter(agency_id=viewer.agency_id) if viewer.is_staff else self.none()


class ImportRun(AgencyOwned):
    """One import of a package: its report in figures, its refusals line by line."""

    class State(models.TextChoices):
        APPLIED = "applied", "appliqué"
        REFUSED = "refused", "refusé"

    state = models.CharField("état", max_length=8, choices=State)
    digest = models.CharField("empreinte du paquet", max_length=64)
    started_at = models.DateTimeField("commencé le")
    ended_at = models.DateTimeField("terminé le")
    read = models.PositiveBigIntegerField("lignes lues", default=0)
    created = models.PositiveBigIntegerField("créées", default=0)
    changed = models.PositiveBigIntegerField("modifiées", default=0)
    unchanged = models.PositiveBigIntegerField("inchangées", default=0)
    refused = models.PositiveBigIntegerField("refusées", default=0)
    refusals = models.JSONField("refus", default=list, blank=True)
    notes = models.JSONField("remarques", default=list, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = "import"
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"import du {self.started_at:%d/%m/%Y}"
