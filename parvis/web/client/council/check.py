"""The yearly check of the accounts: the expenses of an exercise by key, the invoice beside each, what was asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Sum

from parvis.compliance.models import ExpenseQuestion, ExpenseSeen, QuestionMessage
from parvis.documents.models import Document
from parvis.ledger.models import Expense, FiscalYear
from parvis.people.models import Viewer
from parvis.property.models import CouncilSeat

LINES_A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpenseLine:
    """One expense, whether the member has seen it, its invoice, and whether the council asked about it."""

    expense: Expense
    is_seen: bool
    invoice: Document | None
    question: ExpenseQuestion | None

    @property
    def asked(self) -> str:
        if self.question is None:
            return "Poser une question"
        return "Question sans réponse" if self.question.waits_since else "Question et réponse"


@dataclass(frozen=True, slots=True)
class KeyTotal:
    """A key and all that the exercise spent with it."""

    label: str
    lines: int
    total_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage:
    """A page of the lines of one exercise."""

    year: FiscalYear
    keys: list[KeyTotal]
    groups: list[tuple[str, list[ExpenseLine]]]
    seen: int
    ranks: "Page[Expense]"

    @property
    def total(self) -> int:
        return self.ranks.paginator.count

    @property
    def progress(self) -> str:
        plural = "s" if self.seen > 1 else ""
        return f"{self.seen} ligne{plural} vue{plural} sur {self.total}"

    @property
    def total_cents(self) -> int:
        return sum(key.total_cents for key in self.keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpensePage:
    """One line, and what was said about it."""

    line: ExpenseLine
    messages: Sequence[QuestionMessage]


def check_page(viewer: Viewer, year: FiscalYear, *, seat: CouncilSeat, number: str) -> CheckPage:
    ranks = Paginator(expenses_of(viewer, year), LINES_A_PAGE).get_page(number)
    lines = lines_of(viewer, list(ranks), seat=seat)
    spent = expenses_of(viewer, year).order_by("key__code", "key_id").values_list("key__label", "key_id")
    return CheckPage(
        year=year,
        keys=[
            KeyTotal(label, count, cents)
            for label, _key, count, cents in spent.annotate(Count("pk"), Sum("amount_cents"))
        ],
        groups=[(label, list(group)) for label, group in groupby(lines, key=lambda line: line.expense.key.label)],
        seen=min(ranks.paginator.count, seen_in(viewer, year, seat=seat).count()),
        ranks=ranks,
    )


def expenses_of(viewer: Viewer, year: FiscalYear) -> "QuerySet[Expense]":
    return (
        Expense.objects.visible_to(viewer)
        .filter(fiscal_year=year)
        .select_related("key", "fiscal_year")
        .order_by("key__code", "key_id", "booked_on", "pk")
    )


def seen_in(viewer: Viewer, year: FiscalYear, *, seat: CouncilSeat) -> "QuerySet[ExpenseSeen]":
    return ExpenseSeen.objects.visible_to(viewer).filter(client=seat.client, fiscal_year=year)


def lines_of(viewer: Viewer, expenses: Sequence[Expense], *, seat: CouncilSeat) -> list[ExpenseLine]:
    """The lines of one exercise with what belongs to each: three queries, however many lines."""
    if not expenses:
        return []
    year, references = expenses[0].fiscal_year, [expense.reference for expense in expenses]
    seen = set(seen_in(viewer, year, seat=seat).values_list("expense_reference", flat=True))
    pieces = [expense.piece for expense in expenses if expense.piece]
    invoices = Document.objects.visible_to(viewer).filter(reference__in=pieces).with_files()
    by_reference = {invoice.reference: invoice for invoice in invoices}
    asked = ExpenseQuestion.objects.visible_to(viewer).filter(fiscal_year=year, expense_reference__in=references)
    questions = {question.expense_reference: question for question in asked}
    return [
        ExpenseLine(
            expense=expense,
            is_seen=expense.reference in seen,
            invoice=by_reference.get(expense.piece),
            question=questions.get(expense.reference),
        )
        for expense in expenses
    ]


def expense_page(viewer: Viewer, expense: Expense, *, seat: CouncilSeat) -> ExpensePage:
    (line,) = lines_of(viewer, [expense], seat=seat)
    messages = QuestionMessage.objects.visible_to(viewer).filter(question=line.question).order_by("written_at", "pk")
    told = list(messages.select_related("client", "staff_member")) if line.question else []
    return ExpensePage(line=line, messages=told)
