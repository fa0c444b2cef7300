"""What the clock calls: the words by which clients are found."""

from parvis.agencies.models import Agency
from parvis.property import actions


def index_clients() -> int:
    """Every night, and when a worker first starts; return how many clients had other words."""
    return sum(actions.index_agency(agency=agency) for agency in Agency.objects.order_by("pk"))
