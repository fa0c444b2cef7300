"""« Recevoir par courriel ou par courrier »: each choice is a line more in a dated log."""

from collections.abc import Collection, Mapping

from django.db import transaction

from parvis.journal.actions import record
from parvis.kit.clock import database_now
from parvis.kit.days import paris_day
from parvis.mail.actions import queue_written
from parvis.people import emails
from parvis.people.actions.profile_changes import addresses_of, count_change, held_by_holder
from parvis.people.delivery import UNLESS_CHOSEN
from parvis.people.models import Client, DeliveryChoice, User
from parvis.people.profile_rules import post_effective_on

Kind = DeliveryChoice.Kind
Channel = DeliveryChoice.Channel


@transaction.atomic
def choose_all(*, client: Client, by: User, wanted: Mapping[Kind, Channel]) -> list[DeliveryChoice]:
    """Note each choice that differs from the last, received today; the client is told from when it counts.

    The holder alone chooses, and needs no reason (loi 65-557, art. 42-1; loi 89-462, art. 21). Refuses an eleventh
    change in a day.
    """
    row = held_by_holder(client, by=by)
    count_change(by)
    made = [note(client=row, by=by, kind=kind, channel=channel) for kind, channel in wanted.items()]
    return [choice for choice in made if choice is not None]


def note(*, client: Client, by: User, kind: Kind, channel: Channel, is_told: bool = True) -> DeliveryChoice | None:
    """One choice, for a client whose row is held; None when it was chosen already."""
    last = DeliveryChoice.objects.filter(client=client, kind=kind).latest_first().first()
    if (Channel(last.channel) if last else UNLESS_CHOSEN[kind]) is channel:
        return None
    now = database_now()
    today = paris_day(now)
    returns_to_post = channel is Channel.POST and kind is not Kind.RECEIPTS
    made: DeliveryChoice = DeliveryChoice.objects.create(
        agency=client.agency,
        client=client,
        asked_by=by,
        asked_at=now,
        received_on=today,
        effective_on=post_effective_on(today) if returns_to_post else today,
        kind=kind,
        channel=channel,
    )
    for address in addresses_of(client, by=by) if is_told else ():
        written = emails.delivery_chosen(choice=made)
        queue_written(agency=client.agency, kind="delivery-chosen", to_address=address, written=written)
    record(
        agency_id=client.agency_id,
        verb=f"delivery.{channel}-chosen",
        actor=("user", by.public_id),
        subject=("delivery-choice", made.public_id),
    )
    return made


def return_to_post(*, client: Client, by: User, kinds: Collection[Kind], is_told: bool = True) -> None:
    """All that went by courriel goes by post again, for a client whose row is held; told unless something else says."""
    for kind in kinds:
        note(client=client, by=by, kind=kind, channel=Channel.POST, is_told=is_told)
