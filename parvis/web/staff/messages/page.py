"""The conversations of the agency: those that wait first; one of them, and who may answer."""

import datetime as dt
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from parvis.kit.days import paris_day
from parvis.people.models import Viewer
from parvis.threads.access import threads_of_agency
from parvis.threads.models import Message, Thread
from parvis.threads.rules import answer_due_on

SHOWN = 30
LAST_PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A thread, and how long the client has been promised to wait."""

    thread: Thread
    due_on: dt.date | None
    is_late: bool

    @property
    def tone(self) -> str:
        if self.is_late:
            return "error"
        return {Thread.State.WAITING: "warning", Thread.State.ANSWERED: "ok"}.get(Thread.State(self.thread.state), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadsPage:
    pages: Page[Thread]
    lines: list[Line]
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadPage:
    line: Line
    messages: list[Message]

    @property
    def thread(self) -> Thread:
        return self.line.thread


def threads_page(viewer: Viewer, *, number: str, today: dt.date) -> ThreadsPage:
    threads = threads_of_agency(viewer)
    pages = Paginator(threads.with_place().waiting_first()[: SHOWN * LAST_PAGE], SHOWN).get_page(number)
    return ThreadsPage(
        pages=pages,
        lines=[line_of(thread, today=today) for thread in pages.object_list],
        waiting=threads.filter(state=Thread.State.WAITING).count(),
    )


def thread_page(thread: Thread, *, today: dt.date) -> ThreadPage:
    messages = thread.messages.select_related("attachment")
    return ThreadPage(line=line_of(thread, today=today), messages=list(messages))


def line_of(thread: Thread, *, today: dt.date) -> Line:
    is_waiting = thread.state == Thread.State.WAITING
    due_on = answer_due_on(paris_day(thread.latest_at), postal_code=thread.agency.postal_code) if is_waiting else None
    return Line(thread=thread, due_on=due_on, is_late=due_on is not None and due_on < today)
