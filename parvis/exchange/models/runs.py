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
    """One import of a package or of a FEC: its report in figures, its refusals line by line.

    Of a FEC, read = created + changed + unchanged + refused + left_out + waiting: lines of accounts that are nobody's,
    lines of accounts that wait for their client. `removed` lines were known and have left the books.
    """

    class Source(models.TextChoices):
        PACKAGE = "package", "paquet"
        FEC = "fec", "FEC"
        PAPERS = "papers", "documents"

    class State(models.TextChoices):
        APPLIED = "applied", "appliqué"
        REFUSED = "refused", "refusé"

    source = models.CharField("source", max_length=8, choices=Source, default=Source.PACKAGE)
    file_name = models.CharField("fichier", max_length=120, blank=True)
    state = models.CharField("état", max_length=8, choices=State)
    digest = models.CharField("empreinte du paquet", max_length=64)
    started_at = models.DateTimeField("commencé le")
    ended_at = models.DateTimeField("terminé le")
    read = models.PositiveBigIntegerField("lignes lues", default=0)
    created = models.PositiveBigIntegerField("créées", default=0)
    changed = models.PositiveBigIntegerField("modifiées", default=0)
    unchanged = models.PositiveBigIntegerField("inchangées", default=0)
    refused = models.PositiveBigIntegerField("refusées", default=0)
    removed = models.PositiveBigIntegerField("retirées", default=0)
    left_out = models.PositiveBigIntegerField("hors des comptes de clients", default=0)
    waiting = models.PositiveBigIntegerField("en attente d’un client", default=0)
    refusals = models.JSONField("refus", default=list, blank=True)
    tolerances = models.JSONField("tolérances", default=list, blank=True)
    notes = models.JSONField("remarques", default=list, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = "import"
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"import du {self.started_at:%d/%m/%Y}"
