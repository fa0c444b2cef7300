"""A second person of the household: invited by the holder, with their own login, revoked at any time."""

import datetime as dt
import functools
from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now

from parvis.journal.actions import record
from parvis.kit import throttle
from parvis.kit.clock import database_now
from parvis.kit.refusals import Refusal
from parvis.mail.actions import queue_written
from parvis.people import emails
from parvis.people.access import agencies_at, logins_at
from parvis.people.actions import objections
from parvis.people.actions.freezing import close_login
from parvis.people.actions.hold import check_not_held
from parvis.people.actions.locks import Roots, hold_clients, hold_logins, hold_posts, hold_roots
from parvis.people.actions.passwords import check_new_password
from parvis.people.actions.profile_changes import addresses_of, held_by_holder
from parvis.people.hashers import hash_secret
from parvis.people.models import AccessFreeze, Client, Grant, HouseholdAccess, SensitiveAction, StaffMember, User
from parvis.people.models.household import MOST_PERSONS
from parvis.people.rules import normalise_email, normalise_secret
from parvis.people.tokens import new_token, read_token, token_digest

INVITATION_LASTS = dt.timedelta(days=7)
INVITATIONS_A_DAY = throttle.Limit(name="household-invitation-day", allowed=5, seconds=24 * 3600)
Right = HouseholdAccess.Right
Ending = HouseholdAccess.Ending


class YourOwnAddress(Refusal):
    message = "C’est votre propre courriel. Donnez celui de la personne que vous invitez."


class AlreadyIn(Refusal):
    message = "Cette personne a déjà un accès."


class HouseholdFull(Refusal):
    message = "Cinq personnes au plus peuvent avoir un accès. Retirez-en un pour inviter quelqu’un d’autre."


class TooManyInvitations(Refusal):
    message = "Vous avez invité beaucoup de personnes aujourd’hui. Recommencez demain."


class InvitationOver(Refusal):
    message = "Cette invitation n’est plus valable. Demandez-en une autre à la personne qui vous invite."


class AddressHeld(Refusal):
    """The invited address opens a login already: that login joins, signed in, or another address is needed."""

    message = (
        "Cette adresse ouvre déjà un espace client. Connectez-vous avec cet accès, puis ouvrez le lien du message."
    )


# Inviting


def invite(*, client: Client, by: User, name: str, email: str, right: Right, host: str = "") -> HouseholdAccess:
    """Send a link, valid 7 days, to a person who will read the client's affairs with a login of their own.

    The holder alone invites, once their access is no longer on hold. A second invitation to the same address replaces
    the first. Refuses their own address, a sixth person, a sixth invitation in a day.
    """
    check_not_held(by, SensitiveAction.HOUSEHOLD)
    email = normalise_email(email)
    if email == by.email:
        raise YourOwnAddress
    end_orphans(client=client)
    return write_invitation(HouseholdAccess(client=client, given_by=by, name=name, email=email, right=right), host=host)


@transaction.atomic
def write_invitation(access: HouseholdAccess, *, host: str) -> HouseholdAccess:
    """Give it the first free place and a link, and send it."""
    by, now = access.given_by, database_now()
    row = held_by_holder(access.client, by=by)
    if throttle.admit(INVITATIONS_A_DAY, key=str(by.pk)):
        raise TooManyInvitations
    replace_invitation(row, email=access.email)
    token = new_token()
    access.agency, access.client, access.place = row.agency, row, free_place(row)
    access.token_hash, access.invited_at, access.expires_at = token_digest(token), now, now + INVITATION_LASTS
    access.save(force_insert=True)
    send_invitation(access, url=row.agency.link(f"/f/{token}", asked_host=host))
    journal("household.invited", access, actor=by)
    return access


def replace_invitation(client: Client, *, email: str) -> None:
    """End the one that waits at that address; whoever accepted is in already."""
    same = HouseholdAccess.objects.open().filter(client=client, email=email)
    if same.filter(user__isnull=False).exists():
        raise AlreadyIn
    end(same, ending=Ending.REPLACED)


