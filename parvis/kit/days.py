"""Days of the agency: a date is a day in Paris, whatever the clock of the server says."""

import datetime as dt
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def paris_day(instant: dt.datetime) -> dt.date:
    """Return the day in Paris at that instant (which must carry a time zone)."""
    return instant.astimezone(PARIS).date()
