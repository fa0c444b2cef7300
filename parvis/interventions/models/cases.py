"""What a client reports and how it is mended (rules 4.6)."""

import datetime as dt
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Self

from django.db import models
from django.db.models import F, Q

from parvis.agencies.models import Agency, AgencyOwned, AgencyOwnedQuerySet
from parvis.interventions.rules.delays import late_if_reported_by
from parvis.interventions.rules.machine import ENDED
from parvis.interventions.rules.steps import NextStep, Standing, next_step
from parvis.kit.days import PARIS, paris_day
from parvis.kit.identifiers import PUBLIC_ID_LENGTH
from parvis.kit.viewer import Viewer
from parvis.people.models import Client, StaffMember
from parvis.property.models import Building, Lot

PHONE_LENGTH = 30
REASON_LENGTH = 500

_BEGUN_BEFORE_ITS_END = Q(closed_on=None) | Q(building__holdings__starts_on__lte=F("closed_on"))
_ENDED_AFTER_ITS_REPORT = Q(building__holdings__ends_on=None) | Q(building__holdings__ends_on__gte=F("reported_on"))
_COMMON_OR_IN_THE_LOT = Q(scope="common", is_shown_to_residents=True) | Q(lot_id=F("building__holdings__lot_id"))


class InterventionQuerySet(AgencyOwnedQuerySet["Intervention"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """One's own reports; those about one's lot; those on common parts of one's building, while one held there.

        A case of the common parts is also seen by whoever reported one that was merged into it.
        """
        cases = self.model.objects.order_by()
        reported = cases.filter(reporter_id__in=viewer.client_ids)
        joined = cases.filter(scope="common", merged__reporter_id__in=viewer.client_ids)
        held_there = cases.filter(
            _BEGUN_BEFORE_ITS_END,
            _ENDED_AFTER_ITS_REPORT,
            _COMMON_OR_IN_THE_LOT,
            building__holdings__client_id__in=viewer.client_ids,
        )
        found = reported.values("pk").union(held_there.values("pk"), joined.values("pk"))
        return self.filter(pk__in=found, agency_id=viewer.agency_id)

    def in_progress(self) -> Self:
        """What the Accueil counts as « En cours »."""
        return self.exclude(state__in=Intervention.ENDED)

    def late(self, *, now: dt.datetime, postal_code: str) -> Self:
        """Those that nobody has acknowledged in time; `postal_code` of the agency tells its working days."""
        day = late_if_reported_by(paris_day(now), postal_code=postal_code)
        of_the_books = Q(acknowledge_before=None, reported_on__lte=day)
        return self.filter(Q(acknowledge_before__lt=now) | of_the_books, state="reported")

    def with_place(self) -> Self:
        """What a line says of a case: where, for whom, by whom it is looked after."""
        return self.select_related("agency", "building", "lot", "reporter", "assigned_to", "supplier")

    def urgent_first(self) -> Self:
        """Urgent ones first, then the oldest."""
        return self.order_by("-is_urgent", "reported_on", "pk")

    def first_of_each(self, states: Iterable[str], *, most: int) -> Self:
        """The first of these cases in each state, urgent ones before: no more rows are read than `most` a state."""
        ordered = self.urgent_first()
        firsts = (Q(pk__in=ordered.filter(state=state).values("pk")[:most]) for state in states)
        named = type(self)(self.model).filter(reduce(or_, firsts))  # no more conditions: rows come by their key
        return named.urgent_first()

    def waiting_first(self) -> Self:
        """Those that nobody has acknowledged first, by deadline; then urgent ones; then the oldest."""
        unanswered = models.Case(models.When(state="reported", then="acknowledge_before"))
        return self.alias(unanswered=unanswered).order_by(
            F("unanswered").asc(nulls_last=True), "-is_urgent", "reported_on", "pk"
        )


class Intervention(AgencyOwned):
    """A problem in a lot or in the common parts, from its report to its end.

    `version` counts the changes made here: 0 for a case of the agency's books that nobody has touched yet, which
    imports still update. `ended_at`, `done_at`, `acknowledge_before` and `acknowledged_at` are by the database's clock.
    """

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

    class Category(models.TextChoices):
        WATER = "water", "Eau"
        HEATING = "heating", "Chauffage"
        ELECTRICITY = "electricity", "Électricité"
        LIFT = "lift", "Ascenseur"
        DOOR = "door", "Porte et serrure"
        ROOF = "roof", "Toiture et façade"
        CLEANLINESS = "cleanliness", "Propreté"
        NOISE = "noise", "Bruit"
        OTHER = "other", "Autre"

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", "Problème"
        WATER_DAMAGE = "water_damage", "Dégât des eaux"

    class Payer(models.TextChoices):
        UNKNOWN = "unknown", "Non déterminé"
        ASSOCIATION = "association", "Syndicat des copropriétaires"
        OWNER = "owner", "Propriétaire"
        TENANT = "tenant", "Locataire"
        INSURANCE = "insurance", "Assurance"

    class Origin(models.TextChoices):
        BOOKS = "books", "Données de l’agence"
        PORTAL = "portal", "Espace client"

    ENDED = ENDED
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

    origin = models.CharField(
        "origine", max_length=6, choices=Origin, default=Origin.BOOKS, db_default=Origin.BOOKS.value
    )
    version = models.PositiveIntegerField("version", default=0, db_default=0)
    category = models.CharField(
        "nature", max_length=12, choices=Category, default=Category.OTHER, db_default=Category.OTHER.value
    )
    kind = models.CharField("sorte", max_length=12, choices=Kind, default=Kind.ORDINARY, db_default=Kind.ORDINARY.value)
    payer = models.CharField(
        "à la charge de", max_length=11, choices=Payer, default=Payer.UNKNOWN, db_default=Payer.UNKNOWN.value
    )
    is_shown_to_residents = models.BooleanField("visible des voisins", default=True, db_default=True)
    availability = models.TextField("disponibilités", blank=True, db_default="")
    phone = models.CharField("téléphone à appeler", max_length=PHONE_LENGTH, blank=True, db_default="")
    sending_key = models.CharField("clé d’envoi", max_length=PUBLIC_ID_LENGTH, blank=True, db_default="")
    declared_by = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="déclarée par"
    )
    assigned_to = models.ForeignKey(
        StaffMember,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="interventions",
        verbose_name="suivie par",
    )
    supplier = models.ForeignKey(
        "interventions.Supplier",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="interventions",
        verbose_name="entreprise connue",
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged", verbose_name="regroupée avec"
    )
    acknowledge_before = models.DateTimeField("à prendre en charge avant", null=True, blank=True)
    acknowledged_at = models.DateTimeField("prise en charge à", null=True, blank=True)
    appointment_begins_at = models.DateTimeField("rendez-vous de", null=True, blank=True)
    appointment_ends_at = models.DateTimeField("rendez-vous jusqu’à", null=True, blank=True)
    held_from = models.CharField("état avant l’attente", max_length=20, choices=State, blank=True, db_default="")
    hold_reason = models.CharField("raison de l’attente", max_length=REASON_LENGTH, blank=True, db_default="")
    hold_until = models.DateField("en attente jusqu’au", null=True, blank=True)
    ending_reason = models.CharField("motif de la fin", max_length=REASON_LENGTH, blank=True, db_default="")
    done_at = models.DateTimeField("travaux finis à", null=True, blank=True)
    ended_at = models.DateTimeField("terminée à", null=True, blank=True)
    reopened_count = models.PositiveSmallIntegerField("réouvertures", default=0, db_default=0)

    objects = InterventionQuerySet.as_manager()

    class Meta:
        verbose_name = "intervention"
        ordering = ["-reported_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="intervention_number_once_per_agency"),
            models.UniqueConstraint(
                fields=["agency", "sending_key"], condition=~Q(sending_key=""), name="intervention_declared_once"
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("reported_on")),
                name="intervention_closed_after_report",
                violation_error_message="La fin précède la déclaration.",
            ),
            models.CheckConstraint(
                condition=Q(origin="books") | Q(version__gte=1), name="intervention_of_the_portal_has_a_version"
            ),
            models.CheckConstraint(
                condition=Q(version=0)
                | Q(state="on_hold", hold_until__isnull=False) & ~Q(hold_reason="") & ~Q(held_from="")
                | ~Q(state="on_hold") & Q(hold_until=None, hold_reason="", held_from=""),
                name="intervention_waits_for_a_reason_until_a_day",
                violation_error_message="Une mise en attente a une raison et une date.",
            ),
            models.CheckConstraint(
                condition=Q(version=0)
                | Q(state="scheduled", appointment_begins_at__isnull=False)
                | ~Q(state__in=["scheduled", "ordered"])
                | Q(state="ordered", appointment_begins_at=None),
                name="intervention_scheduled_has_its_appointment",
                violation_error_message="Un rendez-vous a une date.",
            ),
            models.CheckConstraint(
                condition=Q(appointment_begins_at=None, appointment_ends_at=None)
                | Q(appointment_ends_at__gt=F("appointment_begins_at")),
                name="intervention_appointment_ends_after_it_begins",
                violation_error_message="Le rendez-vous finit avant de commencer.",
            ),
            models.CheckConstraint(
                condition=Q(version=0)
                | Q(state="merged", merged_into__isnull=False)
                | ~Q(state="merged") & Q(merged_into=None),
                name="intervention_merged_names_the_other",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")), name="intervention_not_merged_into_itself"
            ),
            models.CheckConstraint(
                condition=Q(version=0)
                | Q(state__in=["closed", "rejected", "cancelled", "merged"], ended_at__isnull=False)
                | ~Q(state__in=["closed", "rejected", "cancelled", "merged"]) & Q(ended_at=None, closed_on=None),
                name="intervention_ended_at_its_end",
            ),
            models.CheckConstraint(
                condition=Q(version=0) | ~Q(state__in=["rejected", "cancelled"]) | ~Q(ending_reason=""),
                name="intervention_refused_for_a_reason",
                violation_error_message="Dites pourquoi.",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "state", "acknowledge_before", "id"], name="intervention_board"),
            models.Index(
                fields=["agency", "state", "-is_urgent", "reported_on", "id"], name="intervention_urgent_first"
            ),
            models.Index(fields=["agency", "-reported_on", "-id"], name="intervention_newest"),
            models.Index(fields=["building", "category"], name="intervention_alike"),
            models.Index(fields=["done_at"], condition=Q(state="done"), name="intervention_to_close"),
        ]

    def __str__(self) -> str:
        return f"intervention {self.number}"

    @property
    def is_ended(self) -> bool:
        return self.state in self.ENDED

    @property
    def is_kept_here(self) -> bool:
        """Whether it has been touched here: the books no longer say how far it is."""
        return self.version > 0

    @property
    def shown_supplier(self) -> str:
        """Who mends it, for a client: named once the order is sent."""
        return self.supplier_name if self.state in self.SUPPLIER_IS_NAMED else ""

    @property
    def appointment(self) -> tuple[dt.datetime, dt.datetime] | None:
        if self.appointment_begins_at is None or self.appointment_ends_at is None:
            return None
        return self.appointment_begins_at, self.appointment_ends_at

    def coming_step(self, *, today: dt.date, manager: str = "", says_why: bool = True) -> NextStep:
        """What comes next, never nothing. Names `manager`, else who follows the case: take it `with_place`.

        `says_why` unless the reader is not told why a case has ended.
        """
        return next_step(
            Standing(
                state=self.state,
                today=today,
                manager=manager or (str(self.assigned_to) if self.assigned_to else ""),
                supplier=self.shown_supplier,
                announced=self.next_step,
                announced_on=self.next_step_on,
                acknowledge_before=self.acknowledge_before and self.acknowledge_before.astimezone(PARIS),
                appointment=self.appointment,
                held=(self.hold_reason, self.hold_until) if self.hold_until else None,
                done_on=paris_day(self.done_at) if self.done_at else None,
                ended_on=self.closed_on,
                reason=self.ending_reason if says_why else "",
                postal_code=self.building.postal_code,
            )
        )


class CaseCounterQuerySet(models.QuerySet["CaseCounter"]):
    def visible_to(self, _viewer: Viewer) -> Self:
        """No page shows it."""
        return self.none()


class CaseCounter(models.Model):
    """The last number of a year given by an agency: « 2026-1187 »."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="agence")
    year = models.PositiveSmallIntegerField("année")
    last_number = models.PositiveIntegerField("dernier numéro")

    objects = CaseCounterQuerySet.as_manager()

    class Meta:
        verbose_name = "compteur des interventions"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="case_counter_once_a_year")]

    def __str__(self) -> str:
        return f"dernier numéro {self.year}-{self.last_number}"
