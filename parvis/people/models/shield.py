"""What raises the shield of the site: wrong provisional codes, whoever they were typed for."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from parvis.kit.viewer import Viewer


class WrongCode(models.Model):
    """Six digits typed at a door, without the key, that did not open it. The identifiant is kept as a digest."""

    door_digest = models.CharField("empreinte de l’identifiant tapé", max_length=64)
    typed_at = models.DateTimeField("tapé le", db_default=Now(), db_index=True)
    forgiven_at = models.DateTimeField("suivi du bon mot de passe le", null=True, blank=True)

    class Meta:
        verbose_name = "mot de passe provisoire faux"
        indexes = [models.Index(fields=["door_digest"], name="wrong_code_by_door")]

    def __str__(self) -> str:
        return f"essai faux {self.pk}"


class SiteShieldQuerySet(models.QuerySet["SiteShield"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The agencies' staff know that it is up."""
        return self.up() if viewer.is_staff else self.none()

    def up(self) -> Self:
        """Raised, and its 24 hours not over (by the database's clock)."""
        return self.filter(until__gt=Now())


class SiteShield(models.Model):
    """One row: until when every typed provisional code also needs the key of its letter, or the QR code."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    raised_at = models.DateTimeField("levé le")
    until = models.DateTimeField("jusqu’à")
    wrong_codes = models.PositiveIntegerField("codes faux")
    identifiers = models.PositiveIntegerField("identifiants visés")
    told_at = models.DateTimeField("équipes prévenues le", null=True, blank=True)

    objects = SiteShieldQuerySet.as_manager()

    class Meta:
        verbose_name = "protection du site"
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="shield_is_one_row"),
            models.CheckConstraint(condition=Q(until__gt=F("raised_at")), name="shield_lasts_a_while"),
        ]

    def __str__(self) -> str:
        return f"protection jusqu’au {self.until}"
