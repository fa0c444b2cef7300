"""The words by which clients are found, kept as the data change; what the staff change of a client."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from django.db import transaction

from parvis.agencies.models import Agency
from parvis.journal.actions import record
from parvis.kit.clock import database_now
from parvis.kit.days import paris_day
from parvis.kit.words import words_of
from parvis.people.actions import client_access, known_email
from parvis.people.models import Client, DeliveryChoice, Grant, StaffMember, User
from parvis.property.client_terms import LONGEST_NAMES, lot_word, phone_digits, spaced, words_of_email
from parvis.property.models import (
    Building,
    BuildingAssignment,
    ClientWords,
    Holding,
    Ownership,
    Tenancy,
    on_day,
)

AT_ONCE = 2_000
DAY = dt.timedelta(days=1)
OWN = (
    *("pk", "agency_id", "last_name", "company_name", "first_name", "customer_reference", "reference_key"),
    *("mobile_phone", "landline_phone", "known_email"),
)
OWNER_KINDS = (DeliveryChoice.Kind.CALLS, DeliveryChoice.Kind.MEETINGS)
TENANT_KINDS = (DeliveryChoice.Kind.RECEIPTS,)
Words = dict[int, list[str]]


def index_agency(*, agency: Agency) -> int:
    """Write the words of every client of the agency that changed; return how many. After each import."""
    ids = list(Client.objects.of_agency(agency).order_by("pk").values_list("pk", flat=True))
    return sum(index_clients(clients=ids[start : start + AT_ONCE]) for start in range(0, len(ids), AT_ONCE))


@transaction.atomic
def index_clients(*, clients: Sequence[int]) -> int:
    """The same for these clients, by `pk`; what did not change is not written."""
    rows = ClientWords.objects.filter(client__in=clients)
    held = {client_id: kept for client_id, *kept in rows.values_list("client_id", "names", "words")}
    changed = [row for row in rows_of(clients) if held.get(row.client_id) != [row.names, row.words]]
    ClientWords.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["client"], update_fields=["agency", "names", "words"]
    )
    return len(changed)


def rows_of(client_ids: Sequence[int]) -> Iterator[ClientWords]:
    """What should be kept of these clients."""
    logins, places = words_of_logins(client_ids), words_of_places(client_ids)
    for row in Client.objects.filter(pk__in=client_ids).values_list(*OWN):
        pk, agency_id, last_name, company_name, first_name, reference, key, mobile, landline, email = row
        names = words_of(f"{last_name} {company_name} {first_name}")
        own = [*names, *words_of(reference), key, phone_digits(mobile), phone_digits(landline)]
        own += [*words_of_email(email), *logins.get(pk, ()), *places.get(pk, ())]
        yield ClientWords(client_id=pk, agency_id=agency_id, names=spaced(names)[:LONGEST_NAMES], words=spaced(own))


def words_of_logins(client_ids: Sequence[int]) -> Words:
    """The confirmed courriel of each."""
    grants = Grant.objects.filter(client__in=client_ids, ended_at=None).values_list("client_id", "user__email")
    return {client_id: words_of_email(email) for client_id, email in grants}


def words_of_places(client_ids: Sequence[int]) -> Words:
    """The lots that each holds or held, with the building, its reference and its street."""
    found: Words = {}
    holdings = Holding.objects.filter(client__in=client_ids).order_by("client", "building", "lot")
    columns = ("client_id", "lot__number", "building__name", "building__reference", "building__street")
    for client_id, number, *building in holdings.values_list(*columns):
        found.setdefault(client_id, []).extend([lot_word(number), *words_of_building(" ".join(building))])
    return found


@lru_cache(maxsize=1024)
def words_of_building(text: str) -> tuple[str, ...]:
    """Those of a building, which many clients share."""
    return tuple(words_of(text))


@transaction.atomic
def change_known_email(*, client: Client, email: str, by: User) -> Client:
    """`people`'s own, with its refusals; the client is then found by the new address."""
    changed = known_email.change(client=client, email=email, by=by)
    index_clients(clients=[client.pk])
    return changed


@transaction.atomic
def end_access(*, client: Client, by: User) -> None:
    """`people`'s own, with its refusals; what the client holds says which documents go by post from then on."""
    today = on_day(paris_day(database_now()))
    owns = Ownership.objects.filter(today, client=client).exists()
    rents = Tenancy.objects.filter(today, client=client).exists()
    kinds = [*(OWNER_KINDS if owns else ()), *(TENANT_KINDS if rents else ())]
    client_access.end_access(client=client, by=by, kinds=kinds)


@transaction.atomic
def look_after(*, member: StaffMember, buildings: Collection[Building], by: tuple[str, str]) -> None:
    """From today they look after these buildings and no other; what they looked after until yesterday stays known."""
    today = paris_day(database_now())
    held = BuildingAssignment.objects.filter(on_day(today), staff_member=member)
    left = held.exclude(building__in=buildings)
    left.filter(starts_on=today).delete()
    left.update(ends_on=today - DAY)
    known = set(held.values_list("building_id", flat=True))
    added = [building for building in buildings if building.pk not in known]
    for building in added:
        BuildingAssignment.objects.create(
            agency_id=member.agency_id,
            building=building,
            staff_member=member,
            duty=member.get_desk_role_display() or member.get_role_display(),
            starts_on=today,
        )
    record(agency_id=member.agency_id, verb="staff.buildings-changed", actor=by, subject=("staff", member.public_id))
