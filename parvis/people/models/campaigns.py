"""A bulk campaign: the letters of many clients, sent batch by batch, and what became of them."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.kit.viewer import Viewer

MOST_IN_A_BATCH = 1000


class CampaignQuerySet(AgencyOwnedQuerySet["Campaign"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The staff of the agency."""
        return self.filter(agency_id=viewer.agency_id) if viewer.is_staff else self.none()

    def with_numbers(self) -> Self:
        """Each with the letters `sent`, those that were `activated`, those that came back (`returned`)."""
        return self.annotate(
            sent=models.Sum("batches__sent", default=0),
            activated=models.Sum("batches__activated", default=0),
            returned=models.Sum("batches__returned", default=0),
        )


class Campaign(AgencyOwned):
    """Letters for all who have no access yet, at most `daily_limit` in 24 hours."""

    name = models.CharField("nom", max_length=80)
    batch_size = models.PositiveSmallIntegerField("lettres par lot")
    daily_limit = models.PositiveIntegerField("lettres en 24 heures")
    started_at = models.DateTimeField("commencée le", auto_now_add=True)

    objects = CampaignQuerySet.as_manager()
    sent: int  # these three annotated by `with_numbers`
    activated: int
    returned: int

    class Meta:
        verbose_name = "campagne de lettres"
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name"],
                name="campaign_name_once_per_agency",
                violation_error_message="Une campagne de l’agence porte déjà ce nom.",
            ),
            models.CheckConstraint(
                condition=Q(batch_size__gte=1, batch_size__lte=MOST_IN_A_BATCH),
                name="campaign_batch_has_a_size",
                violation_error_message="Un lot compte de 1 à 1 000 lettres.",
            ),
            models.CheckConstraint(
                condition=Q(daily_limit__gte=F("batch_size")),
                name="campaign_day_holds_a_batch",
                violation_error_message="La limite d’un jour est au moins la taille d’un lot.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LetterBatch(models.Model):
    """Letters drawn together. Its figures are kept as they change: no page counts letters."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="batches", verbose_name="campagne")
    number = models.PositiveIntegerField("lot")
    drawn_at = models.DateTimeField("tiré le")
    sent = models.PositiveSmallIntegerField("lettres")
    activated = models.PositiveSmallIntegerField("accès ouverts", default=0)
    returned = models.PositiveSmallIntegerField("retours à l’envoyeur", default=0)

    class Meta:
        verbose_name = "lot de lettres"
        ordering = ["campaign", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="letter_batch_number_once_per_campaign"),
            models.CheckConstraint(
                condition=Q(sent__gte=F("activated") + F("returned")), name="letter_batch_counts_each_letter_once"
            ),
        ]

    def __str__(self) -> str:
        return f"lot {self.number} de la campagne {self.campaign_id}"
