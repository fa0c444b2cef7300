"""What the mending would cost, and who has to say yes."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now, TruncDate

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.documents.models import StoredFile
from parvis.interventions.models.cases import REASON_LENGTH, Intervention
from parvis.interventions.models.suppliers import Supplier
from parvis.kit.days import PARIS
from parvis.kit.identifiers import PUBLIC_ID_LENGTH
from parvis.kit.viewer import Viewer
from parvis.people.models import Client, User
from parvis.property.models import CouncilSeat, ManagementMandate, Ownership


def in_force_today() -> Q:
    """Rights that hold today, in Paris, by the database's clock."""
    today = TruncDate(Now(), tzinfo=PARIS)
    return Q(starts_on__lte=today) & (Q(ends_on=None) | Q(ends_on__gte=today))


class QuoteQuerySet(AgencyOwnedQuerySet["Quote"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """To the landlord of the lot, or to the council of the building: those who are asked, today."""
        mandates = ManagementMandate.objects.visible_to(viewer).filter(in_force_today())
        ownerships = Ownership.objects.visible_to(viewer).filter(in_force_today())
        seats = CouncilSeat.objects.visible_to(viewer).filter(in_force_today())
        lots = mandates.order_by().values("lot_id").union(ownerships.order_by().values("lot_id"))
        of_landlord = Q(approver=Quote.Approver.LANDLORD, intervention__lot__in=lots)
        buildings = seats.order_by().values("building_id")
        of_council = Q(approver=Quote.Approver.COUNCIL, intervention__building__in=buildings)
        return self.filter(of_landlord | of_council, agency_id=viewer.agency_id)

    def waiting(self) -> Self:
        return self.filter(decision=Quote.Decision.WAITING)


class Quote(AgencyOwned):
    """A firm's price, in cents. `decision` is the landlord's; for the common parts the staff writes it down."""

    class Approver(models.TextChoices):
        LANDLORD = "landlord", "Propriétaire"
        COUNCIL = "council", "Conseil syndical"
        AGENCY = "agency", "Agence"

    class Decision(models.TextChoices):
        WAITING = "waiting", "En attente"
        ACCEPTED = "accepted", "Accepté"
        REFUSED = "refused", "Refusé"
        OTHER_WANTED = "other_wanted", "Autre devis demandé"
        WITHDRAWN = "withdrawn", "Retiré"

    intervention = models.ForeignKey(Intervention, on_delete=models.PROTECT, related_name="quotes")
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, null=True, blank=True, related_name="quotes")
    supplier_name = models.CharField("entreprise", max_length=120)
    amount_cents = models.PositiveBigIntegerField("montant TTC")
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="devis"
    )
    label = models.CharField("travaux", max_length=200, blank=True)
    approver = models.CharField("accord demandé à", max_length=8, choices=Approver)
    asked_at = models.DateTimeField("demandé le")
    answer_before = models.DateField("réponse attendue le", null=True, blank=True)
    decision = models.CharField("décision", max_length=12, choices=Decision, default=Decision.WAITING)
    reason = models.CharField("motif", max_length=REASON_LENGTH, blank=True)
    decided_at = models.DateTimeField("décidé le", null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="accès du décideur"
    )
    decided_by_name = models.CharField("décidé par", max_length=170, blank=True)
    sending_key = models.CharField("clé d’envoi", max_length=PUBLIC_ID_LENGTH, blank=True, default="", db_default="")

    objects = QuoteQuerySet.as_manager()

    class Meta:
        verbose_name = "devis"
        verbose_name_plural = "devis"
        ordering = ["intervention_id", "asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="waiting", decided_at=None) | ~Q(decision="waiting") & Q(decided_at__isnull=False),
                name="quote_decided_at_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(decision__in=["refused", "other_wanted"]) | ~Q(reason=""),
                name="quote_refused_for_a_reason",
                violation_error_message="Dites pourquoi.",
            ),
            models.UniqueConstraint(
                fields=["intervention", "sending_key"], condition=~Q(sending_key=""), name="quote_sent_once"
            ),
            models.UniqueConstraint(
                fields=["intervention"],
                condition=Q(decision="accepted"),
                name="quote_one_accepted_per_case",
                violation_error_message="Un autre devis est déjà accepté.",
            ),
        ]

    def __str__(self) -> str:
        return f"devis de {self.supplier_name}"


class OpinionQuerySet(models.QuerySet["Opinion"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Those of the council read one another's."""
        return self.filter(quote__in=Quote.objects.visible_to(viewer))


class Opinion(models.Model):
    """What a member of the council thinks of a quote for the common parts; the last word said counts."""

    class Choice(models.TextChoices):
        FAVOURABLE = "favourable", "Favorable"
        UNFAVOURABLE = "unfavourable", "Défavorable"
        ABSTAINS = "abstains", "Sans avis"

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="opinions", verbose_name="devis")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+", verbose_name="membre du conseil")
    choice = models.CharField("avis", max_length=12, choices=Choice)
    comment = models.CharField("commentaire", max_length=REASON_LENGTH, blank=True)
    given_at = models.DateTimeField("donné le")

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = "avis sur un devis"
        verbose_name_plural = "avis sur un devis"
        ordering = ["quote_id", "given_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["quote", "client"], name="opinion_once_per_member")]

    def __str__(self) -> str:
        return self.get_choice_display()
