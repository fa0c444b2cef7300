"""The end of the first connection: the login exists, its client is joined to it, every address is told."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from parvis.journal.actions import record
from parvis.kit.clock import database_now
from parvis.mail.actions import queue_written
from parvis.people import emails
from parvis.people.actions import objections
from parvis.people.actions.first_connection import StepLost, locked
from parvis.people.actions.hold import begin_hold
from parvis.people.actions.notices import queue_notice
from parvis.people.actions.passwords import check_new_password
from parvis.people.hashers import hash_secret
from parvis.people.models import (
    AccessFreeze,
    Activation,
    Client,
    FormerPassword,
    Grant,
    Letter,
    LetterBatch,
    PaperNotice,
    SocialAccount,
    User,
)
from parvis.people.rules import mask_email, normalise_secret


def open_with_new_password(*, activation: Activation, password: str, surroundings: Iterable[str] = ()) -> User:
    """Make the login with the password that the client chooses in place of the provisional one.

    Refuses a password against the rules, and a start that is not at this step any more.
    """
    check_new_password(password, client=activation.client, surroundings=surroundings)
    return open_access(activation=activation, password_hash=hash_secret(normalise_secret(password)))


def open_with_own_password(*, activation: Activation) -> User:
    """Make the login with the password of the former portal, which the client already chose themselves."""
    if activation.is_provisional:
        raise StepLost
    return open_access(activation=activation, password_hash=activation.own_password_hash)


@transaction.atomic
def open_access(*, activation: Activation, password_hash: str) -> User:
    """Make the login, join the client, end the letter and the former password, tell the addresses."""
    row = locked(activation)
    if row.state != Activation.State.CONFIRMED or Grant.objects.filter(client=row.client, ended_at=None).exists():
        raise StepLost
    now = database_now()
    user: User = User.objects.create(
        agency_id=row.agency_id,
        email=row.email,
        email_confirmed_at=row.confirmed_at,
        password=password_hash,
        password_changed_at=now,
    )
    Grant.objects.create(user=user, client=row.client)
    if row.client.known_email.lower() != row.email:
        begin_hold(user)
    link_social_account(row, user=user)
    end_secrets_of(row.client)
    row.state, row.ended_at, row.own_password_hash = Activation.State.FINISHED, now, ""
    row.save(update_fields=["state", "ended_at", "own_password_hash"])
    tell_addresses(row)
    record(
        agency_id=row.agency_id,
        verb="access.opened",
        actor=("client", row.client.public_id),
        subject=("user", user.public_id),
    )
    return user


def link_social_account(row: Activation, *, user: User) -> None:
    """Link the account taken on the way, unless another login linked it meanwhile: the courriel is enough."""
    if row.social_subject:
        account = SocialAccount(
            agency_id=row.agency_id,
            user=user,
            provider=row.social_provider,
            issuer=row.social_issuer,
            subject=row.social_subject,
            linked_at=database_now(),
        )
        SocialAccount.objects.bulk_create([account], ignore_conflicts=True)


def end_secrets_of(client: Client) -> None:
    """The code and the former password open nothing any more."""
    live = Letter.objects.filter(client=client, ended_at=None)
    batches = list(live.exclude(batch=None).values_list("batch_id", flat=True))
    live.update(ended_at=database_now(), ending=Letter.Ending.ACTIVATED)
    LetterBatch.objects.filter(pk__in=batches).update(activated=F("activated") + 1)
    FormerPassword.objects.filter(client=client).delete()


def tell_addresses(row: Activation) -> None:
    """Tell the confirmed address, and the known one, which may object; the agency and the post, when none was known."""
    client, masked, at = row.client, mask_email(row.email), database_now()
    known = client.known_email.lower()
    for address in dict.fromkeys(filter(None, (row.email, known))):
        trigger = AccessFreeze.Trigger.ACCESS_OPENED
        url = objections.of_start(row, trigger=trigger, email=known) if address == known else ""
        written = emails.access_opened(client=client, masked=masked, at=at, not_me_url=url)
        queue_written(agency=client.agency, kind="access-opened", to_address=address, written=written)
    if not known:
        queue_notice(client=client, subject=PaperNotice.Subject.ACCESS_OPENED, masked=masked, at=at)
        written = emails.access_opened_without_known_address(client=client, masked=masked, at=at)
        queue_written(
            agency=client.agency, kind="access-opened-for-agency", to_address=client.agency.email, written=written
        )