def free_place(client: Client) -> int:
    """The first of the five places that nobody holds."""
    taken = set(HouseholdAccess.objects.open().filter(client=client).values_list("place", flat=True))
    free = [place for place in range(1, MOST_PERSONS + 1) if place not in taken]
    if not free:
        raise HouseholdFull
    return free[0]


def send_invitation(access: HouseholdAccess, *, url: str) -> None:
    """To the person, the link; to the holder's addresses, that somebody was invited."""
    agency, holder = access.agency, access.given_by
    queue_written(
        agency=agency,
        kind="household-invitation",
        to_address=access.email,
        written=emails.household_invitation(access=access, url=url),
        expires_at=access.expires_at,
    )
    for address in addresses_of(access.client, by=holder):
        not_me = objections.of_login(holder, trigger=AccessFreeze.Trigger.HOUSEHOLD, email=address)
        written = emails.household_invited(access=access, not_me_url=not_me)
        queue_written(agency=agency, kind="household-invited", to_address=address, written=written)


# Accepting


def invitation_of(typed: str) -> HouseholdAccess | None:
    """The invitation of that link, while it may be accepted. Changes nothing."""
    token = read_token(typed)
    waiting = HouseholdAccess.objects.lasting().filter(user=None, expires_at__gt=Now())
    rows = waiting.select_related("client__agency", "given_by", "agency")
    return rows.filter(token_hash=token_digest(token)).first() if token else None


def is_held(access: HouseholdAccess) -> bool:
    """Whether a login of this portal already has the address: a courriel signs in while one login holds it."""
    return logins_at(agencies_at(access.agency.host)).filter(email=access.email).exists()


def accept(*, access: HouseholdAccess, password: str, surroundings: Iterable[str] = ()) -> User:
    """Make the person's login with the password that they choose; the link has confirmed the address.

    Refuses a password against the rules, an invitation that is over, an address that opens a login already.
    """
    check_new_password(password, client=access.client, surroundings=[*surroundings, *access.name.split()])
    return open_login(access=access, password_hash=hash_secret(normalise_secret(password)))


@transaction.atomic
def open_login(*, access: HouseholdAccess, password_hash: str) -> User:
    row, now = waiting_row(access), database_now()
    if is_held(row):
        raise AddressHeld
    user: User = User.objects.create(
        agency_id=row.agency_id,
        email=row.email,
        email_confirmed_at=now,
        password=password_hash,
        password_changed_at=now,
    )
    seal(row, user=user, at=now)
    return user


@transaction.atomic
def join(*, access: HouseholdAccess, by: User) -> HouseholdAccess:
    """The person has a login with that very address: it reads the client from now on, beside what it does already.

    Refuses another login, the staff, the holder, and an invitation that is over.
    """
    row = waiting_row(access)
    if not is_theirs(row, user=by):
        raise AddressHeld
    seal(row, user=by, at=database_now())
    return row


def is_theirs(access: HouseholdAccess, *, user: User) -> bool:
    """Whether that login may join: it holds the address, and is neither the holder's nor of the staff."""
    is_addressed = user.email == access.email and user.agency_id == access.agency_id
    return is_addressed and user.pk != access.given_by_id and not StaffMember.objects.filter(user=user).exists()


def waiting_row(access: HouseholdAccess) -> HouseholdAccess:
    """The invitation as it is now, nobody else accepting or revoking it meanwhile."""
    hold_clients([access.client_id])
    waiting = HouseholdAccess.objects.lasting().filter(user=None, expires_at__gt=Now())
    row = waiting.select_related("client", "given_by", "agency").filter(pk=access.pk).first()
    if row is None:
        raise InvitationOver
    return row


def seal(row: HouseholdAccess, *, user: User, at: dt.datetime) -> None:
    """The person is in: the holder and the agency are told."""
    row.user, row.accepted_at = user, at
    row.save(update_fields=["user", "accepted_at"])
    agency = row.agency
    for address in addresses_of(row.client, by=row.given_by):
        not_me = objections.of_login(row.given_by, trigger=AccessFreeze.Trigger.HOUSEHOLD, email=address)
        written = emails.household_joined(access=row, not_me_url=not_me)
        queue_written(agency=agency, kind="household-joined", to_address=address, written=written)
    written = emails.household_joined_for_agency(access=row)
    queue_written(agency=agency, kind="household-joined-for-agency", to_address=agency.email, written=written)
    journal("household.joined", row, actor=user)


