"""Who mends: the firm, the order it receives, the times it proposes."""

from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.documents.models import StoredFile
from parvis.interventions.models.cases import REASON_LENGTH, Intervention
from parvis.interventions.models.follow_up import AuthorKind
from parvis.kit.identifiers import PUBLIC_ID_LENGTH, new_public_id
from parvis.kit.viewer import Viewer

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class StaffOnlyQuerySet(AgencyOwnedQuerySet[M_co]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The staff of the agency."""
        return self.filter(agency_id=viewer.agency_id) if viewer.is_staff else self.none()


class SupplierQuerySet(StaffOnlyQuerySet["Supplier"]):
    """The firms of the agency."""


class Supplier(AgencyOwned):
    """A firm that the agency sends to mend something."""

    name = models.CharField("nom", max_length=120)
    trade = models.CharField("métier", max_length=12, choices=Intervention.Category, blank=True)
    email = models.EmailField("courriel", blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    siret = models.CharField("SIRET", max_length=14, blank=True)
    left_on = models.DateField("n’est plus sollicitée depuis le", null=True, blank=True)

    objects = SupplierQuerySet.as_manager()

    class Meta:
        verbose_name = "entreprise"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name"],
                name="supplier_name_once_per_agency",
                violation_error_message="Une entreprise porte déjà ce nom.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WorkOrderQuerySet(StaffOnlyQuerySet["WorkOrder"]):
    def usable(self, *, token_hash: str) -> Self:
        """The order that a link opens: neither withdrawn nor past its day."""
        return self.filter(token_hash=token_hash, withdrawn_at=None, expires_at__gt=Now())


class WorkOrder(AgencyOwned):
    """What a firm is asked to do, and the link by which it answers. Only the digest of the link's token is kept."""

    class State(models.TextChoices):
        SENT = "sent", "Envoyé"
        ANSWERED = "answered", "Créneaux proposés"
        SCHEDULED = "scheduled", "Rendez-vous fixé"
        BEGUN = "begun", "Travaux commencés"
        DONE = "done", "Travaux terminés"
        DECLINED = "declined", "Refusé par l’entreprise"
        WITHDRAWN = "withdrawn", "Retiré"

    intervention = models.ForeignKey(Intervention, on_delete=models.PROTECT, related_name="orders")
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="orders", verbose_name="entreprise")
    number = models.CharField("numéro", max_length=40)
    text = models.TextField("travaux demandés")
    state = models.CharField("état", max_length=9, choices=State, default=State.SENT)
    shows_contact = models.BooleanField("montre le téléphone du déclarant", default=True)
    token_hash = models.CharField("empreinte du lien", max_length=64, unique=True)
    sent_at = models.DateTimeField("envoyé le")
    expires_at = models.DateTimeField("valable jusqu’au")
    opened_at = models.DateTimeField("ouvert le", null=True, blank=True)
    done_at = models.DateTimeField("terminé le", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)
    declined_at = models.DateTimeField("refusé le", null=True, blank=True)
    declined_reason = models.CharField("raison du refus", max_length=REASON_LENGTH, blank=True)
    report = models.TextField("compte rendu", blank=True)
    invoice = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="facture"
    )
    invoice_name = models.CharField("nom de la facture", max_length=200, blank=True)

    objects = WorkOrderQuerySet.as_manager()

    class Meta:
        verbose_name = "ordre de service"
        verbose_name_plural = "ordres de service"
        ordering = ["intervention_id", "sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="order_number_once_per_agency"),
            models.UniqueConstraint(
                fields=["intervention"],
                condition=Q(state__in=["sent", "answered", "scheduled", "begun"]),
                name="order_one_in_force_per_case",
                violation_error_message="Un ordre de service est déjà en cours pour cette intervention.",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | ~Q(state="withdrawn") & Q(withdrawn_at=None),
                name="order_withdrawn_at_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state="declined", declined_at__isnull=False)
                | ~Q(state="declined") & Q(declined_at=None, declined_reason=""),
                name="order_declined_at_its_time",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("sent_at")), name="order_expires_after_it_is_sent"),
        ]

    def __str__(self) -> str:
        return f"ordre de service {self.number}"

    @property
    def is_in_force(self) -> bool:
        return self.state in ("sent", "answered", "scheduled", "begun")

    @property
    def is_declined(self) -> bool:
        return self.state == "declined"

    @property
    def is_settled(self) -> bool:
        """Done, as the agency says: the firm may still send its photos and its invoice."""
        return self.state == "done" and self.done_at is None


class SlotQuerySet(models.QuerySet["Slot"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """To those who live with the problem, the times that they may choose from."""
        concerned = Q(order__intervention__reporter_id__in=viewer.client_ids) | Q(order__intervention__scope="private")
        return self.filter(concerned, order__intervention__in=Intervention.objects.visible_to(viewer))


class Slot(models.Model):
    """A time when the firm could come."""

    order = models.ForeignKey(WorkOrder, on_delete=models.PROTECT, related_name="slots", verbose_name="ordre")
    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=new_public_id, editable=False)
    begins_at = models.DateTimeField("de")
    ends_at = models.DateTimeField("à")
    proposed_by = models.CharField("proposé par", max_length=8, choices=AuthorKind)
    proposed_at = models.DateTimeField("proposé le")
    chosen_at = models.DateTimeField("choisi le", null=True, blank=True)
    chosen_by = models.CharField("choisi par", max_length=8, choices=AuthorKind, blank=True)
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)

    objects = SlotQuerySet.as_manager()

    class Meta:
        verbose_name = "créneau"
        verbose_name_plural = "créneaux"
        ordering = ["order_id", "begins_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "begins_at"], name="slot_once_per_order"),
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(chosen_at__isnull=False, withdrawn_at=None),
                name="slot_one_chosen_per_order",
                violation_error_message="Un créneau est déjà choisi.",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")),
                name="slot_ends_after_it_begins",
                violation_error_message="Le créneau finit avant de commencer.",
            ),
            models.CheckConstraint(
                condition=Q(chosen_at=None, chosen_by="") | Q(chosen_at__isnull=False) & ~Q(chosen_by=""),
                name="slot_chosen_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"créneau de l’ordre {self.order_id}"
