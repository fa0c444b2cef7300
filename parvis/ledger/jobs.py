"""What the clock asks of the ledger."""

import datetime as dt

from parvis.agencies.models import Agency
from parvis.kit.clock import database_now
from parvis.kit.days import paris_day
from parvis.ledger.actions import due_dates
from parvis.ledger.actions.filing import file_receipts
from parvis.ledger.actions.receipts import accounts_with_rejection, cancel_what_is_no_longer_paid

# A debit may be refunded on demand for eight weeks (SEPA), and booked some days later.
REJECTED_SINCE = dt.timedelta(days=90)


def review_receipts() -> None:
    """Each night, cancel the quittances whose payment was rejected, and withdraw their documents. May run twice."""
    since = paris_day(database_now()) - REJECTED_SINCE
    for agency in Agency.objects.order_by("pk"):
        cancel_what_is_no_longer_paid(agency=agency, accounts=accounts_with_rejection(agency, since=since))
        file_receipts(agency=agency)


def tell_of_dues() -> int:
    """Every morning; return how many notices were made."""
    return due_dates.tell_of_dues(now=database_now())
