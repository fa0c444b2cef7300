"""Days and months of the demonstration's calendar."""

import datetime as dt
from collections.abc import Iterator


def month_of(day: dt.date) -> dt.date:
    """The first day of its month."""
    return day.replace(day=1)


def add_months(first_of_month: dt.date, count: int) -> dt.date:
    years, month = divmod(first_of_month.month - 1 + count, 12)
    return dt.date(first_of_month.year + years, month + 1, 1)


def months_between(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """The first day of each month, from that of `first` to that of `last`."""
    month = month_of(first)
    while month <= last:
        yield month
        month = add_months(month, 1)


def days_after(day: dt.date, count: int) -> dt.date:
    return day + dt.timedelta(days=count)
