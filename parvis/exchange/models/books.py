"""The accounts of the books, and whose each is."""

from typing import Self

from django.db import models
from django.db.models import Q

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.kit.viewer import Viewer
from parvis.ledger.models import Account, Book, Exercise
from parvis.people.models import Client
from parvis.property.models import Building


class FecAccountQuerySet(AgencyOwnedQuerySet["FecAccount"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Only the staff see which account is whose."""
        return self.filter(agency_id=viewer.agency_id) if viewer.is_staff else self.none()

    def with_people(self) -> Self:
        return self.select_related("client", "proposed_client", "building", "book__building")


class FecAccount(AgencyOwned):
    """An account of the books, by its number and auxiliary, and whose it is: decided once, kept for every FEC.

    `likeness` (0 to 100) says how much its label resembles `proposed_client`; `is_sure` that the number holds the
    identifiant too. `confirmed_at` tells which exercises came before the decision, whose lines were not kept.
    """

    class Decision(models.TextChoices):
        WAITING = "waiting", "à rattacher"
        CONFIRMED = "confirmed", "rattaché"
        IGNORED = "ignored", "ignoré"

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="fec_accounts", verbose_name="livres")
    number = models.CharField("compte", max_length=60)
    auxiliary = models.CharField("compte auxiliaire", max_length=60, blank=True)
    label = models.CharField("libellé", max_length=160, blank=True)
    decision = models.CharField("décision", max_length=10, choices=Decision)
    proposed_client = models.ForeignKey(
        Client, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="client proposé"
    )
    likeness = models.PositiveSmallIntegerField("ressemblance", default=0)
    is_sure = models.BooleanField("proposition sûre", default=False)
    client = models.ForeignKey(
        Client, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="client"
    )
    kind = models.CharField("nature", max_length=10, choices=Account.Kind, blank=True)
    building = models.ForeignKey(
        Building, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="immeuble"
    )
    confirmed_at = models.DateTimeField("rattaché le", null=True, blank=True)
    account = models.OneToOneField(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="compte du client"
    )

    objects = FecAccountQuerySet.as_manager()

    class Meta:
        verbose_name = "compte du FEC"
        ordering = ["number", "auxiliary", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["book", "number", "auxiliary"], name="fec_account_once_per_book"),
            models.CheckConstraint(
                condition=(Q(decision="confirmed", client__isnull=False, confirmed_at__isnull=False) & ~Q(kind=""))
                | (~Q(decision="confirmed") & Q(client=None, account=None, confirmed_at=None)),
                name="fec_account_confirmed_has_a_client",
                violation_error_message="Un compte rattaché a un client et une nature ; un autre n’en a pas.",
            ),
            models.CheckConstraint(
                condition=~Q(decision="confirmed", kind="co_owner", building=None),
                name="fec_account_of_a_co_owner_has_a_building",
                violation_error_message="Le compte d’un copropriétaire est celui d’un immeuble : donnez-le.",
            ),
            models.CheckConstraint(
                condition=Q(likeness__lte=100) & (Q(is_sure=False) | Q(proposed_client__isnull=False)),
                name="fec_account_proposal_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["agency", "decision", "number", "auxiliary"], name="fec_account_by_decision")]

    def __str__(self) -> str:
        return f"compte {self.full_number}"

    @property
    def full_number(self) -> str:
        """« 411000 C002 »."""
        return f"{self.number} {self.auxiliary}".strip()


class FecFault(models.Model):
    """Lines of that account were refused in that exercise: the account stays incomplete until it comes again."""

    fec_account = models.ForeignKey(FecAccount, on_delete=models.CASCADE, related_name="faults")
    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="faults")

    class Meta:
        verbose_name = "compte fautif dans un exercice"
        constraints = [
            models.UniqueConstraint(fields=["fec_account", "exercise"], name="fec_fault_once_per_exercise"),
        ]

    def __str__(self) -> str:
        return f"{self.fec_account}, {self.exercise}"
