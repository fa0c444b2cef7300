"""What the clock calls."""

from parvis.agencies.models import Agency
from parvis.compliance.actions.states import refresh_buildings


def refresh_legal_lists() -> int:
    """Every night: since when each legal document is missing, expired or out of date; return how many changed."""
    return sum(refresh_buildings(agency=agency) for agency in Agency.objects.order_by("pk"))
