"""How many notices a login has not read, counted in the query that loads it."""

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from parvis.people.models.logins import User


def unread_notices() -> Coalesce:
    """For a query of rows that have a `user`: the count that the bell of every page shows, for no query more."""
    logins = User.objects.filter(pk=OuterRef("user_id"), notices__isnull=False, notices__read_at=None)
    counted = logins.order_by().values("pk").annotate(unread=Count("notices")).values("unread")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())
