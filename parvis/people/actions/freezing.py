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
from parvis.people.actions.locks import Roots, hold_roots
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
    roots = hold_roots(lambda: roots_of(link))
    end_letters(roots.clients)
    links.use(link)
    frozen = freeze_attached(roots, link=link) if attached_by(link) else freeze_all(roots, link=link)
    for each in frozen:
        tell_agency(each, link=link)
    return frozen


def attached_by(link: EmailLink) -> Client | None:
    """The one client whose attachment to a login the link objects to, if that is what it does."""
    return link.client if link.trigger == AccessFreeze.Trigger.ATTACHED else None


def roots_of(link: EmailLink) -> Roots:
    """Whom the link stops: a login with all its clients, a client without a login, or an attached client alone."""
    attached = attached_by(link)
    if attached is not None:
        clients = [attached.pk]
    else:
        clients = [link.activation.client_id] if link.activation else client_ids_of(link.user)
    user = login_of(clients) or link.user
    if attached is None:
        clients += client_ids_of(user)
    return Roots(clients=frozenset(clients), logins=frozenset([user.pk] if user else []))


def freeze_all(roots: Roots, *, link: EmailLink) -> list[AccessFreeze]:
    """Freeze the login with all its clients; a client without a login, alone."""
    clients, user = rows_of(roots)
    for client in clients:
        end_live(client)
    if user is not None:
        stop_login(user)
    subjects: Sequence[Client | None] = clients or [None]
    rows = [note(client=client, user=user, link=link) for client in subjects]
    return [row for row in rows if row is not None]


def freeze_attached(roots: Roots, *, link: EmailLink) -> list[AccessFreeze]:
    """Freeze one client, and take it off the login that it was attached to: the rest of that login goes on."""
    (client,), user = rows_of(roots)
    end_live(client)
    Grant.objects.filter(client=client, ended_at=None).update(ended_at=Now())
    row = note(client=client, user=user, link=link)
    return [row] if row else []


def rows_of(roots: Roots) -> tuple[list[Client], User | None]:
    """The clients, and the login if there is one."""
    clients = Client.objects.select_related("agency").filter(pk__in=roots.clients).order_by("pk")
    return list(clients), User.objects.select_related("agency").filter(pk__in=roots.logins).first()


def client_ids_of(user: User | None) -> list[int]:
    open_grants = Grant.objects.filter(user=user, ended_at=None) if user else Grant.objects.none()
    return list(open_grants.values_list("client_id", flat=True))


def login_of(client_ids: Collection[int]) -> User | None:
    grant = Grant.objects.select_related("user__agency").filter(client__in=client_ids, ended_at=None).first()
    return grant.user if grant else None


def end_letters(client_ids: Collection[int]) -> None:
    """No letter opens a first connection any more."""
    live = Letter.objects.filter(client__in=client_ids, ended_at=None)
    live.update(ended_at=Now(), ending=Letter.Ending.CANCELLED)


def stop_login(user: User) -> None:
    """Nobody is inside any more, no browser is known, nothing pending can be finished."""
    User.objects.filter(pk=user.pk).update(is_active=False)
    dead = (*links.OF_A_PROCESS, EmailLink.Purpose.CONFIRM_CHANGE, EmailLink.Purpose.CANCEL_CHANGE)
    links.supersede(EmailLink.objects.filter(user=user), purposes=dead)
    AddressChange.objects.pending().filter(user=user).update(ended_at=Now(), ending=AddressChange.Ending.FROZEN)
    end_sessions(user)
    end_steps(user)
    KnownBrowser.objects.filter(user=user).delete()


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
    user = login_held_by(rows)
    if user is not None:
        reopen_to(user)
    end_objections(rows)
    for row in rows:
        if row.trigger == AccessFreeze.Trigger.ATTACHED:
            attach_again(row)
    if user is not None:
        end_sessions(user)
        User.objects.filter(pk=user.pk).update(is_active=True)
        tell_login(user)
    lift(rows, outcome=AccessFreeze.Outcome.REOPENED, by=by)
    return rows


