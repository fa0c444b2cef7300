"""Public holidays of France, and the days on which one works."""

import datetime as dt
from functools import lru_cache

FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
DAYS_AFTER_EASTER = (1, 39, 50)  # lundi de Pâques, Ascension, lundi de Pentecôte
SATURDAY = 5
DAY = dt.timedelta(days=1)
# Droit local d’Alsace-Moselle (ordonnance du 16 août 1892): Good Friday and Saint-Étienne.
LOCAL_LAW_DEPARTMENTS = ("57", "67", "68")


def easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (the computation of Meeus, Astronomical Algorithms, ch. 8)."""
    century, rest = divmod(year, 100)
    epact = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    correction = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return dt.date(year, month, day + 1)


@lru_cache(maxsize=64)
def public_holidays(year: int, *, has_local_law: bool = False) -> frozenset[dt.date]:
    """The legal holidays of that year (code du travail, art. L3133-1); two more in Alsace and Moselle."""
    sunday = easter(year)
    days = {dt.date(year, month, day) for month, day in FIXED}
    days |= {sunday + after * DAY for after in DAYS_AFTER_EASTER}
    if has_local_law:
        days |= {sunday - 2 * DAY, dt.date(year, 12, 26)}
    return frozenset(days)


def has_local_law(postal_code: str) -> bool:
    """Whether a place is in Moselle, Bas-Rhin or Haut-Rhin."""
    return postal_code[:2] in LOCAL_LAW_DEPARTMENTS


def is_holiday(day: dt.date, *, postal_code: str = "") -> bool:
    return day in public_holidays(day.year, has_local_law=has_local_law(postal_code))


def is_working_day(day: dt.date, *, postal_code: str = "") -> bool:
    """Monday to Friday, holidays left out."""
    return day.weekday() < SATURDAY and not is_holiday(day, postal_code=postal_code)


def after_working_days(day: dt.date, count: int, *, postal_code: str = "") -> dt.date:
    """The day when that many working days have passed, `day` itself not counted."""
    while count:
        day += DAY
        count -= is_working_day(day, postal_code=postal_code)
    return day
