"""What the clock calls."""

import datetime as dt

from django.utils import timezone

from parvis.journal import actions, verifying

DETAILS_KEPT = dt.timedelta(days=365)


def forget_details() -> int:
    """Every night: who did what stays, from which address or browser does not."""
    return actions.forget_details(before=timezone.now() - DETAILS_KEPT)


def go_on_verifying(agency_id: int) -> None:
    """After a request, and after each slice of the reading."""
    verifying.go_on_verifying(agency_id)
