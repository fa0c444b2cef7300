"""What tenants are given for what they have paid: quittances and reçus."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from parvis.agencies.models import Agency, AgencyOwned, AgencyOwnedQuerySet
from parvis.kit.viewer import Viewer
from parvis.ledger.models.accounts import Account
from parvis.property.models import Lease, Tenancy


class RentReceiptQuerySet(AgencyOwnedQuerySet["RentReceipt"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Those of the accounts that the viewer reads, and of the leases that bound them during the period."""
        bound = Tenancy.objects.filter(
            lease_id=models.OuterRef("lease_id"),
            client_id__in=viewer.account_client_ids,
            starts_on__lte=models.OuterRef("covers_until"),
        ).filter(Q(ends_on=None) | Q(ends_on__gte=models.OuterRef("covers_from")))
        own = Q(account__in=Account.objects.visible_to(viewer)) | models.Exists(bound)
        return self.filter(own, agency_id=viewer.agency_id)

    def live(self) -> Self:
        return self.filter(cancelled_at=None)

    def newest_first(self) -> Self:
        return self.order_by("-covers_from", "-number", "-pk")


class RentReceipt(AgencyOwned):
    """A quittance, or a reçu while the period is not paid in full (loi 89-462, art. 21). Never changed: cancelled.

    `asked_cents` is what the period asked; the parts are what was received of it, rent and charges apart.
    `payments` (day, means, cents) and `parties` (names and address) are kept as they were on the day of issue.
    """

    class Kind(models.TextChoices):
        FULL = "rent_receipt", "Quittance"
        PARTIAL = "partial_receipt", "Reçu"

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="receipts", verbose_name="compte")
    lease = models.ForeignKey(
        Lease, on_delete=models.PROTECT, null=True, blank=True, related_name="receipts", verbose_name="bail"
    )
    number = models.PositiveIntegerField("numéro")
    kind = models.CharField("nature", max_length=16, choices=Kind)
    covers_from = models.DateField("du")
    covers_until = models.DateField("au")
    asked_cents = models.PositiveBigIntegerField("somme demandée")
    rent_cents = models.PositiveBigIntegerField("loyer reçu")
    charges_cents = models.PositiveBigIntegerField("charges reçues", default=0)
    other_cents = models.PositiveBigIntegerField("autres sommes reçues", default=0)
    other_label = models.CharField("autres sommes", max_length=160, blank=True)
    payments = models.JSONField("paiements", default=list)
    parties = models.JSONField("parties", default=dict)
    issued_on = models.DateField("établie le")
    published_at = models.DateTimeField("rangée dans les documents le", null=True, blank=True)
    cancelled_at = models.DateTimeField("annulée le", null=True, blank=True)
    cancelled_reason = models.CharField("motif de l’annulation", max_length=160, blank=True)

    objects = RentReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = "quittance ou reçu"
        ordering = ["agency_id", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="receipt_number_once_per_agency"),
            models.UniqueConstraint(
                fields=["account", "covers_from", "covers_until"],
                condition=Q(cancelled_at=None),
                name="receipt_live_once_per_period",
                violation_error_message="Cette période a déjà une quittance ou un reçu.",
            ),
            models.CheckConstraint(
                condition=Q(covers_until__gte=F("covers_from")), name="receipt_period_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(kind="rent_receipt", asked_cents=F("rent_cents") + F("charges_cents") + F("other_cents"))
                | Q(kind="partial_receipt", asked_cents__gt=F("rent_cents") + F("charges_cents") + F("other_cents")),
                name="receipt_is_quittance_only_when_paid_in_full",
                violation_error_message="Une quittance suppose que toute la période est payée.",
            ),
            models.CheckConstraint(
                condition=Q(rent_cents__gt=0) | Q(charges_cents__gt=0) | Q(other_cents__gt=0),
                name="receipt_is_of_something",
                violation_error_message="Rien n’a été reçu pour cette période.",
            ),
            models.CheckConstraint(
                condition=(Q(cancelled_at=None) & Q(cancelled_reason=""))
                | (Q(cancelled_at__isnull=False) & ~Q(cancelled_reason="")),
                name="receipt_cancelled_with_a_reason",
                violation_error_message="Une annulation dit son motif.",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "covers_from"], name="receipt_by_period"),
            models.Index(fields=["agency"], condition=Q(published_at=None), name="receipt_to_publish"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} n° {self.number}"

    @property
    def received_cents(self) -> int:
        return self.rent_cents + self.charges_cents + self.other_cents

    @property
    def is_full(self) -> bool:
        return self.kind == self.Kind.FULL

    @property
    def reference(self) -> str:
        """The reference of its document."""
        return f"QUITTANCE-{self.number}"


class ReceiptCounterQuerySet(models.QuerySet["ReceiptCounter"]):
    def visible_to(self, _viewer: Viewer) -> Self:
        """No page shows it."""
        return self.none()


class ReceiptCounter(models.Model):
    """The last number given by an agency: numbers are taken and receipts written in one transaction, without holes."""

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, primary_key=True, verbose_name="agence")
    last_number = models.PositiveIntegerField("dernier numéro")

    objects = ReceiptCounterQuerySet.as_manager()

    class Meta:
        verbose_name = "compteur des quittances"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"dernier numéro {self.last_number}"
