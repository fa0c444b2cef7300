"""The quittances and reçus of the last months, made by the same action as those of any agency."""

import datetime as dt

from parvis.agencies.models import Agency
from parvis.demo.months import add_months, month_of
from parvis.ledger.actions.month_of_receipts import make_month

MONTHS = 6


def give_receipts(slug: str, *, today: dt.date) -> None:
    """The oldest first, so that their numbers follow the calendar."""
    agency = Agency.objects.get(slug=slug)
    for number in reversed(range(MONTHS)):
        make_month(agency=agency, month=add_months(month_of(today), -number))