@transaction.atomic
def close(*, freeze_row: AccessFreeze, by: Author) -> list[AccessFreeze]:
    """« Fermer cet accès »: nothing of it opens ever again, and a new letter can be drawn; return what is lifted.

    The staff decide, and whoever runs the installation. Refuses (`AlreadyDecided`) a freeze that is over.
    """
    rows = case_of(freeze_row)
    FormerPassword.objects.filter(client__in=[row.client_id for row in rows]).delete()
    end_objections(rows)
    user = login_held_by(rows)
    if user is not None:
        close_login(user)
    lift(rows, outcome=AccessFreeze.Outcome.CLOSED, by=by)
    return rows


def case_of(freeze_row: AccessFreeze) -> list[AccessFreeze]:
    """The open freezes that are decided together, their clients and login held: nobody else decides them meanwhile."""
    hold_roots(lambda: roots_of_case(freeze_row))
    return decided_together(freeze_row)


def roots_of_case(freeze_row: AccessFreeze) -> Roots:
    """The clients and the login of the open freezes that are decided together."""
    rows = list(together_with(freeze_row))
    clients, logins = {row.client_id for row in rows if row.client_id}, {row.user_id for row in rows if row.user_id}
    return Roots(clients=frozenset(clients), logins=frozenset(logins))


def decided_together(freeze_row: AccessFreeze) -> list[AccessFreeze]:
    """The open freezes of one login, a row for each of its clients. Refuses (`AlreadyDecided`) one that is over."""
    found = list(together_with(freeze_row))
    if freeze_row.pk not in {row.pk for row in found}:
        raise AlreadyDecided
    return found


def together_with(freeze_row: AccessFreeze) -> QuerySet[AccessFreeze]:
    which = Q(pk=freeze_row.pk)
    if freeze_row.user_id is not None and freeze_row.trigger != AccessFreeze.Trigger.ATTACHED:
        which |= Q(user=freeze_row.user_id) & ~Q(trigger=AccessFreeze.Trigger.ATTACHED)
    rows = AccessFreeze.objects.open().select_related("client", "user__agency", "user__staffmember")
    return rows.filter(which).order_by("pk")


def end_objections(rows: Sequence[AccessFreeze]) -> None:
    """The other messages about the events that are decided object to nothing any more."""
    clients = [row.client_id for row in rows if row.client_id]
    users = [row.user_id for row in rows if row.user_id and row.trigger != AccessFreeze.Trigger.ATTACHED]
    about = Q(activation__client__in=clients) | Q(client__in=clients) | Q(user__in=users)
    links.supersede(EmailLink.objects.filter(about), purposes=[EmailLink.Purpose.NOT_ME])


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
    """End its grants and sessions, erase every secret, factor and address. Its roots are held, its posts too."""
    Grant.objects.filter(user=user, ended_at=None).update(ended_at=Now())
    end_sessions(user)
    for rows in (KnownBrowser, Passkey, Authenticator, RecoveryCode, SocialAccount):
        rows._default_manager.filter(user=user).delete()
    StaffMember.objects.filter(user=user).update(user=None)
    User.objects.filter(pk=user.pk).update(is_active=False, password="", email="", email_confirmed_at=None)


def lift(rows: Sequence[AccessFreeze], *, outcome: AccessFreeze.Outcome, by: Author) -> None:
    """Note the decision."""
    decided = AccessFreeze.objects.filter(pk__in=[row.pk for row in rows])
    decided.update(lifted_at=database_now(), lifted_by=":".join(filter(None, by)), outcome=outcome)
    verb = "access.reopened" if outcome == AccessFreeze.Outcome.REOPENED else "access.closed"
    for row in rows:
        record(agency_id=row.agency_id, verb=verb, actor=by, subject=subject_of(row))


def tell_login(user: User) -> None:
    if user.email:
        written = emails.access_reopened(user=user, at=database_now())
        queue_written(agency=user.agency, kind="access-reopened", to_address=user.email, written=written)
