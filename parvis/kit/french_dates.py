"""Dates and hours as people read them in France. Days are Europe/Paris days, given by the caller."""

from datetime import date, datetime

from parvis.kit.days import PARIS, paris_day

NO_BREAK_SPACE = "\u00a0"

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def day_of(moment: date | datetime) -> date:
    """The day in Paris of an instant; a plain date is already that day."""
    return paris_day(moment) if isinstance(moment, datetime) else moment


def long_date(moment: date | datetime) -> str:
    """« 1er janvier 2027 », « 23 novembre 2026 »: a no-break space after the day."""
    day = day_of(moment)
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{NO_BREAK_SPACE}{MONTHS[day.month - 1]} {day.year}"


def weekday_date(moment: date | datetime) -> str:
    """« lundi 23 novembre 2026 »."""
    day = day_of(moment)
    return f"{WEEKDAYS[day.weekday()]} {long_date(day)}"


def short_date(moment: date | datetime) -> str:
    """« 15/11/2026 », in tables only."""
    day = day_of(moment)
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def month_and_year(moment: date | datetime) -> str:
    """« novembre 2026 »."""
    day = day_of(moment)
    return f"{MONTHS[day.month - 1]} {day.year}"


def of_month(moment: date | datetime) -> str:
    """« de novembre 2026 », « d’octobre 2026 »."""
    words = month_and_year(moment)
    return f"d’{words}" if words[0] in "ao" else f"de {words}"


def clock(moment: datetime) -> str:
    """The hour in Paris: « 8 h », « 18 h 42 », « 9 h 05 »."""
    local = moment.astimezone(PARIS)
    minutes = f"{NO_BREAK_SPACE}{local.minute:02d}" if local.minute else ""
    return f"{local.hour}{NO_BREAK_SPACE}h{minutes}"


def recent_instant(moment: datetime, *, today: date) -> str:
    """« aujourd’hui à 9 h 12 », « hier à 18 h 42 », then the whole date."""
    days = (today - day_of(moment)).days
    near = {0: "aujourd’hui", 1: "hier"}.get(days)
    return f"{near} à {clock(moment)}" if near else f"le {long_instant(moment)}"


def long_instant(moment: datetime) -> str:
    """« 24 novembre 2026 à 10 h 15 »."""
    return f"{long_date(moment)} à {clock(moment)}"
