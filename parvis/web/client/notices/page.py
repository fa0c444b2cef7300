"""Notifications: those of the login, by day, newest first; and what it wants by courriel."""

import datetime as dt
import itertools
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from parvis.kit.days import paris_day
from parvis.kit.french_dates import weekday_date
from parvis.notices.models import CHOSEN_KINDS, Notice, Preference
from parvis.notices.rules import path_to
from parvis.people.models import Viewer

SHOWN = 30
LAST_PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One notice: its sentence, where it leads."""

    public_id: str
    text: str
    created_at: dt.datetime
    is_unread: bool
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Those of one day."""

    day: dt.date
    title: str
    lines: list[Line]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticesPage:
    """What the page shows. `newest` is the last notice that was there when it was made."""

    days: list[Day]
    pages: Page[Notice]
    unread: int
    newest: str


def notices_page(viewer: Viewer, *, number: str, today: dt.date) -> NoticesPage:
    found = Notice.objects.visible_to(viewer)[: SHOWN * LAST_PAGE]
    pages = Paginator(found, SHOWN).get_page(number)
    rows = list(pages.object_list)
    return NoticesPage(
        days=days_of(rows, today=today),
        pages=pages,
        unread=viewer.unread_notices,
        newest=rows[0].public_id if rows and pages.number == 1 else "",
    )


def days_of(rows: list[Notice], *, today: dt.date) -> list[Day]:
    by_day = itertools.groupby(rows, key=lambda notice: paris_day(notice.created_at))
    return [
        Day(day=day, title=title_of(day, today=today), lines=[line_of(notice) for notice in notices])
        for day, notices in by_day
    ]


def title_of(day: dt.date, *, today: dt.date) -> str:
    """« Aujourd’hui », « Hier », then the whole date."""
    near = {0: "Aujourd’hui", 1: "Hier"}.get((today - day).days)
    return near or weekday_date(day).capitalize()


def line_of(notice: Notice) -> Line:
    return Line(
        public_id=notice.public_id,
        text=notice.text,
        created_at=notice.created_at,
        is_unread=notice.read_at is None,
        path=path_to((notice.target_kind, notice.target_id)) if notice.target_kind else "",
    )


def wanted_kinds(viewer: Viewer) -> set[str]:
    """The kinds that the login receives by courriel: all of them but those it left."""
    mine = Preference.objects.visible_to(viewer).filter(channel=Preference.Channel.EMAIL, is_wanted=False)
    return {kind.value for kind in CHOSEN_KINDS} - set(mine.values_list("kind", flat=True))
