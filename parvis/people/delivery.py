"""By which means a client receives each kind of document, as their dated choices say."""

import datetime as dt
from collections.abc import Collection

from parvis.people.models import DeliveryChoice

# loi 65-557, art. 42-1: notifications are validly electronic, unless the owner asked for post.
# loi 89-462, art. 21: a receipt is dematerialised with the tenant's express agreement alone.
UNLESS_CHOSEN = {
    DeliveryChoice.Kind.CALLS: DeliveryChoice.Channel.EMAIL,
    DeliveryChoice.Kind.MEETINGS: DeliveryChoice.Channel.EMAIL,
    DeliveryChoice.Kind.RECEIPTS: DeliveryChoice.Channel.POST,
}


def channels_of(
    client_ids: Collection[int], *, kind: DeliveryChoice.Kind, day: dt.date
) -> dict[int, DeliveryChoice.Channel]:
    """For each client, the means in effect that day: their last word that has taken effect, else the law's.

    A later word takes back a former one that waits: « courriel » said after « courrier » leaves no post to come.
    """
    chosen = DeliveryChoice.objects.filter(client__in=client_ids, kind=kind, effective_on__lte=day)
    latest = dict(chosen.order_by("asked_at", "pk").values_list("client_id", "channel"))
    return {each: DeliveryChoice.Channel(latest.get(each, UNLESS_CHOSEN[kind])) for each in client_ids}
