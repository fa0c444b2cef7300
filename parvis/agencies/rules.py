"""When an agency is open: its week and its closures, as written in the exchange format, and what to say of now."""

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator, Mapping

from parvis.kit.days import PARIS
from parvis.kit.french_dates import WEEKDAYS, clock, long_date
from parvis.kit.holidays import is_holiday

DAY = dt.timedelta(days=1)
LOOKED_AHEAD_DAYS = 60
PART = re.compile(r"(?P<first>[a-z]+)(?:-(?P<last>[a-z]+))?(?P<slots>(?: \d\d:\d\d-\d\d:\d\d)+)")
WRONG_HOURS = "Écrivez les heures ainsi : lundi-vendredi 09:00-12:00 14:00-18:00, samedi 09:00-12:00."
WRONG_CLOSURES = "Écrivez les fermetures ainsi : 2026-12-24, 2027-08-09/2027-08-20."

Slot = tuple[dt.time, dt.time]
Week = Mapping[int, tuple[Slot, ...]]
Closure = tuple[dt.date, dt.date]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Hours:
    """When an agency receives: its week (Monday is 0), the days it closes besides, and where it is."""

    week: Week
    closures: tuple[Closure, ...] = ()
    postal_code: str = ""

    def slots_on(self, day: dt.date) -> tuple[Slot, ...]:
        """The hours of one day: none on a holiday or during a closure."""
        is_closed = any(first <= day <= last for first, last in self.closures)
        if is_closed or is_holiday(day, postal_code=self.postal_code):
            return ()
        return self.week.get(day.weekday(), ())


def read_hours(text: str) -> Week:
    """Read « lundi-vendredi 09:00-12:00 14:00-18:00, samedi 09:00-12:00 ». ValueError says what is expected."""
    week: dict[int, tuple[Slot, ...]] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        found = PART.fullmatch(part)
        if found is None:
            raise ValueError(WRONG_HOURS)
        slots = tuple(read_slots(found["slots"]))
        for weekday in read_weekdays(found["first"], found["last"] or found["first"]):
            if weekday in week:
                raise ValueError(f"Le {WEEKDAYS[weekday]} est donné deux fois. {WRONG_HOURS}")
            week[weekday] = slots
    return week


def read_weekdays(first: str, last: str) -> range:
    if first not in WEEKDAYS or last not in WEEKDAYS or WEEKDAYS.index(last) < WEEKDAYS.index(first):
        raise ValueError(WRONG_HOURS)
    return range(WEEKDAYS.index(first), WEEKDAYS.index(last) + 1)


def read_slots(text: str) -> Iterator[Slot]:
    """The slots of a day, each after the one before it."""
    earliest = None
    for pair in text.split():
        opens, closes = map(read_time, pair.split("-"))
        if closes <= opens or (earliest is not None and opens <= earliest):
            raise ValueError(f"Les heures d’un jour se suivent. {WRONG_HOURS}")
        earliest = closes
        yield opens, closes


def read_time(text: str) -> dt.time:
    try:
        return dt.time.fromisoformat(text)
    except ValueError as error:
        raise ValueError(WRONG_HOURS) from error


def read_closures(text: str) -> tuple[Closure, ...]:
    """Read « 2026-12-24, 2027-08-09/2027-08-20 ». ValueError says what is expected."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return tuple(read_closure(part) for part in parts)


def read_closure(text: str) -> Closure:
    first, _, last = text.partition("/")
    try:
        closure = dt.date.fromisoformat(first), dt.date.fromisoformat(last or first)
    except ValueError as error:
        raise ValueError(WRONG_CLOSURES) from error
    if closure[1] < closure[0] or not re.fullmatch(r"[\d-]{10}(/[\d-]{10})?", text):
        raise ValueError(WRONG_CLOSURES)
    return closure


def closure_words(closure: Closure) -> str:
    """« le 24 décembre 2026 », « du 9 août 2027 au 20 août 2027 »."""
    first, last = closure
    return f"le {long_date(first)}" if first == last else f"du {long_date(first)} au {long_date(last)}"


def closing_time(hours: Hours, *, now: dt.datetime) -> dt.datetime | None:
    """When the agency, open now, closes; nothing when it is closed now. `now` carries its time zone."""
    here = now.astimezone(PARIS)
    for opens, closes in hours.slots_on(here.date()):
        if opens <= here.time() < closes:
            return dt.datetime.combine(here.date(), closes, tzinfo=PARIS)
    return None


def next_opening(hours: Hours, *, now: dt.datetime) -> dt.datetime | None:
    """When the agency opens next, strictly after now; nothing within the two coming months."""
    here = now.astimezone(PARIS)
    for ahead in range(LOOKED_AHEAD_DAYS + 1):
        day = here.date() + ahead * DAY
        for opens, _closes in hours.slots_on(day):
            if ahead or opens > here.time():
                return dt.datetime.combine(day, opens, tzinfo=PARIS)
    return None


def opening_words(hours: Hours, *, now: dt.datetime) -> str:
    """« Ouvert maintenant, jusqu’à 18 h », « Fermé, ouvre lundi à 9 h »; nothing when the hours are not known."""
    closes = closing_time(hours, now=now)
    if closes:
        return f"Ouvert maintenant, jusqu’à {clock(closes)}"
    opens = next_opening(hours, now=now)
    if opens is None:
        return "Fermé" if hours.week else ""
    return f"Fermé, ouvre {day_words(opens.date(), today=now.astimezone(PARIS).date())} à {clock(opens)}"


def day_words(day: dt.date, *, today: dt.date) -> str:
    """« aujourd’hui », « demain », « lundi » within the week, then « le 4 janvier 2027 »."""
    ahead = (day - today).days
    near = {0: "aujourd’hui", 1: "demain"}.get(ahead)
    return near or (WEEKDAYS[day.weekday()] if ahead < 7 else f"le {long_date(day)}")


def week_words(week: Week) -> list[tuple[str, str]]:
    """« lundi au vendredi » → « 9 h à 12 h, 14 h à 18 h », days alike together; the seven days are said."""
    lines: list[tuple[int, int, str]] = []
    for weekday in range(7):
        words = ", ".join(f"{time_words(opens)} à {time_words(closes)}" for opens, closes in week.get(weekday, ()))
        if lines and lines[-1][2] == words:
            lines[-1] = (lines[-1][0], weekday, words)
        else:
            lines.append((weekday, weekday, words))
    return [(days_words(first, last), words or "fermé") for first, last, words in lines] if week else []


def days_words(first: int, last: int) -> str:
    if first == last:
        return WEEKDAYS[first]
    joint = "et" if last == first + 1 else "au"
    return f"{WEEKDAYS[first]} {joint} {WEEKDAYS[last]}"


def time_words(time: dt.time) -> str:
    return clock(dt.datetime.combine(dt.date(2000, 1, 1), time, tzinfo=PARIS))