# Ending


@transaction.atomic
def revoke(*, access: HouseholdAccess, by: User) -> None:
    """« Retirer cet accès », by the holder, at any time: nothing of the client opens to that person any more."""
    if not Grant.objects.filter(client=access.client_id, user=by, ended_at=None).exists():
        raise InvitationOver
    stop(access, ending=Ending.REVOKED, by=by)


@transaction.atomic
def leave(*, access: HouseholdAccess, by: User) -> None:
    """« Quitter cet accès », by the person."""
    if access.user_id != by.pk:
        raise InvitationOver
    stop(access, ending=Ending.LEFT, by=by)


def stop(access: HouseholdAccess, *, ending: Ending, by: User) -> None:
    """End it once; tell the person, unless they left, and the agency."""
    logins = [access.user_id] if access.user_id else []
    hold_posts(logins)
    hold_clients([access.client_id])
    hold_logins(logins)
    if not end(HouseholdAccess.objects.open().filter(pk=access.pk), ending=ending):
        return
    if access.user_id and ending is Ending.REVOKED:
        written = emails.household_ended(access=access)
        queue_written(agency=access.agency, kind="household-ended", to_address=access.email, written=written)
    if access.user_id:
        written = emails.household_ended_for_agency(access=access)
        queue_written(
            agency=access.agency, kind="household-ended-for-agency", to_address=access.agency.email, written=written
        )
    journal(f"household.{ending.value}", access, actor=by)


def end(rows: QuerySet[HouseholdAccess], *, ending: Ending) -> int:
    """End these, their roots held; a login to which nothing is left closes. Return how many ended."""
    found = list(rows.values_list("pk", "user_id"))
    logins = [user_id for _, user_id in found if user_id]
    hold_grants(logins)
    HouseholdAccess.objects.filter(pk__in=[pk for pk, _ in found]).update(ended_at=Now(), ending=ending)
    close_idle(logins)
    return len(found)


def hold_grants(logins: Collection[int]) -> None:
    """What these logins hold besides, before their places in a household: closing one ends both."""
    list(Grant.objects.select_for_update(of=("self",)).filter(user__in=logins).order_by("pk").values_list("pk"))


def close_idle(logins: Collection[int]) -> None:
    """Close those of these logins that act for nobody any more, with every secret of theirs."""
    acting = Grant.objects.filter(user=OuterRef("pk"), ended_at=None)
    of_household = HouseholdAccess.objects.open().filter(user=OuterRef("pk"))
    idle = User.objects.filter(~Exists(acting), ~Exists(of_household), pk__in=logins)
    for user in idle.select_related("staffmember").order_by("pk"):
        if not user.is_staff:
            close_login(user)


@transaction.atomic
def end_orphans(*, client: Client | None = None) -> int:
    """End those whose giver no longer holds the client; they open nothing already. Return how many."""
    hold_roots(functools.partial(roots_of_orphans, client))
    return end(orphans_of(client), ending=Ending.HOLDER_GONE)


def orphans_of(client: Client | None) -> QuerySet[HouseholdAccess]:
    held = Grant.objects.filter(client=OuterRef("client"), user=OuterRef("given_by"), ended_at=None)
    orphans: QuerySet[HouseholdAccess] = HouseholdAccess.objects.open().exclude(Exists(held))
    return orphans.filter(client=client) if client else orphans


def roots_of_orphans(client: Client | None) -> Roots:
    rows = list(orphans_of(client).values_list("client_id", "user_id"))
    return Roots(
        clients=frozenset(client_id for client_id, _ in rows),
        logins=frozenset(user_id for _, user_id in rows if user_id),
    )


def journal(verb: str, access: HouseholdAccess, *, actor: User) -> None:
    record(
        agency_id=access.agency_id,
        verb=verb,
        actor=("user", actor.public_id),
        subject=("household-access", access.public_id),
    )
