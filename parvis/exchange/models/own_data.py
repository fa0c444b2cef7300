"""The copies of their own data that people asked for."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.kit.viewer import Viewer
from parvis.people.models import User


class DataExportQuerySet(AgencyOwnedQuerySet["DataExport"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The login that asked, nobody else: not even who reads the same client."""
        return self.filter(user_id=viewer.user_id, agency_id=viewer.agency_id)

    def available(self) -> Self:
        """Ready, and its days are not over (by the database's clock)."""
        return self.filter(state=DataExport.State.READY, expires_at__gt=Now())


class DataExport(AgencyOwned):
    """« Télécharger mes données »: all that a login sees, as one archive, made by a job and kept a few days."""

    class State(models.TextChoices):
        WAITING = "waiting", "en préparation"
        READY = "ready", "prête"
        FAILED = "failed", "échouée"
        ERASED = "erased", "effacée"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="data_exports", verbose_name="accès")
    state = models.CharField("état", max_length=8, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField("demandée le")
    made_at = models.DateTimeField("faite le", null=True, blank=True)
    expires_at = models.DateTimeField("gardée jusqu’à", null=True, blank=True)
    size = models.PositiveBigIntegerField("taille en octets", default=0)

    objects = DataExportQuerySet.as_manager()

    class Meta:
        verbose_name = "copie de ses données"
        verbose_name_plural = "copies de ses données"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(state="waiting"),
                name="data_export_one_waiting_per_login",
                violation_error_message="Une copie de vos données est déjà en préparation.",
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(made_at__gte=F("asked_at"), expires_at__gt=F("made_at"), size__gt=0),
                name="data_export_ready_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["state", "asked_at"], name="data_export_by_state")]

    def __str__(self) -> str:
        return f"copie des données de l’accès {self.user_id}"

    @property
    def storage_name(self) -> str:
        return f"copies/{self.public_id}.zip"
