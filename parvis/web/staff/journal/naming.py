"""Who did it and to what, in words: the journal itself holds ids alone."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from django.db.models import F, Q

from parvis.interventions.access import cases_of_agency
from parvis.journal.models import Record
from parvis.people.access import colleagues
from parvis.people.models import Viewer
from parvis.people.rules import normalise_reference
from parvis.property.access import buildings_in_scope, clients_in_scope

FOUND = 50
LOGIN = "grants__user__public_id"
Names = dict[tuple[str, str], str]
LookUp = Callable[[Viewer, set[str]], Mapping[str, str]]


def names_of(records: Iterable[Record], *, viewer: Viewer) -> Names:
    """(kind, id) → name, for every actor and object of these facts that is still there."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for record in records:
        wanted[record.actor_kind].add(record.actor_id)
        wanted[record.object_kind].add(record.object_id)
    found = ((kind, look(viewer, wanted[kind])) for kind, look in NAMED_BY.items() if wanted[kind])
    return {(kind, public_id): name for kind, names in found for public_id, name in names.items()}


def name_users(viewer: Viewer, ids: set[str]) -> Mapping[str, str]:
    """The member of the staff, else the client, who holds each login."""
    clients = clients_in_scope(viewer).filter(grants__user__public_id__in=ids).annotate(login=F(LOGIN))
    names = {client.login: client.full_name for client in clients.order_by("grants__pk")}
    staff = colleagues(viewer).filter(user__public_id__in=ids).select_related("user")
    return names | {member.user.public_id: str(member) for member in staff if member.user is not None}


def name_staff(viewer: Viewer, ids: set[str]) -> Mapping[str, str]:
    return {member.public_id: str(member) for member in colleagues(viewer).filter(public_id__in=ids)}


def name_clients(viewer: Viewer, ids: set[str]) -> Mapping[str, str]:
    clients = clients_in_scope(viewer).filter(public_id__in=ids)
    return {client.public_id: f"{client.full_name}, {client.customer_reference}" for client in clients}


def name_buildings(viewer: Viewer, ids: set[str]) -> Mapping[str, str]:
    return dict(buildings_in_scope(viewer).filter(public_id__in=ids).values_list("public_id", "name"))


def name_cases(viewer: Viewer, ids: set[str]) -> Mapping[str, str]:
    cases = cases_of_agency(viewer).filter(public_id__in=ids)
    return {case.public_id: f"{case.number}, {case.title}" for case in cases}


NAMED_BY: dict[str, LookUp] = {
    "user": name_users,
    "staff": name_staff,
    "client": name_clients,
    "building": name_buildings,
    "intervention": name_cases,
}


def authors_like(viewer: Viewer, typed: str) -> set[str]:
    """The ids that stand for the people of that name or identifiant: their login, themselves."""
    staff = colleagues(viewer).filter(Q(last_name__icontains=typed) | Q(first_name__icontains=typed))
    rows = staff.order_by("pk").values_list("public_id", "user__public_id")[:FOUND]
    clients = clients_like(viewer, typed)
    logins = clients_in_scope(viewer).filter(public_id__in=clients, grants__isnull=False).values_list(LOGIN, flat=True)
    return {public_id for row in rows for public_id in row if public_id} | set(logins) | clients


def objects_like(viewer: Viewer, typed: str) -> set[str]:
    """The ids of what is named so: a client, a building, a case, a member of the staff."""
    buildings = buildings_in_scope(viewer).filter(Q(name__icontains=typed) | Q(reference=typed))
    cases = cases_of_agency(viewer).filter(number=typed)
    ids = [rows.order_by("pk").values_list("public_id", flat=True)[:FOUND] for rows in (buildings, cases)]
    return {public_id for found in ids for public_id in found} | authors_like(viewer, typed)


def clients_like(viewer: Viewer, typed: str) -> set[str]:
    named = Q(reference_key=normalise_reference(typed)) | Q(last_name__iexact=typed) | Q(company_name__iexact=typed)
    return set(clients_in_scope(viewer).filter(named).order_by("pk").values_list("public_id", flat=True)[:FOUND])
