"""The periods of a « compte rendu de gérance », as they stand in addresses: « 2026-11 » or « 2026-t4 »."""

import datetime as dt
import re
from dataclasses import dataclass

from parvis.kit.french_dates import month_and_year
from parvis.ledger.rules.receipts import month_bounds

SLUG = re.compile(r"(20\d\d)-(?:(0[1-9]|1[0-2])|t([1-4]))")
QUARTERS = ("1er trimestre", "2e trimestre", "3e trimestre", "4e trimestre")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A month or a quarter, and what stands for it in an address."""

    slug: str
    name: str
    first: dt.date
    last: dt.date


def month_period(year: int, month: int) -> Period:
    first, last = month_bounds(dt.date(year, month, 1))
    return Period(slug=f"{first:%Y-%m}", name=month_and_year(first), first=first, last=last)


def quarter_period(year: int, rank: int) -> Period:
    first, last = dt.date(year, 3 * rank - 2, 1), month_bounds(dt.date(year, 3 * rank, 1))[1]
    return Period(slug=f"{year}-t{rank}", name=f"{QUARTERS[rank - 1]} {year}", first=first, last=last)


def months_of(year: int) -> list[Period]:
    return [month_period(year, month) for month in range(1, 13)]


def quarters_of(year: int) -> list[Period]:
    return [quarter_period(year, rank) for rank in range(1, 5)]


def parse_period(slug: str) -> Period | None:
    """The period of an address, which may say anything."""
    found = SLUG.fullmatch(slug)
    if not found:
        return None
    year, month, quarter = found.groups()
    return month_period(int(year), int(month)) if month else quarter_period(int(year), int(quarter))
