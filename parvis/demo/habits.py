"""What Mon profil shows of the active clients: who consulted them, how they receive documents. Invented."""

import datetime as dt

from django.db import transaction

from parvis.agencies.models import Agency
from parvis.kit.days import paris_day
from parvis.people.actions import reads
from parvis.people.models import DeliveryChoice, Grant, StaffMember
from parvis.people.profile_rules import post_effective_on

CHOSEN_AGO = dt.timedelta(days=40)


@transaction.atomic
def take_habits(agency: Agency, *, now: dt.datetime) -> None:
    """Somebody of the agency opened their messages; each third client asked for convocations by post, a while ago."""
    reader = StaffMember.objects.filter(agency=agency, user__isnull=False, left_on=None).order_by("pk").first()
    grants = list(Grant.objects.filter(client__agency=agency, ended_at=None).order_by("pk"))
    if reader is None or reader.user is None or DeliveryChoice.objects.filter(agency=agency).exists():
        return
    reads.by_staff(reader=reader.user, client_ids=[grant.client_id for grant in grants], part="Messages")
    DeliveryChoice.objects.bulk_create(chosen(grant, agency=agency, at=now - CHOSEN_AGO) for grant in grants[::3])


def chosen(grant: Grant, *, agency: Agency, at: dt.datetime) -> DeliveryChoice:
    day = paris_day(at)
    return DeliveryChoice(
        agency=agency,
        client_id=grant.client_id,
        asked_by_id=grant.user_id,
        asked_at=at,
        received_on=day,
        effective_on=post_effective_on(day),
        kind=DeliveryChoice.Kind.MEETINGS,
        channel=DeliveryChoice.Channel.POST,
    )
