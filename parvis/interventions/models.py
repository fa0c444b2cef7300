"""What a client reports and how it is mended (rules 4.6)."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.kit.viewer import Viewer
from parvis.people.models import Client
from parvis.property.models import Building, Lot

_BEGUN_BEFORE_ITS_END = Q(closed_on=None) | Q(building__holdings__starts_on__lte=F("closed_on"))
_ENDED_AFTER_ITS_REPORT = Q(building__holdings__ends_on=None) | Q(building__holdings__ends_on__gte=F("reported_on"))
_COMMON_OR_IN_THE_LOT = Q(scope="common") | Q(lot_id=F("building__holdings__lot_id"))


class InterventionQuerySet(AgencyOwnedQuerySet["Intervention"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """One's own reports; those about one's lot; those on common parts of one's building, while one held there."""
        cases = self.model.objects.order_by()
        reported = cases.filter(reporter_id__in=viewer.client_ids)
        held_there = cases.filter(
            _BEGUN_BEFORE_ITS_END,
            _ENDED_AFTER_ITS_REPORT,
            _COMMON_OR_IN_THE_LOT,
            building__holdings__client_id__in=viewer.client_ids,
        )
        found = reported.values("pk").union(held_there.values("pk"))
        return self.filter(pk__in=found, agency_id=viewer.agency_id)

    def in_progress(self) -> Self:
        """What the Accueil counts as « En cours »."""
        return self.exclude(state__in=Intervention.ENDED)


class Intervention(AgencyOwned):
    """A problem in a lot or in the common parts, from its report to its end."""

    class Scope(models.TextChoices):
        COMMON = "common", "Parties communes"
        PRIVATE = "private", "Logement"

    class State(models.TextChoices):
        REPORTED = "reported", "Déclarée"
        ACKNOWLEDGED = "acknowledged", "Prise en charge"
        QUOTE_REQUESTED = "quote_requested", "Devis demandé"
        AWAITING_APPROVAL = "awaiting_approval", "En attente d’accord"
        ORDERED = "ordered", "Entreprise mandatée"
        SCHEDULED = "scheduled", "Rendez-vous fixé"
        IN_PROGRESS = "in_progress", "En cours"
        ON_HOLD = "on_hold", "En attente"
        DONE = "done", "Résolue, à confirmer"
        CLOSED = "closed", "Résolue"
        REJECTED = "rejected", "Refusée"
        CANCELLED = "cancelled", "Annulée"
        MERGED = "merged", "Regroupée"

    ENDED = ("closed", "rejected", "cancelled", "merged")
    SUPPLIER_IS_NAMED = ("ordered", "scheduled", "in_progress", "done", "closed")

    number = models.CharField("numéro", max_length=40)
    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="interventions")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, null=True, blank=True, related_name="interventions")
    reporter = models.ForeignKey(
        Client, on_delete=models.PROTECT, null=True, blank=True, related_name="interventions", verbose_name="déclarant"
    )
    scope = models.CharField("parties", max_length=8, choices=Scope)
    state = models.CharField("état", max_length=20, choices=State, default=State.REPORTED)
    is_urgent = models.BooleanField("urgente", default=False)
    title = models.CharField("objet", max_length=120)
    description = models.TextField("description", blank=True)
    place = models.CharField("lieu", max_length=120, blank=True)
    supplier_name = models.CharField("entreprise", max_length=120, blank=True)
    next_step = models.CharField("prochaine étape", max_length=200, blank=True)
    next_step_on = models.DateField("prévue le", null=True, blank=True)
    reported_on = models.DateField("déclarée le")
    closed_on = models.DateField("close le", null=True, blank=True)

    objects = InterventionQuerySet.as_manager()

    class Meta:
        verbose_name = "intervention"
        ordering = ["-reported_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="intervention_number_once_per_agency"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("reported_on")),
                name="intervention_closed_after_report",
                violation_error_message="La fin précède la déclaration.",
            ),
        ]

    def __str__(self) -> str:
        return f"intervention {self.number}"


class InterventionEvent(models.Model):
    """One dated step of the follow-up, as the client reads it."""

    intervention = models.ForeignKey(Intervention, on_delete=models.PROTECT, related_name="events")
    happened_on = models.DateField("date")
    rank = models.PositiveSmallIntegerField("rang du jour", default=1)
    label = models.CharField("étape", max_length=160)
    author_name = models.CharField("par", max_length=120, blank=True)

    class Meta:
        verbose_name = "étape"
        ordering = ["intervention_id", "happened_on", "rank", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["intervention", "happened_on", "rank"], name="event_once_per_rank"),
        ]

    def __str__(self) -> str:
        return self.label
