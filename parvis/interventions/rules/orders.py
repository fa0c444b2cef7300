"""The order sent to a supplier: how long its link lives, and when they may offer to come. Hours are those of Paris."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from parvis.kit.days import PARIS, paris_day
from parvis.kit.french_dates import clock, weekday_date
from parvis.kit.holidays import after_working_days

LINK_LASTS = dt.timedelta(days=60)
DAYS_OFFERED = 5
HOURS_OFFERED = ((8, 10), (10, 12), (14, 16), (16, 18))
MOST_SLOTS = 6
MOST_PHOTOS = 6
LONGEST_TEXT = 2_000
LONGEST_SLOT = dt.timedelta(hours=12)
FURTHEST = dt.timedelta(days=90)
# In which states of the case the supplier does what: times while none is fixed, the end while it is theirs to mend,
# the start or a refusal while nothing has begun.
MAY_OFFER = ("ordered",)
MAY_FINISH = ("ordered", "scheduled", "in_progress")
MAY_BEGIN = MAY_DECLINE = ("ordered", "scheduled")
# Once the case ends so, the order is nobody's any more.
DEAD_STATES = ("rejected", "cancelled", "merged")


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """A time when somebody may come."""

    begins_at: dt.datetime
    ends_at: dt.datetime

    @property
    def key(self) -> str:
        """How a form names it: « 20261124T08-10 »."""
        begins, ends = (moment.astimezone(PARIS) for moment in (self.begins_at, self.ends_at))
        return f"{begins:%Y%m%dT%H}-{ends:%H}"

    @property
    def hours(self) -> str:
        """« de 8 h à 10 h »."""
        return f"de {clock(self.begins_at)} à {clock(self.ends_at)}"

    def __str__(self) -> str:
        """« mardi 24 novembre 2026, de 8 h à 10 h »."""
        return f"{weekday_date(self.begins_at)}, {self.hours}"


def window(day: dt.date, begins: dt.time, ends: dt.time) -> Window:
    return Window(*(dt.datetime.combine(day, hour, tzinfo=PARIS) for hour in (begins, ends)))


def windows_offered(now: dt.datetime, *, postal_code: str) -> Iterator[Window]:
    """What a supplier ticks without typing: mornings and afternoons of the next five working days."""
    for rank in range(1, DAYS_OFFERED + 1):
        day = after_working_days(paris_day(now), rank, postal_code=postal_code)
        for begins, ends in HOURS_OFFERED:
            yield window(day, dt.time(begins), dt.time(ends))


def fault_of(offered: Window, *, now: dt.datetime) -> str:
    """In French, why nobody can come then; empty when they can."""
    if offered.ends_at <= offered.begins_at:
        return "L’heure de fin doit suivre l’heure de début."
    if offered.begins_at <= now:
        return "Ce créneau est déjà passé. Choisissez un moment à venir."
    if offered.begins_at > now + FURTHEST:
        return "Ce créneau est trop lointain\u00a0: choisissez un jour dans les 3\u00a0mois."
    if offered.ends_at - offered.begins_at > LONGEST_SLOT:
        return "Ce créneau est trop long\u00a0: 12\u00a0heures au plus."
    return ""
