"""Mon agence: whether it is open, its week, the days it closes, who looks after the client."""

import datetime as dt
from dataclasses import dataclass

from parvis.agencies.models import Agency
from parvis.agencies.rules import (
    Hours,
    closing_time,
    closure_words,
    opening_words,
    read_closures,
    read_hours,
    week_words,
)
from parvis.kit.days import paris_day
from parvis.people.models import Viewer
from parvis.web.ui.contacts import Contact, contacts

CLOSURES_SHOWN_DAYS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyPage:
    """What the page shows. `opening` and `week` are empty when the agency gave its hours as a sentence only."""

    is_open: bool
    opening: str
    week: list[tuple[str, str]]
    closures: list[str]
    contacts: list[Contact]


def agency_page(viewer: Viewer, agency: Agency, *, now: dt.datetime) -> AgencyPage:
    hours, today = hours_of(agency), paris_day(now)
    return AgencyPage(
        is_open=closing_time(hours, now=now) is not None,
        opening=opening_words(hours, now=now),
        week=week_words(hours.week),
        closures=coming_closures(hours, today=today) if hours.week else [],
        contacts=contacts(viewer, today=today),
    )


def hours_of(agency: Agency) -> Hours:
    return Hours(
        week=read_hours(agency.weekly_hours),
        closures=read_closures(agency.closures),
        postal_code=agency.postal_code,
    )


def coming_closures(hours: Hours, *, today: dt.date) -> list[str]:
    """« le 24 décembre 2026 », « du 9 août 2027 au 20 août 2027 », of the two months to come."""
    latest = today + dt.timedelta(days=CLOSURES_SHOWN_DAYS)
    coming = sorted(closure for closure in hours.closures if closure[1] >= today and closure[0] <= latest)
    return [closure_words(closure) for closure in coming]
