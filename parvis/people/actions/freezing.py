"""« Ce n’est pas moi »: all that opens an access stops at once, and the agency decides."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from parvis.journal.actions import record
from parvis.kit.clock import database_now
from parvis.kit.refusals import Refusal
from parvis.mail.actions import queue_written
from parvis.people import emails
from parvis.people.actions import links
from parvis.people.actions.doors import reopen_to
from parvis.people.actions.first_connection import end_live
from parvis.people.actions.second_step import end_steps
from parvis.people.actions.sessions import end_sessions
from parvis.people.models import (
    AccessFreeze,
    AddressChange,
    Authenticator,
    Client,
    EmailLink,
    FormerPassword,
    Grant,
    KnownBrowser,
    Letter,
    Passkey,
    RecoveryCode,
    SocialAccount,
    StaffMember,
    User,
)
from parvis.people.rules import mask_email

Author = tuple[str, str]


class AlreadyDecided(Refusal):
    message = "Cet accès n’est plus gelé : la décision est déjà prise."


class HeldElsewhere(Refusal):
    """The attachment that was objected to cannot come back: the client has another access since."""

    message = "Ce client a un autre accès depuis : fermez ce gel au lieu de le rouvrir."


# Freezing


@transaction.atomic
def freeze(*, link: EmailLink) -> list[AccessFreeze]:
    """Stop all that opens the access that the link's message told of, and tell the agency; return what is frozen.

    Whoever holds the link may. Refuses (`LinkRefused`) a link that was used, settled or is too old.
    """
    links.use(link)
    if link.trigger == AccessFreeze.Trigger.ATTACHED and link.client is not None:
        frozen = freeze_attached(link.client, link=link)
    else:
        frozen = freeze_all(link=link)
    for each in frozen:
        tell_agency(each, link=link)
    return frozen


def freeze_all(*, link: EmailLink) -> list[AccessFreeze]:
    """Freeze the login with all its clients; a client without a login, alone."""
    named = [link.activation.client_id] if link.activation else client_ids_of(link.user)
    hold_clients(named)
    user = link.user or login_of(named)
    clients = hold_clients({*named, *client_ids_of(user)})
    if user is not None:
        stop_login(user)
    for client in clients:
        stop_client(client)
    subjects: Sequence[Client | None] = clients or [None]
    rows = [note(client=client, user=user, link=link) for client in subjects]
    return [row for row in rows if row is not None]


def freeze_attached(attached: Client, *, link: EmailLink) -> list[AccessFreeze]:
    """Freeze one client, and take it off the login that it was attached to: the rest of that login goes on."""
    (client,) = hold_clients([attached.pk])
    grant = Grant.objects.select_related("user").filter(client=client, ended_at=None).first()
    if grant is not None:
        Grant.objects.filter(pk=grant.pk).update(ended_at=Now())
    stop_client(client)
    row = note(client=client, user=grant.user if grant else link.user, link=link)
    return [row] if row else []


def client_ids_of(user: User | None) -> list[int]:
    open_grants = Grant.objects.filter(user=user, ended_at=None) if user else Grant.objects.none()
    return list(open_grants.values_list("client_id", flat=True))


def login_of(client_ids: Collection[int]) -> User | None:
    grant = Grant.objects.select_related("user__agency").filter(client__in=client_ids, ended_at=None).first()
    return grant.user if grant else None


def hold_clients(ids: Collection[int]) -> list[Client]:
    """The rows, nobody else starting, joining or freezing them meanwhile."""
    rows = Client.objects.select_for_update(of=("self",)).select_related("agency")
    return list(rows.filter(pk__in=ids).order_by("pk"))


def stop_client(client: Client) -> None:
    """No first connection goes on, no letter opens one."""
    end_live(client)
    Letter.objects.filter(client=client, ended_at=None).update(ended_at=Now(), ending=Letter.Ending.CANCELLED)


def stop_login(user: User) -> None:
    """Nobody is inside any more, no browser is known, nothing pending can be finished."""
    User.objects.filter(pk=user.pk).update(is_active=False)
    end_sessions(user)
    KnownBrowser.objects.filter(user=user).delete()
    end_steps(user)
    AddressChange.objects.pending().filter(user=user).update(ended_at=Now(), ending=AddressChange.Ending.FROZEN)
    dead = (*links.OF_A_PROCESS, EmailLink.Purpose.CONFIRM_CHANGE, EmailLink.Purpose.CANCEL_CHANGE)
    links.supersede(EmailLink.objects.filter(user=user), purposes=dead)


def note(*, client: Client | None, user: User | None, link: EmailLink) -> AccessFreeze | None:
    """Write the freeze down, unless it stands already."""
    alone = Q(client=None, user=user)
    if AccessFreeze.objects.open().filter(Q(client=client) if client else alone).exists():
        return None
    agency_id = client.agency_id if client else user.agency_id if user else 0
    row = AccessFreeze.objects.create(
        agency_id=agency_id, client=client, user=user, trigger=link.trigger, frozen_at=database_now()
    )
    record(
        agency_id=agency_id,
        verb="access.frozen",
        actor=("mailbox", ""),
        subject=subject_of(row),
        personal_detail={"email": mask_email(link.email)},
    )
    return row


def subject_of(freeze_row: AccessFreeze) -> tuple[str, str]:
    if freeze_row.client is not None:
        return ("client", freeze_row.client.public_id)
    return ("user", freeze_row.user.public_id if freeze_row.user else "")


def tell_agency(freeze_row: AccessFreeze, *, link: EmailLink) -> None:
    agency = freeze_row.agency
    written = emails.access_frozen(freeze_row=freeze_row, masked=mask_email(link.email))
    queue_written(agency=agency, kind="access-frozen", to_address=agency.email, written=written)


def waiting_for(link: EmailLink) -> QuerySet[AccessFreeze]:
    """The open freezes of whom the link is about."""
    about = Q(client=link.activation.client_id) if link.activation else Q(user=link.user_id)
    return AccessFreeze.objects.open().filter(about | Q(client__isnull=False, client=link.client_id))


# Deciding


@transaction.atomic
def reopen(*, freeze_row: AccessFreeze, by: Author) -> list[AccessFreeze]:
    """« Rouvrir l’accès », a false alarm: the login opens again, every session stays closed; return what is lifted.

    The staff decide, and whoever runs the installation. Refuses (`AlreadyDecided`) a freeze that is over.
    """
    rows = case_of(freeze_row)
    for row in rows:
        if row.trigger == AccessFreeze.Trigger.ATTACHED:
            attach_again(row)
    user = login_held_by(rows)
    if user is not None:
        end_sessions(user)
        User.objects.filter(pk=user.pk).update(is_active=True)
        reopen_to(user)
        tell_login(user)
    lift(rows, outcome=AccessFreeze.Outcome.REOPENED, by=by)
    return rows


@transaction.atomic
def close(*, freeze_row: AccessFreeze, by: Author) -> list[AccessFreeze]:
    """« Fermer cet accès »: nothing of it opens ever again, and a new letter can be drawn; return what is lifted.

    The staff decide, and whoever runs the installation. Refuses (`AlreadyDecided`) a freeze that is over.
    """
    rows = case_of(freeze_row)
    user = login_held_by(rows)
    if user is not None:
        close_login(user)
    FormerPassword.objects.filter(client__in=[row.client_id for row in rows]).delete()
    lift(rows, outcome=AccessFreeze.Outcome.CLOSED, by=by)
    return rows


def case_of(freeze_row: AccessFreeze) -> list[AccessFreeze]:
    """The open freezes that are decided together, nobody else deciding them meanwhile."""
    return sound(freeze_row, among=together_with(freeze_row).select_for_update(of=("self",)))


def decided_together(freeze_row: AccessFreeze) -> list[AccessFreeze]:
    """The open freezes of one login, a row for each of its clients. Refuses (`AlreadyDecided`) one that is over."""
    return sound(freeze_row, among=together_with(freeze_row))


def sound(freeze_row: AccessFreeze, *, among: QuerySet[AccessFreeze]) -> list[AccessFreeze]:
    found = list(among)
    if freeze_row.pk not in {row.pk for row in found}:
        raise AlreadyDecided
    return found


def together_with(freeze_row: AccessFreeze) -> QuerySet[AccessFreeze]:
    which = Q(pk=freeze_row.pk)
    if freeze_row.user_id is not None and freeze_row.trigger != AccessFreeze.Trigger.ATTACHED:
        which |= Q(user=freeze_row.user_id) & ~Q(trigger=AccessFreeze.Trigger.ATTACHED)
    rows = AccessFreeze.objects.open().select_related("client", "user__agency", "user__staffmember")
    return rows.filter(which).order_by("pk")


def login_held_by(rows: Sequence[AccessFreeze]) -> User | None:
    """The login that the freeze closed. An attachment was ended, the login that held it was not."""
    closed = [row.user for row in rows if row.trigger != AccessFreeze.Trigger.ATTACHED and row.user is not None]
    return closed[0] if closed else None


def attach_again(row: AccessFreeze) -> None:
    if row.user is None or row.client is None:
        return
    if not row.user.is_active or Grant.objects.filter(client=row.client, ended_at=None).exists():
        raise HeldElsewhere
    Grant.objects.create(user=row.user, client=row.client)


def close_login(user: User) -> None:
    """End its grants and erase every secret, factor and address; its sessions ended with the freeze."""
    end_sessions(user)
    Grant.objects.filter(user=user, ended_at=None).update(ended_at=Now())
    for rows in (Passkey, Authenticator, RecoveryCode, KnownBrowser, SocialAccount):
        rows._default_manager.filter(user=user).delete()
    StaffMember.objects.filter(user=user).update(user=None)
    User.objects.filter(pk=user.pk).update(is_active=False, password="", email="", email_confirmed_at=None)


def lift(rows: Sequence[AccessFreeze], *, outcome: AccessFreeze.Outcome, by: Author) -> None:
    """Note the decision; the other messages about the same events object to nothing any more."""
    now = database_now()
    ids, clients = [row.pk for row in rows], [row.client_id for row in rows if row.client_id]
    users = [row.user_id for row in rows if row.user_id and row.trigger != AccessFreeze.Trigger.ATTACHED]
    author = ":".join(filter(None, by))
    AccessFreeze.objects.filter(pk__in=ids).update(lifted_at=now, lifted_by=author, outcome=outcome)
    about = Q(activation__client__in=clients) | Q(client__in=clients) | Q(user__in=users)
    links.supersede(EmailLink.objects.filter(about), purposes=[EmailLink.Purpose.NOT_ME])
    verb = "access.reopened" if outcome == AccessFreeze.Outcome.REOPENED else "access.closed"
    for row in rows:
        record(agency_id=row.agency_id, verb=verb, actor=by, subject=subject_of(row))


def tell_login(user: User) -> None:
    if user.email:
        written = emails.access_reopened(user=user, at=database_now())
        queue_written(agency=user.agency, kind="access-reopened", to_address=user.email, written=written)
