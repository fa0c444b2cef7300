"""The courriel that the agency knows of a client: the one to which strangers' doings are told."""

import functools

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from parvis.journal.actions import record
from parvis.kit.clock import database_now
from parvis.kit.refusals import Refusal
from parvis.mail.actions import queue_written
from parvis.people import emails
from parvis.people.actions import objections
from parvis.people.actions.client_access import holder_of, roots_of
from parvis.people.actions.hold import begin_hold, check_not_held
from parvis.people.actions.locks import hold_roots
from parvis.people.models import AccessFreeze, Client, SensitiveAction, User
from parvis.people.rules import is_mailable, mask_email, normalise_email


class SameKnownEmail(Refusal):
    message = "C’est déjà l’adresse connue de l’agence."


class NotAnAddress(Refusal):
    message = "Nos messages ne peuvent pas aller à cette adresse\u00a0: vérifiez-la."


@transaction.atomic
def change(*, client: Client, email: str, by: User) -> Client:
    """Write another known address, or none; the former one is told at once, and may freeze the access.

    The staff may, once they know who asks. An access opened to an address that nobody knew waits 72 hours, and begins
    to wait when its own courriel is not the new one. Refuses the same address, one that no message reaches.
    """
    hold_roots(functools.partial(roots_of, client))
    row, user = Client.objects.select_related("agency").get(pk=client.pk), holder_of(client)
    wanted, former = normalise_email(email), row.known_email
    refuse_address(wanted, former=former)
    if user is not None:
        check_not_held(user, SensitiveAction.ADDRESS)
    row.known_email = wanted
    row.save(update_fields=["known_email"])
    if user is not None and user.email != wanted:
        begin_hold(user)
    tell(row, user=user, former=former)
    record(
        agency_id=row.agency_id,
        verb="client.known-email-changed",
        actor=("user", by.public_id),
        subject=("client", row.public_id),
        personal_detail={"email": mask_email(wanted) if wanted else ""},
    )
    return row


def refuse_address(wanted: str, *, former: str) -> None:
    if wanted == normalise_email(former):
        raise SameKnownEmail
    if not wanted:
        return
    try:
        validate_email(wanted)
    except ValidationError:
        raise NotAnAddress from None
    if not is_mailable(wanted):
        raise NotAnAddress


def tell(client: Client, *, user: User | None, former: str) -> None:
    """To the former address: what replaces it, and the link that freezes the access, where there is one."""
    if not former:
        return
    trigger = AccessFreeze.Trigger.PROFILE_CHANGED
    url = objections.of_login(user, trigger=trigger, email=former) if user else ""
    masked = mask_email(client.known_email) if client.known_email else ""
    written = emails.known_email_changed(client=client, masked=masked, at=database_now(), not_me_url=url)
    queue_written(agency=client.agency, kind="known-email-changed", to_address=former, written=written)
