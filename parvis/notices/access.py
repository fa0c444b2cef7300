"""Who is told of what happens to a client."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from parvis.people.models import Client, Grant, HouseholdAccess, Representation

Greetings = dict[int, str]


def greetings_of(clients: Collection[Client], *, day: dt.date) -> Greetings:
    """The logins that read these clients' affairs, accounts included, each with how it is greeted."""
    merged: Greetings = {}
    for greetings in readers_of({client.pk for client in clients}, day=day).values():
        merged = greetings | merged
    return merged


def readers_of(client_ids: Collection[int], *, day: dt.date) -> dict[int, Greetings]:
    """For each client, the same: their own login, those of whoever represents them that day, those of the household.

    As many queries for one client as for many.
    """
    held = Representation.objects.in_force(day).filter(client__in=client_ids, may_read_accounts=True)
    represented = defaultdict(set)
    for client_id, representative_id in held.order_by("pk").values_list("client_id", "representative_id"):
        represented[representative_id].add(client_id)
    readers: dict[int, Greetings] = defaultdict(dict)
    household = HouseholdAccess.objects.in_force().filter(client__in=client_ids, user__is_active=True)
    for client_id, user_id, name in household.order_by("pk").values_list("client_id", "user_id", "name"):
        readers[client_id][user_id or 0] = name
    grants = Grant.objects.filter(client__in={*client_ids, *represented}, ended_at=None, user__is_active=True)
    for grant in grants.select_related("client").order_by("-pk"):
        for client_id in {grant.client_id} & set(client_ids) | represented[grant.client_id]:
            readers[client_id][grant.user_id] = grant.client.salutation
    return readers
