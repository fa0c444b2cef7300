"""« Rattacher un autre identifiant »: one login for several clients; « Détacher », its reverse.

Proving the other identifiant is a door like those of the entrance: the same secrets, counters, time and words.
"""

import dataclasses
import functools

from django.db import transaction
from django.db.models.functions import Now

from parvis.journal.actions import record
from parvis.kit.clock import database_now
from parvis.kit.refusals import Refusal
from parvis.mail.actions import queue_written
from parvis.people import access, emails
from parvis.people.actions import objections, sign_in
from parvis.people.actions.browsers import Visit, known_browser
from parvis.people.actions.first_connection import end_live
from parvis.people.actions.freezing import close_login
from parvis.people.actions.hold import begin_hold
from parvis.people.actions.locks import hold_clients, hold_login, hold_logins, hold_posts
from parvis.people.actions.notices import queue_notice
from parvis.people.actions.opening import end_secrets_of
from parvis.people.actions.sign_in import Attempt, Match, Typed, WrongSecret
from parvis.people.models import AccessFreeze, Client, Grant, HouseholdAccess, PaperNotice, User
from parvis.people.rules import mask_email


class AlreadyYours(Refusal):
    message = "Cet identifiant est déjà rattaché à votre accès."


class BrowserUnknown(Refusal):
    """A password alone never opens that identifiant from a browser it does not know: nor does it join it to another."""

    message = "Connectez-vous d’abord une fois avec cet identifiant sur cet appareil, puis recommencez ici."


class OfTheStaff(Refusal):
    message = "Cet identifiant est celui d’un collaborateur de l’agence : il ne peut pas être rattaché ici."


class LastIdentifier(Refusal):
    message = "C’est votre seul identifiant : il ne peut pas être détaché."


# Attaching


def attach(*, user: User, typed: Typed, visit: Visit) -> Client:
    """Join the client of that identifiant to the signed-in login, whose holder knows its secret.

    The secret is the identifiant's own password (in a browser that it knows), that of the former portal or the code
    of its letter. Its former login, if any, closes when nothing is left to it. Refuses as every door does, and what is
    attached already.
    """
    return sign_in.pass_door(typed=typed, opening=functools.partial(join, user=user, visit=visit))


@transaction.atomic
def join(holder: access.Holder, match: Match, attempt: Attempt, *, user: User, visit: Visit) -> Client:
    """A courriel is no identifiant, another agency's client nobody: both are refused as a wrong secret."""
    if holder.client is None or holder.client.agency_id != user.agency_id:
        raise WrongSecret
    client = held(holder, user=user)
    if holder.user is not None:
        check_second_step(holder.user, visit=visit)
    if match is Match.CODE and holder.letter is not None:
        sign_in.use_code(holder, letter=holder.letter, attempt=attempt)
    end_secrets_of(client)
    end_live(client)
    former = leave_former_login(client)
    Grant.objects.create(user=user, client=client)
    if match is not Match.OWN:
        begin_hold(user)
    tell_attached(client, user=user, former_email=former.email if former else "")
    if former is not None and former.is_closed:
        record(agency_id=client.agency_id, verb="access.closed", subject=("user", former.public_id))
    journal("identifier.attached", user=user, client=client)
    return client


def held(holder: access.Holder, *, user: User) -> Client:
    """The client, nobody else freezing or joining it meanwhile; refused when what was proven is no longer so."""
    held_then = holder.user.pk if holder.user else None
    logins = {user.pk, held_then or user.pk}
    hold_posts(logins)
    (client,) = hold_clients([holder.client.pk if holder.client else 0])
    mine = {row.pk: row for row in hold_logins(logins)}[user.pk]
    grant = Grant.objects.filter(client=client, ended_at=None).first()
    holds = grant.user_id if grant else None
    if not mine.is_active or holds != held_then or AccessFreeze.objects.open().filter(client=client).exists():
        raise WrongSecret
    if grant is not None and grant.user_id == user.pk:
        raise AlreadyYours
    return client


def check_second_step(former: User, *, visit: Visit) -> None:
    """Refuse a password that would not open its own login here without a second step."""
    if former.is_staff:
        raise OfTheStaff
    if known_browser(former, visit=visit) is None:
        raise BrowserUnknown


@dataclasses.dataclass(frozen=True, kw_only=True)
class FormerLogin:
    """The login that the client leaves: its courriel until then, and whether nothing was left to it."""

    public_id: str
    email: str
    is_closed: bool


def leave_former_login(client: Client) -> FormerLogin | None:
    """End the client's grant; close the login that acts for nobody any more."""
    grant = Grant.objects.select_related("user__staffmember").filter(client=client, ended_at=None).first()
    if grant is None:
        return None
    Grant.objects.filter(pk=grant.pk).update(ended_at=Now())
    user = grant.user
    is_closed = not user.is_staff and not acts_still(user)
    if is_closed:
        close_login(user)
    return FormerLogin(public_id=user.public_id, email=user.email, is_closed=is_closed)


def acts_still(user: User) -> bool:
    """Whether another client, or a household, is left to the login."""
    is_holder = Grant.objects.filter(user=user, ended_at=None).exists()
    return is_holder or HouseholdAccess.objects.open().filter(user=user).exists()


def tell_attached(client: Client, *, user: User, former_email: str) -> None:
    """Tell the known address and that of the former login, which may object; else the agency, and by post."""
    at, agency = database_now(), client.agency
    addresses = dict.fromkeys(filter(None, (client.known_email.lower(), former_email)))
    for address in addresses:
        url = objections.of_login(user, trigger=AccessFreeze.Trigger.ATTACHED, email=address, client=client)
        written = emails.identifier_attached(client=client, masked=mask_email(user.email), at=at, not_me_url=url)
        queue_written(agency=agency, kind="identifier-attached", to_address=address, written=written)
    if not addresses:
        masked = mask_email(user.email)
        written = emails.identifier_attached_without_known_address(client=client, masked=masked, at=at)
        queue_written(agency=agency, kind="identifier-attached-for-agency", to_address=agency.email, written=written)
        queue_notice(client=client, subject=PaperNotice.Subject.ATTACHED, masked=masked, at=at)


# Detaching


@transaction.atomic
def detach(*, user: User, client: Client) -> None:
    """Take a client off the login: it has no access until another letter. Refuses the last one of the login."""
    hold_clients([client.pk])
    hold_login(user)
    mine = Grant.objects.filter(user=user, ended_at=None)
    if not mine.exclude(client=client).exists():
        raise LastIdentifier
    if not mine.filter(client=client).update(ended_at=Now()):
        return
    tell_detached(client, user=user)
    journal("identifier.detached", user=user, client=client)


def tell_detached(client: Client, *, user: User) -> None:
    at = database_now()
    for address in dict.fromkeys(filter(None, (user.email, client.known_email.lower()))):
        written = emails.identifier_detached(client=client, at=at)
        queue_written(agency=client.agency, kind="identifier-detached", to_address=address, written=written)


def journal(verb: str, *, user: User, client: Client) -> None:
    record(agency_id=client.agency_id, verb=verb, actor=("user", user.public_id), subject=("client", client.public_id))
