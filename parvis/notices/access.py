"""Who is told of what happens to a client."""

import datetime as dt
from collections.abc import Collection

from parvis.people.models import Client, Grant, HouseholdAccess, Representation


def greetings_of(clients: Collection[Client], *, day: dt.date) -> dict[int, str]:
    """The logins that read these clients' affairs, accounts included, each with how it is greeted.

    The client's own, those of whoever represents them that day, those of the household.
    """
    ids = {client.pk for client in clients}
    held = Representation.objects.in_force(day).filter(client__in=ids, may_read_accounts=True)
    acting = ids | set(held.values_list("representative_id", flat=True))
    household = HouseholdAccess.objects.in_force().filter(client__in=ids, user__is_active=True)
    greetings = {user_id: name for user_id, name in household.order_by("pk").values_list("user_id", "name") if user_id}
    grants = Grant.objects.filter(client__in=acting, ended_at=None, user__is_active=True).select_related("client")
    return greetings | {grant.user_id: grant.client.salutation for grant in grants.order_by("-pk")}
