"""What a syndicat votes and spends: exercises, budgets by key, works operations, expenses."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.kit.days import paris_day
from parvis.kit.viewer import Viewer
from parvis.ledger.models.accounts import Account
from parvis.property.models import AllocationKey, Building, CouncilSeat, Ownership, still_readable
from parvis.property.models.holdings import CouncilSeatQuerySet, HoldingQuerySet

MOST_INSTALMENTS = 12


def owned_buildings(viewer: Viewer) -> HoldingQuerySet:
    """What the viewer owns, or owned, among those whose accounts they read."""
    owned = Ownership.objects.filter(client_id__in=viewer.account_client_ids, agency_id=viewer.agency_id)
    return owned.filter(still_readable("lot__building__"))


def owned_during(year: str, owned: HoldingQuerySet) -> HoldingQuerySet:
    """Of the lots owned, those of an outer exercise; `year` leads to it. The day of its approval counts too."""
    return owned.filter(
        Q(starts_on__lte=OuterRef(f"{year}ends_on")) | Q(starts_on__lte=OuterRef(f"{year}approved_on")),
        Q(ends_on=None) | Q(ends_on__gte=OuterRef(f"{year}begins_on")),
        lot__building_id=OuterRef("building_id"),
    )


def council_buildings(viewer: Viewer) -> CouncilSeatQuerySet:
    """The viewer’s own seats, in force today."""
    seats = CouncilSeat.objects.visible_to(viewer).filter(still_readable("building__"))
    return seats.in_force(paris_day(timezone.now()))


class FiscalYearQuerySet(AgencyOwnedQuerySet["FiscalYear"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The exercises of the buildings where the viewer owns a lot, from the one of the purchase to that of the sale.

        An older one too when its accounts were approved while they owned: its settlement is theirs (décret 67-223,
        art. 6-2, à vérifier). A member of the council sees all those of the building.
        """
        owned = owned_during("", owned_buildings(viewer))
        seats = council_buildings(viewer).filter(building_id=OuterRef("building_id"))
        return self.filter(Exists(owned) | Exists(seats), agency_id=viewer.agency_id)


class FiscalYear(AgencyOwned):
    """An exercise of a syndicat: its budget is called in `instalments`, each share to the cent (rules 4.1).

    The first `called_before_vote` instalments were called on the budget of the exercise before, since the assembly had
    not voted yet; the next one carries the difference. `works_fund_at_start_cents` is what account 105 held on the
    first day, where the agency says it.
    """

    class Status(models.TextChoices):
        PROVISIONAL = "provisional", "provisoire"
        CLOSED = "closed", "arrêté"
        APPROVED = "approved", "approuvé en assemblée"

    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="fiscal_years")
    reference = models.CharField("référence", max_length=20, help_text="« 2026 » ou « 2025-2026 »")
    begins_on = models.DateField("du")
    ends_on = models.DateField("au")
    status = models.CharField("état des comptes", max_length=11, choices=Status, default=Status.PROVISIONAL)
    voted_on = models.DateField("budget voté le", null=True, blank=True)
    approved_on = models.DateField("comptes approuvés le", null=True, blank=True)
    instalments = models.PositiveSmallIntegerField("nombre d’appels", default=4)
    called_before_vote = models.PositiveSmallIntegerField("appels émis avant le vote", default=0)
    works_fund_at_start_cents = models.BigIntegerField("fonds de travaux au premier jour", null=True, blank=True)

    objects = FiscalYearQuerySet.as_manager()

    class Meta:
        verbose_name = "exercice de la copropriété"
        ordering = ["building_id", "begins_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["building", "reference"], name="fiscal_year_once_per_building"),
            models.UniqueConstraint(fields=["building", "begins_on"], name="fiscal_year_begins_once_per_building"),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("begins_on")),
                name="fiscal_year_ends_after_it_begins",
                violation_error_message="La fin de l’exercice précède son début.",
            ),
            models.CheckConstraint(
                condition=Q(status="approved", approved_on__isnull=False)
                | (~Q(status="approved") & Q(approved_on=None)),
                name="fiscal_year_approved_on_a_day",
                violation_error_message="Des comptes approuvés le sont un jour donné, et eux seuls.",
            ),
            models.CheckConstraint(
                condition=Q(instalments__gte=1, instalments__lte=MOST_INSTALMENTS),
                name="fiscal_year_has_instalments",
                violation_error_message="Un budget est appelé en 1 à 12 fois.",
            ),
            models.CheckConstraint(
                condition=Q(called_before_vote__lt=F("instalments")),
                name="fiscal_year_is_voted_before_its_last_call",
                violation_error_message="Le budget est voté avant le dernier appel de l’exercice.",
            ),
        ]

    def __str__(self) -> str:
        return f"exercice {self.reference}"

    def covers(self, day: dt.date) -> bool:
        return self.begins_on <= day <= self.ends_on


