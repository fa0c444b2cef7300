"""When a report must be acknowledged, and how long things last once a case is over."""

import datetime as dt

from parvis.agencies.rules import Hours
from parvis.kit.days import PARIS, paris_day
from parvis.kit.holidays import after_working_days

URGENT_WITHIN = dt.timedelta(hours=2)
END_OF_DAY = dt.time(18)
LOOKED_AHEAD_DAYS = 60
CONFIRMED_WITHIN_DAYS = 10
REOPENED_WITHIN_DAYS = 30
DRAFT_KEPT = dt.timedelta(days=30)
ALIKE_FOR = dt.timedelta(days=60)
DAY = dt.timedelta(days=1)


def acknowledge_before(reported_at: dt.datetime, *, hours: Hours, is_urgent: bool) -> dt.datetime:
    """Two hours for what is urgent, else the closing time of the next day when the agency works."""
    if is_urgent:
        return reported_at + URGENT_WITHIN
    day = paris_day(reported_at)
    for ahead in range(1, LOOKED_AHEAD_DAYS if hours.week else 1):
        slots = hours.slots_on(day + ahead * DAY)
        if slots:
            return dt.datetime.combine(day + ahead * DAY, slots[-1][1], tzinfo=PARIS)
    return dt.datetime.combine(after_working_days(day, 1, postal_code=hours.postal_code), END_OF_DAY, tzinfo=PARIS)


def late_if_reported_by(today: dt.date, *, postal_code: str) -> dt.date:
    """The last day of report whose next working day is over `today`: cases of the books have no other promise."""
    day = today - DAY
    while after_working_days(day, 1, postal_code=postal_code) >= today:
        day -= DAY
    return day


def another_firm_before(day: dt.date, *, postal_code: str) -> dt.date:
    """The last day to send another firm than the one that does not come any more."""
    return after_working_days(day, 1, postal_code=postal_code)


def confirm_before(done_on: dt.date) -> dt.date:
    """The last day to say that it is not mended; the case is closed the day after."""
    return done_on + CONFIRMED_WITHIN_DAYS * DAY


def reopen_before(ended_on: dt.date) -> dt.date:
    """The last day to reopen a case without declaring it anew."""
    return ended_on + REOPENED_WITHIN_DAYS * DAY
