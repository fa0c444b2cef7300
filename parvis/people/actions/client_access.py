"""What the staff do about the access of one client: open its door again, end it."""

import functools
from collections.abc import Collection

from django.db import transaction
from django.db.models.functions import Now

from parvis.journal.actions import record
from parvis.kit.clock import database_now
from parvis.kit.refusals import Refusal
from parvis.mail.actions import queue_written
from parvis.people import emails
from parvis.people.access_states import AccessKind, access_state
from parvis.people.actions.delivery import return_to_post
from parvis.people.actions.doors import reopen_for, reopen_to
from parvis.people.actions.first_connection import end_live
from parvis.people.actions.freezing import end_letters
from parvis.people.actions.household import close_idle
from parvis.people.actions.locks import Roots, hold_roots
from parvis.people.actions.sessions import end_sessions
from parvis.people.models import (
    AccessFreeze,
    Activation,
    Client,
    DeliveryChoice,
    FormerPassword,
    Grant,
    HouseholdAccess,
    Letter,
    User,
)


class NotLocked(Refusal):
    message = "Cet accès n’est pas bloqué."


class NothingToEnd(Refusal):
    message = "Ce client n’a ni accès, ni lettre, ni première connexion en cours."


class DecideTheFreeze(Refusal):
    message = "Cet accès est gelé\u00a0: décidez-en à la page «\u00a0Accès gelés\u00a0»."


class OfTheStaff(Refusal):
    message = "Cet accès est aussi celui d’un collaborateur de l’agence\u00a0: voyez avec un administrateur."


@transaction.atomic
def unlock(*, client: Client, by: User) -> None:
    """« Débloquer l’accès »: the failures at this client's identifiants and courriel are forgotten.

    The staff may, once they know who calls. Nothing else opens: the password stays the same. Refuses an access that is
    not locked, or is frozen.
    """
    if access_state(client).kind is not AccessKind.LOCKED:
        raise NotLocked
    user = holder_of(client)
    if user is not None:
        reopen_to(user)
    reopen_for(agency=client.agency, typed=[client.customer_reference])
    record(
        agency_id=client.agency_id,
        verb="access.unlocked",
        actor=("user", by.public_id),
        subject=("client", client.public_id),
    )


@transaction.atomic
def end_access(*, client: Client, by: User, kinds: Collection[DeliveryChoice.Kind]) -> None:
    """« Fermer l’accès »: nothing opens this client any more, until another letter; post takes over.

    The staff may. A login that acts for others goes on for them. `kinds` says which documents the client receives.
    Refuses a frozen access, that of somebody of the staff, and when there is nothing to end.
    """
    roots = hold_roots(functools.partial(roots_of, client))
    user = holder_of(client)
    refuse_to_end(client, user=user)
    end_letters([client.pk])
    FormerPassword.objects.filter(client=client).delete()
    end_live(client)
    Grant.objects.filter(client=client, ended_at=None).update(ended_at=Now())
    persons = HouseholdAccess.objects.open().filter(client=client)
    persons.update(ended_at=Now(), ending=HouseholdAccess.Ending.HOLDER_GONE)
    if user is not None:
        end_sessions(user)
    close_idle(roots.logins)
    if user is not None:
        tell(user, client=client)
        return_to_post(client=client, by=by, kinds=kinds, is_told=False)
    record(
        agency_id=client.agency_id,
        verb="access.ended",
        actor=("user", by.public_id),
        subject=("client", client.public_id),
    )


def refuse_to_end(client: Client, *, user: User | None) -> None:
    if AccessFreeze.objects.open().filter(client=client).exists():
        raise DecideTheFreeze
    if user is not None:
        if user.is_staff:
            raise OfTheStaff
        return
    ways = (Letter.objects.usable(), Activation.objects.live(), FormerPassword.objects.all())
    if not any(rows.filter(client=client).exists() for rows in ways):
        raise NothingToEnd


def holder_of(client: Client) -> User | None:
    """The login that acts for the client today."""
    grants = Grant.objects.filter(client=client, ended_at=None).select_related("user__agency", "user__staffmember")
    grant = grants.first()
    return grant.user if grant else None


def roots_of(client: Client) -> Roots:
    """The client, its login, and the logins of the persons of its household."""
    grants = Grant.objects.filter(client=client, ended_at=None).values_list("user_id", flat=True)
    persons = HouseholdAccess.objects.open().filter(client=client, user__isnull=False)
    return Roots(
        clients=frozenset([client.pk]), logins=frozenset([*grants, *persons.values_list("user_id", flat=True)])
    )


def tell(user: User, *, client: Client) -> None:
    if user.email:
        written = emails.access_ended_by_agency(client=client, at=database_now())
        queue_written(agency=client.agency, kind="access-ended-by-agency", to_address=user.email, written=written)
