"""The council checks the accounts: a line seen, a question, an answer."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import timezone

from parvis.compliance.models import ExpenseQuestion, ExpenseSeen, QuestionMessage
from parvis.journal import actions as journal
from parvis.kit.refusals import Refusal
from parvis.ledger.models import Expense
from parvis.people.models import StaffMember
from parvis.property.models import CouncilSeat


class NoSeat(Refusal):
    """Whoever does not sit on the council of the building today."""

    message = "Cette page est réservée aux membres du conseil syndical en fonction."


@transaction.atomic
def mark_seen(*, expenses: Sequence[Expense], seen: Collection[str], seat: CouncilSeat) -> None:
    """Of these lines, the member has seen those of `seen` (public ids), and not the others. Twice is once.

    Refuses lines of another building than that of the seat.
    """
    for expense in expenses:
        refuse_other_building(expense, seat)
    now = timezone.now()
    ticked = [expense for expense in expenses if expense.public_id in seen]
    others = [expense for expense in expenses if expense.public_id not in seen]
    ExpenseSeen.objects.bulk_create(
        [
            ExpenseSeen(
                client=seat.client,
                fiscal_year_id=expense.fiscal_year_id,
                expense_reference=expense.reference,
                seen_at=now,
            )
            for expense in ticked
        ],
        ignore_conflicts=True,
    )
    for year_id in {expense.fiscal_year_id for expense in others}:
        left = [expense.reference for expense in others if expense.fiscal_year_id == year_id]
        unseen = ExpenseSeen.objects.filter(client=seat.client, fiscal_year_id=year_id)
        unseen.filter(expense_reference__in=left).delete()


@transaction.atomic
def ask(*, expense: Expense, seat: CouncilSeat, body: str) -> ExpenseQuestion:
    """Ask the agency about a line, or go on with what was asked of it. Refuses a seat of another building."""
    refuse_other_building(expense, seat)
    now = timezone.now()
    question, _is_new = ExpenseQuestion.objects.get_or_create(
        fiscal_year=expense.fiscal_year,
        expense_reference=expense.reference,
        defaults={
            "agency": expense.agency,
            "label": expense.label,
            "amount_cents": expense.amount_cents,
            "asked_by": seat.client,
            "asked_at": now,
        },
    )
    QuestionMessage.objects.create(question=question, client=seat.client, body=body, written_at=now)
    ExpenseQuestion.objects.filter(pk=question.pk, waits_since=None).update(waits_since=now)
    journal.record(
        agency_id=question.agency_id,
        verb="ask_about_expense",
        actor=("client", seat.client.public_id),
        subject=("expense_question", question.public_id),
    )
    return question


@transaction.atomic
def answer(*, question: ExpenseQuestion, body: str, by: StaffMember) -> QuestionMessage:
    """The agency answers: the question waits no more."""
    message = QuestionMessage.objects.create(question=question, staff_member=by, body=body, written_at=timezone.now())
    ExpenseQuestion.objects.filter(pk=question.pk).update(waits_since=None)
    journal.record(
        agency_id=question.agency_id,
        verb="answer_about_expense",
        actor=("staff", by.public_id),
        subject=("expense_question", question.public_id),
    )
    return message


def refuse_other_building(expense: Expense, seat: CouncilSeat) -> None:
    if expense.fiscal_year.building_id != seat.building_id:
        raise NoSeat
