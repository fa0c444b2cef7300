"""What waits for the staff, by deadline: cases, conversations, questions of the councils."""

import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Case, Q, QuerySet, When

from parvis.compliance.access import questions_to_answer
from parvis.compliance.models import ExpenseQuestion
from parvis.interventions.access import cases_of_agency, lost_their_firm
from parvis.interventions.models import Intervention
from parvis.kit.days import PARIS, paris_day
from parvis.kit.holidays import after_working_days
from parvis.people.models import Viewer
from parvis.people.rules import Duty
from parvis.threads.access import threads_of_agency
from parvis.threads.models import Thread
from parvis.threads.rules import answer_due_on

SHOWN = 10
END_OF_DAY = dt.time(23, 59)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLine:
    """One thing to do. `due_at` is its deadline, if it has one; `url_name` and `public_id` lead to it."""

    title: str
    detail: str
    icon: str
    url_name: str
    public_id: str
    due_at: dt.datetime | None
    is_of_a_day: bool = True
    is_urgent: bool = False
    now: dt.datetime

    @property
    def is_late(self) -> bool:
        return self.due_at is not None and self.due_at < self.now

    @property
    def label(self) -> str:
        if self.is_late:
            return "En retard"
        return "Urgent" if self.is_urgent else "À faire"

    @property
    def tone(self) -> str:
        if self.is_late:
            return "error"
        return "warning" if self.is_urgent else ""

    @property
    def rank(self) -> tuple[bool, dt.datetime]:
        """By deadline; what has none comes last."""
        return (self.due_at is None, self.due_at or self.now)


def waiting_lines(viewer: Viewer, *, only_mine: bool, now: dt.datetime, postal_code: str) -> list[WaitingLine]:
    """The first of each sort that the role opens, all together by deadline. `only_mine`: cases of others left out."""
    today = paris_day(now)
    sorts: dict[Duty, Callable[[], Iterator[WaitingLine]]] = {
        Duty.CASES: lambda: case_lines(
            cases_to_move(viewer, only_mine=only_mine, today=today), now=now, postal_code=postal_code
        ),
        Duty.MESSAGES: lambda: thread_lines(threads_that_wait(viewer), now=now, postal_code=postal_code),
        Duty.COUNCIL: lambda: question_lines(questions_to_answer(viewer), now=now, postal_code=postal_code),
    }
    lines = itertools.chain.from_iterable(make() for duty, make in sorts.items() if duty in viewer.duties)
    return sorted(lines, key=lambda line: line.rank)


def cases_to_move(viewer: Viewer, *, only_mine: bool, today: dt.date) -> QuerySet[Intervention]:
    """Those that nobody has acknowledged, those of the books first; whose wait or announced step is over, whose firm
    will not come.
    """
    over = Q(state="on_hold", hold_until__lte=today) | Q(next_step_on__lt=today) | lost_their_firm()
    cases = cases_of_agency(viewer).filter(Q(state="reported") | over).exclude(state__in=Intervention.ENDED)
    if only_mine:
        cases = cases.filter(Q(assigned_to__user_id=viewer.user_id) | Q(assigned_to=None))
    rank = Case(When(state="reported", acknowledge_before=None, then=0), When(state="reported", then=1), default=2)
    ordered = cases.alias(rank=rank).order_by("rank", "acknowledge_before", "-is_urgent", "reported_on", "pk")
    return ordered.select_related("building", "lot")


def case_lines(cases: QuerySet[Intervention], *, now: dt.datetime, postal_code: str) -> Iterator[WaitingLine]:
    shown = list(cases[:SHOWN])
    alone = set(cases.filter(lost_their_firm(), pk__in=[case.pk for case in shown]))
    for case in shown:
        due_at, is_of_a_day = deadline_of(case, postal_code=postal_code)
        yield WaitingLine(
            title=case.title,
            detail=f"{said_of(case, has_lost_firm=case in alone)}, {case.building.name}",
            icon="intervention",
            url_name="staff:interventions-detail",
            public_id=case.public_id,
            due_at=due_at,
            is_of_a_day=is_of_a_day,
            is_urgent=case.is_urgent,
            now=now,
        )


def deadline_of(case: Intervention, *, postal_code: str) -> tuple[dt.datetime | None, bool]:
    """Until when, and whether that is a whole day rather than an instant.

    A case of the books was promised no hour: the working day that followed its report.
    """
    if case.state == Intervention.State.REPORTED and case.acknowledge_before is None:
        return end_of(after_working_days(case.reported_on, 1, postal_code=postal_code)), True
    if case.state == Intervention.State.REPORTED:
        return case.acknowledge_before, not case.is_urgent
    day = case.hold_until if case.state == Intervention.State.ON_HOLD else case.next_step_on
    return (end_of(day) if day else None), True


def said_of(case: Intervention, *, has_lost_firm: bool) -> str:
    if has_lost_firm:
        return f"Refusé par l’entreprise, intervention {case.number}"
    if case.state == Intervention.State.REPORTED:
        return f"Intervention {case.number} à prendre en charge"
    if case.state == Intervention.State.ON_HOLD:
        return f"Intervention {case.number}, l’attente est finie"
    return f"Intervention {case.number}, l’étape annoncée est passée"


def threads_that_wait(viewer: Viewer) -> QuerySet[Thread]:
    waiting = threads_of_agency(viewer).filter(state=Thread.State.WAITING)
    return waiting.select_related("client").order_by("latest_at", "pk")


def thread_lines(threads: QuerySet[Thread], *, now: dt.datetime, postal_code: str) -> Iterator[WaitingLine]:
    for thread in threads[:SHOWN]:
        yield WaitingLine(
            title=thread.client.full_name,
            detail=f"Message\u00a0: {thread.get_subject_display()}",
            icon="mail",
            url_name="staff:messages-detail",
            public_id=thread.public_id,
            due_at=end_of(answer_due_on(paris_day(thread.latest_at), postal_code=postal_code)),
            now=now,
        )


def question_lines(
    questions: QuerySet[ExpenseQuestion], *, now: dt.datetime, postal_code: str
) -> Iterator[WaitingLine]:
    for question in questions.select_related("fiscal_year__building")[:SHOWN]:
        since = question.waits_since
        yield WaitingLine(
            title=question.fiscal_year.building.name,
            detail="Question du conseil syndical",
            icon="property",
            url_name="staff:council-detail",
            public_id=question.public_id,
            due_at=end_of(answer_due_on(paris_day(since), postal_code=postal_code)) if since else None,
            now=now,
        )


def end_of(day: dt.date) -> dt.datetime:
    """The last minute of a day in Paris."""
    return dt.datetime.combine(day, END_OF_DAY, tzinfo=PARIS)
