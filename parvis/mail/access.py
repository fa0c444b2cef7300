"""Which messages the staff may look into."""

import datetime as dt

from django.db.models import QuerySet

from parvis.kit.viewer import Viewer
from parvis.mail.models import OutboxMessage

LOOKED_BACK = dt.timedelta(days=30)


def refused_of_agency(viewer: Viewer, *, now: dt.datetime) -> QuerySet[OutboxMessage]:
    """What the addressees' servers refused in the last 30 days, the latest first; for the staff alone."""
    if not viewer.is_staff:
        return OutboxMessage.objects.none()
    refused = OutboxMessage.objects.filter(state=OutboxMessage.State.REFUSED, ended_at__gt=now - LOOKED_BACK)
    return refused.filter(agency_id=viewer.agency_id).order_by("-ended_at", "-pk")