class BudgetLineQuerySet(models.QuerySet["BudgetLine"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(fiscal_year__in=FiscalYear.objects.visible_to(viewer))


class BudgetLine(models.Model):
    """What the assembly votes for a year and a key, in cents: current charges, works fund (105) or advance (703)."""

    class Kind(models.TextChoices):
        CURRENT = "current", "charges courantes"
        WORKS_FUND = "works_fund", "fonds de travaux"
        ADVANCE = "advance", "avance"

    fiscal_year = models.ForeignKey(FiscalYear, on_delete=models.CASCADE, related_name="budget_lines")
    key = models.ForeignKey(AllocationKey, on_delete=models.PROTECT, related_name="budget_lines")
    kind = models.CharField("nature", max_length=10, choices=Kind, default=Kind.CURRENT)
    amount_cents = models.PositiveBigIntegerField("montant")

    objects = BudgetLineQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne de budget"
        ordering = ["fiscal_year_id", "kind", "key_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year", "key", "kind"], name="budget_line_once_per_year_and_key"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} de l’exercice {self.fiscal_year_id}"


class WorksOperationQuerySet(AgencyOwnedQuerySet["WorksOperation"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Those of the buildings where the viewer owns a lot or sits, voted or called before the sale."""
        owned = owned_buildings(viewer).filter(
            Q(ends_on=None) | Q(ends_on__gte=OuterRef("voted_on")), lot__building_id=OuterRef("building_id")
        )
        seats = council_buildings(viewer).filter(building_id=OuterRef("building_id"))
        return self.filter(Exists(owned) | Exists(seats), agency_id=viewer.agency_id)


class WorksOperation(AgencyOwned):
    """Works voted outside the budget (loi 65-557, art. 14-2), shared with one key and called on their own dates.

    `from_works_fund_cents` of the cost is taken from the works fund (705): only the rest is called.
    """

    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="works_operations")
    key = models.ForeignKey(AllocationKey, on_delete=models.PROTECT, related_name="works_operations")
    reference = models.CharField("référence", max_length=40)
    title = models.CharField("titre", max_length=140)
    amount_cents = models.PositiveBigIntegerField("montant")
    from_works_fund_cents = models.PositiveBigIntegerField("pris sur le fonds de travaux", default=0)
    voted_on = models.DateField("voté le")

    objects = WorksOperationQuerySet.as_manager()

    class Meta:
        verbose_name = "opération de travaux"
        ordering = ["building_id", "voted_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["building", "reference"], name="works_operation_once_per_building"),
            models.CheckConstraint(
                condition=Q(from_works_fund_cents__lte=F("amount_cents")),
                name="works_operation_takes_at_most_its_cost",
                violation_error_message="Ce qui est pris sur le fonds de travaux dépasse le coût des travaux.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class WorksInstalmentQuerySet(models.QuerySet["WorksInstalment"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(operation__in=WorksOperation.objects.visible_to(viewer))


class WorksInstalment(models.Model):
    """One call of a works operation. `weight` says its part among the others: 1 each, or 30, 40 and 30."""

    operation = models.ForeignKey(WorksOperation, on_delete=models.CASCADE, related_name="instalments")
    rank = models.PositiveSmallIntegerField("rang")
    due_on = models.DateField("exigible le")
    weight = models.PositiveIntegerField("part", default=1)

    objects = WorksInstalmentQuerySet.as_manager()

    class Meta:
        verbose_name = "appel de travaux"
        ordering = ["operation_id", "rank", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["operation", "rank"], name="works_instalment_once_per_rank"),
            models.CheckConstraint(condition=Q(rank__gte=1, weight__gte=1), name="works_instalment_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"appel {self.rank}"


class CallPartQuerySet(models.QuerySet["CallPart"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """With their call, which is that of an account."""
        return self.filter(call__account__in=Account.objects.visible_to(viewer))


class CallPart(models.Model):
    """What a call asks for, where the agency says it: an instalment of a budget or of works, or a settlement.

    A part of a `fiscal_year` without `instalment` is the settlement of its charges.
    """

    call = models.ForeignKey("ledger.Call", on_delete=models.CASCADE, related_name="parts", verbose_name="appel")
    rank = models.PositiveSmallIntegerField("rang", default=1)
    fiscal_year = models.ForeignKey(
        FiscalYear, on_delete=models.PROTECT, null=True, blank=True, related_name="call_parts"
    )
    works_operation = models.ForeignKey(
        WorksOperation, on_delete=models.PROTECT, null=True, blank=True, related_name="call_parts"
    )
    instalment = models.PositiveSmallIntegerField("rang de l’appel", null=True, blank=True)

    objects = CallPartQuerySet.as_manager()

    class Meta:
        verbose_name = "partie d’un appel"
        ordering = ["call_id", "rank", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "rank"], name="call_part_once_per_rank"),
            models.CheckConstraint(
                condition=Q(fiscal_year__isnull=False, works_operation=None)
                | Q(fiscal_year=None, works_operation__isnull=False, instalment__isnull=False),
                name="call_part_of_a_budget_or_of_works",
                violation_error_message="Une partie d’un appel est celle d’un budget, ou de travaux avec son rang.",
            ),
            models.CheckConstraint(
                condition=Q(instalment=None) | Q(instalment__gte=1), name="call_part_instalment_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"partie {self.rank} de l’appel {self.call_id}"


class CallDifferenceQuerySet(AgencyOwnedQuerySet["CallDifference"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """For the staff to look into; the client reads it on the page of the call itself."""
        return self.filter(agency_id=viewer.agency_id) if viewer.is_staff else self.none()


class CallDifference(AgencyOwned):
    """A call whose amount is not what its parts explain, as the last import left it."""

    call = models.OneToOneField("ledger.Call", on_delete=models.CASCADE, related_name="difference")
    called_cents = models.BigIntegerField("appelé")
    explained_cents = models.BigIntegerField("expliqué")

    objects = CallDifferenceQuerySet.as_manager()

    class Meta:
        verbose_name = "écart d’un appel"
        ordering = ["-call__due_on", "call_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(called_cents=F("explained_cents")), name="call_difference_is_a_difference"
            ),
        ]

    def __str__(self) -> str:
        return f"écart de l’appel {self.call_id}"

    @property
    def cents(self) -> int:
        """What was called beyond what is explained."""
        return self.called_cents - self.explained_cents


class ExpenseQuerySet(AgencyOwnedQuerySet["Expense"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Line by line: to the council any year (décret 2019-502, art. 3), to owners the years approved in assembly."""
        seats = council_buildings(viewer).filter(building_id=OuterRef("fiscal_year__building_id"))
        approved = FiscalYear.objects.visible_to(viewer).filter(status=FiscalYear.Status.APPROVED)
        return self.filter(Exists(seats) | Q(fiscal_year__in=approved), agency_id=viewer.agency_id)


class Expense(AgencyOwned):
    """An expense of a syndicat: one line of its books, shared with one key. A credit note is negative.

    `recoverable_cents` is what a landlord may ask of the tenant (décret 87-713); `piece` is the reference of the
    invoice's document. What a works operation paid is no current charge.
    """

    fiscal_year = models.ForeignKey(FiscalYear, on_delete=models.PROTECT, related_name="expenses")
    key = models.ForeignKey(AllocationKey, on_delete=models.PROTECT, related_name="expenses")
    works_operation = models.ForeignKey(
        WorksOperation, on_delete=models.PROTECT, null=True, blank=True, related_name="expenses"
    )
    reference = models.CharField("référence", max_length=60)
    chart_account = models.CharField("compte", max_length=10)
    label = models.CharField("libellé", max_length=160)
    supplier_name = models.CharField("fournisseur", max_length=140, blank=True)
    booked_on = models.DateField("date")
    amount_cents = models.BigIntegerField("montant")
    recoverable_cents = models.BigIntegerField("part récupérable", default=0)
    piece = models.CharField("pièce", max_length=60, blank=True)

    objects = ExpenseQuerySet.as_manager()

    class Meta:
        verbose_name = "dépense"
        ordering = ["fiscal_year_id", "booked_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year", "reference"], name="expense_once_per_fiscal_year"),
            models.CheckConstraint(
                condition=Q(recoverable_cents__gte=0, recoverable_cents__lte=F("amount_cents"))
                | Q(recoverable_cents__lte=0, recoverable_cents__gte=F("amount_cents")),
                name="expense_recoverable_is_a_part",
                violation_error_message="La part récupérable dépasse la dépense.",
            ),
        ]

    def __str__(self) -> str:
        return self.label
