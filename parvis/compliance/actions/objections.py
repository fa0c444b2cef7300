"""Opposing, or no longer opposing, one's courriel in the list of co-owners."""

from django.db import transaction
from django.utils import timezone

from parvis.compliance.models import ListingObjection
from parvis.journal import actions as journal
from parvis.people.models import Client


@transaction.atomic
def object_to_listing(*, client: Client, is_opposed: bool) -> None:
    """Note whether the client opposes it; saying it twice is saying it once."""
    current = ListingObjection.objects.current().filter(client=client)
    if is_opposed == current.exists():
        return
    now = timezone.now()
    if is_opposed:
        opposed = ListingObjection(agency=client.agency, client=client, objected_at=now)
        ListingObjection.objects.bulk_create([opposed], ignore_conflicts=True)
    else:
        current.update(ended_at=now)
    journal.record(
        agency_id=client.agency_id,
        verb="object_to_listing" if is_opposed else "accept_listing",
        actor=("client", client.public_id),
        subject=("client", client.public_id),
    )
