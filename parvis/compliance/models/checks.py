"""The yearly check of the accounts by the council: lines seen, questions asked, answers given.

A line is known by its exercise and its reference: the books may be imported again under the same references.
"""

from typing import Self, cast

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.kit.days import paris_day
from parvis.kit.viewer import Viewer
from parvis.ledger.models import FiscalYear
from parvis.people.models import Client, StaffMember
from parvis.property.models import CouncilSeat

LONGEST_MESSAGE = 2000


def seats_today(viewer: Viewer) -> "models.QuerySet[CouncilSeat]":
    """The viewer's own seats, in force."""
    seats = CouncilSeat.objects.visible_to(viewer).in_force(paris_day(timezone.now()))
    return cast("models.QuerySet[CouncilSeat]", seats)


class ExpenseSeenQuerySet(models.QuerySet["ExpenseSeen"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The member's own: nobody is watched."""
        return self.filter(client_id__in=viewer.account_client_ids)


class ExpenseSeen(models.Model):
    """A member of the council has seen a line of the accounts."""

    fiscal_year = models.ForeignKey(FiscalYear, on_delete=models.CASCADE, related_name="seen_expenses")
    expense_reference = models.CharField("dépense", max_length=60)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="seen_expenses")
    seen_at = models.DateTimeField("vue le")

    objects = ExpenseSeenQuerySet.as_manager()

    class Meta:
        verbose_name = "dépense vue"
        ordering = ["fiscal_year_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "fiscal_year", "expense_reference"], name="expense_seen_once_per_member"
            ),
        ]

    def __str__(self) -> str:
        return f"dépense {self.expense_reference} vue"


class ExpenseQuestionQuerySet(AgencyOwnedQuerySet["ExpenseQuestion"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Every member of the council, whoever asked; the staff, who answer."""
        if viewer.is_staff:
            return self.filter(agency_id=viewer.agency_id)
        seats = seats_today(viewer).filter(building_id=OuterRef("fiscal_year__building_id"))
        return self.filter(Exists(seats), agency_id=viewer.agency_id)

    def to_answer(self) -> Self:
        return self.filter(waits_since__isnull=False)


class ExpenseQuestion(AgencyOwned):
    """A question of the council on a line of the accounts, and what follows. The agency reads it.

    `label` and `amount_cents` are those of the line when it was asked; `waits_since` is empty once answered.
    """

    fiscal_year = models.ForeignKey(FiscalYear, on_delete=models.PROTECT, related_name="questions")
    expense_reference = models.CharField("dépense", max_length=60)
    label = models.CharField("libellé", max_length=160)
    amount_cents = models.BigIntegerField("montant")
    asked_by = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="expense_questions")
    asked_at = models.DateTimeField("posée le")
    waits_since = models.DateTimeField("attend depuis le", null=True, blank=True)

    objects = ExpenseQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "question sur une dépense"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["fiscal_year", "expense_reference"], name="expense_question_one_thread_per_line"
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "waits_since"], condition=Q(waits_since__isnull=False), name="question_waits"
            )
        ]

    def __str__(self) -> str:
        return f"question sur {self.label}"


class QuestionMessageQuerySet(models.QuerySet["QuestionMessage"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(question__in=ExpenseQuestion.objects.visible_to(viewer))


class QuestionMessage(models.Model):
    """One message of that exchange: of a member of the council, or of the agency."""

    question = models.ForeignKey(ExpenseQuestion, on_delete=models.CASCADE, related_name="messages")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    staff_member = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    body = models.TextField("message", max_length=LONGEST_MESSAGE)
    written_at = models.DateTimeField("écrit le")

    objects = QuestionMessageQuerySet.as_manager()

    class Meta:
        verbose_name = "message sur une dépense"
        ordering = ["question_id", "written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(client__isnull=False, staff_member=None) | Q(client=None, staff_member__isnull=False),
                name="question_message_of_a_member_or_of_the_agency",
                violation_error_message="Un message est d’un membre du conseil, ou de l’agence.",
            ),
            models.CheckConstraint(condition=~Q(body=""), name="question_message_says_something"),
        ]

    def __str__(self) -> str:
        return self.body[:40]
