"""The threads of a client, and one of them with its messages."""

import datetime as dt
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from parvis.kit.days import paris_day
from parvis.people.models import Viewer
from parvis.threads.models import Message, Thread
from parvis.threads.rules import answer_due_on

SHOWN = 20
LAST_PAGE = 100
TONES = {Thread.State.WAITING: "warning", Thread.State.ANSWERED: "ok", Thread.State.CLOSED: ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadsPage:
    """Some threads, the latest first."""

    pages: Page[Thread]
    lines: list[tuple[Thread, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadPage:
    """One thread. `due_on` is the day until when an answer is promised, while one is awaited."""

    thread: Thread
    tone: str
    messages: list[Message]
    due_on: dt.date | None


def threads_page(viewer: Viewer, *, number: str) -> ThreadsPage:
    found = Thread.objects.visible_to(viewer).with_place()[: SHOWN * LAST_PAGE]
    pages = Paginator(found, SHOWN).get_page(number)
    return ThreadsPage(pages=pages, lines=[(thread, tone_of(thread)) for thread in pages.object_list])


def thread_page(thread: Thread) -> ThreadPage:
    is_waiting = thread.state == Thread.State.WAITING
    due_on = answer_due_on(paris_day(thread.latest_at), postal_code=thread.agency.postal_code)
    return ThreadPage(
        thread=thread,
        tone=tone_of(thread),
        messages=list(thread.messages.all()),
        due_on=due_on if is_waiting else None,
    )


def tone_of(thread: Thread) -> str:
    return TONES[Thread.State(thread.state)]
