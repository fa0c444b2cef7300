"""The council checks the accounts: a line seen, a question, an answer."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import timezone

from parvis.compliance import emails
from parvis.compliance.models import ExpenseQuestion, ExpenseSeen, QuestionMessage
from parvis.journal import actions as journal
from parvis.kit import throttle
from parvis.kit.days import paris_day
from parvis.kit.refusals import Refusal
from parvis.ledger.models import Expense
from parvis.notices.actions import NOWHERE, Said, notify_together
from parvis.notices.models import Notice
from parvis.people.models import Grant, StaffMember
from parvis.property.models import CouncilSeat

OF_AN_HOUR = throttle.Limit(name="council-messages-hour", allowed=20, seconds=3600)


class NoSeat(Refusal):
    """Whoever does not sit on the council of the building today."""

    message = "Cette page est réservée aux membres du conseil syndical en fonction."


class TooManyQuestions(Refusal):
    message = "Vous avez envoyé beaucoup de messages. Réessayez dans une heure, ou appelez votre agence."


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
    """Ask the agency about a line, or go on with what was asked of it. The same form sent twice asks once.

    Refuses a seat of another building, and more than 20 messages an hour.
    """
    refuse_other_building(expense, seat)
    if throttle.admit(OF_AN_HOUR, key=seat.client.public_id):
        raise TooManyQuestions
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
    latest = QuestionMessage.objects.filter(question=locked(question)).order_by("written_at", "pk").last()
    if latest and (latest.client_id, latest.body) == (seat.client_id, body):
        return question
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
    """The agency answers: the question waits no more, and whoever asked is told, with the answer itself."""
    message = QuestionMessage.objects.create(question=question, staff_member=by, body=body, written_at=timezone.now())
    ExpenseQuestion.objects.filter(pk=question.pk).update(waits_since=None)
    tell_askers(message)
    journal.record(
        agency_id=question.agency_id,
        verb="answer_about_expense",
        actor=("staff", by.public_id),
        subject=("expense_question", question.public_id),
    )
    return message


def locked(question: ExpenseQuestion) -> ExpenseQuestion:
    """One message at a time: two of the same form cannot both be the first."""
    return ExpenseQuestion.objects.select_for_update().get(pk=question.pk)


def tell_askers(message: QuestionMessage) -> None:
    """The members who wrote there and still sit; their own login alone, as for all that the council reads."""
    question = message.question
    year, today = question.fiscal_year, paris_day(timezone.now())
    seats = CouncilSeat.objects.filter(building=year.building_id).in_force(today).order_by()
    wrote = QuestionMessage.objects.filter(question=question, client__in=seats.values("client_id")).order_by()
    expense = Expense.objects.filter(fiscal_year=year, reference=question.expense_reference).first()
    target = ("expense", expense.public_id) if expense else None
    text = f"Votre agence a répondu à la question du conseil syndical sur « {question.label} »."
    said = Said(text=text, target=target or NOWHERE, key=f"council-answer-{message.pk}")
    grants = Grant.objects.filter(client__in=wrote.values("client_id"), ended_at=None).select_related("client")
    for grant in grants.order_by("user_id"):
        notify_together(
            user_id=grant.user_id,
            greeting=grant.client.salutation,
            kind=Notice.Kind.MESSAGE,
            said=[said],
            write=lambda _keys: emails.answered(message, target=target),
        )


def refuse_other_building(expense: Expense, seat: CouncilSeat) -> None:
    if expense.fiscal_year.building_id != seat.building_id:
        raise NoSeat
