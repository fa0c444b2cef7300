"""« Fermer mon accès en ligne »: the holder leaves the portal; the agency's records and its post go on."""

import functools
from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models.functions import Now

from parvis.journal.actions import record
from parvis.kit.clock import database_now
from parvis.kit.days import paris_day
from parvis.kit.refusals import Refusal
from parvis.mail.actions import queue_written
from parvis.people import emails
from parvis.people.actions.delivery import return_to_post
from parvis.people.actions.freezing import close_login
from parvis.people.actions.household import close_idle
from parvis.people.actions.locks import Roots, hold_roots
from parvis.people.models import Client, DeliveryChoice, Grant, HouseholdAccess, ProfileChange, User

Kinds = Mapping[int, Collection[DeliveryChoice.Kind]]


class OfTheAgency(Refusal):
    message = "Votre accès est aussi celui d’un collaborateur de l’agence : demandez-lui de le fermer."


@transaction.atomic
def close_own_access(*, user: User, kinds: Kinds) -> None:
    """End the login: its clients have no access until another letter, its household neither; post takes over.

    Its holder alone, freshly proven. `kinds` says which documents each client receives. What the law has the agency
    keep stays. Refuses a login of the staff.
    """
    if user.is_staff:
        raise OfTheAgency
    roots = hold_roots(functools.partial(roots_of, user))
    row = User.objects.select_related("agency").get(pk=user.pk)
    clients = list(Client.objects.select_related("agency").filter(pk__in=roots.clients).order_by("pk"))
    end_household(row, clients=clients)
    close_login(row)
    close_idle(roots.logins)
    tell(row, clients=clients)
    for client in clients:
        note_end(client, by=row)
        return_to_post(client=client, by=row, kinds=kinds.get(client.pk, ()))
    record(agency_id=row.agency_id, verb="access.closed-by-holder", actor=("user", row.public_id))


def roots_of(user: User) -> Roots:
    """The clients of the login, it and the logins of those persons' household."""
    clients = frozenset(Grant.objects.filter(user=user, ended_at=None).values_list("client_id", flat=True))
    persons = HouseholdAccess.objects.open().filter(client__in=clients, user__isnull=False)
    return Roots(clients=clients, logins=frozenset({user.pk, *persons.values_list("user_id", flat=True)}))


def end_household(user: User, *, clients: list[Client]) -> None:
    """Nobody reads these clients through this login any more, and it reads nobody's."""
    Grant.objects.filter(user=user, ended_at=None).update(ended_at=Now())
    given = HouseholdAccess.objects.open().filter(client__in=clients)
    given.update(ended_at=Now(), ending=HouseholdAccess.Ending.HOLDER_GONE)
    held = HouseholdAccess.objects.open().filter(user=user)
    held.update(ended_at=Now(), ending=HouseholdAccess.Ending.LEFT)


def tell(user: User, *, clients: list[Client]) -> None:
    """To the courriel that was just erased, and to the agency."""
    at, agency = database_now(), user.agency
    if user.email and clients:
        written = emails.own_access_closed(client=clients[0], at=at)
        queue_written(agency=agency, kind="own-access-closed", to_address=user.email, written=written)
    if clients:
        references = [client.customer_reference for client in clients]
        written = emails.access_closed_for_agency(agency=agency, references=references, at=at)
        queue_written(agency=agency, kind="access-closed-for-agency", to_address=agency.email, written=written)


def note_end(client: Client, *, by: User) -> None:
    now = database_now()
    ProfileChange.objects.create(
        agency=client.agency,
        client=client,
        asked_by=by,
        asked_at=now,
        effective_on=paris_day(now),
        subject=ProfileChange.Subject.ACCESS_CLOSED,
    )
