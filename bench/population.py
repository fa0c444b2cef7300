"""Fill a database with an agency of any size, by set-based statements, and sign some of its clients in.

`python -m bench.population --clients 1000 --signed-in 200 --host 127.0.0.1:8200` prints the sessions as JSON.
One typical row of each table is made by the factories of the tests; the database multiplies it.
"""

import argparse
import datetime as dt
import json
from collections.abc import Callable

import django
from django.conf import settings
from django.contrib import auth
from django.db import connection, models, transaction

django.setup()

from parvis.agencies.models import Agency  # noqa: E402 -- once Django is ready
from parvis.kit.identifiers import PUBLIC_ID_LENGTH  # noqa: E402
from parvis.ledger.models import Entry, FiscalYear  # noqa: E402
from parvis.people.backends import SessionStore  # noqa: E402
from parvis.people.models import Client, Representation, User  # noqa: E402
from tests import factories  # noqa: E402

FIRST = 1000  # the rows of the mass are numbered after it; what the factories make comes before
LOTS_A_BUILDING = 40
ENTRIES_A_CLIENT = 10
FAR = 10**12  # primary keys beyond those of the mass
ENTRIES_OF_TEN_YEARS, ENTRIES_APART = 1_000, 4  # entries, days
# n in 26 signs of the base32 alphabet, which has neither 0, 1, 8 nor 9.
SIGNS = "replace(replace(replace(replace(CAST(n AS text), '0', 'a'), '1', 'b'), '8', 'c'), '9', 'd')"
PUBLIC_ID = f"substr('{'z' * PUBLIC_ID_LENGTH}' || {SIGNS}, length({SIGNS}) + 1)"
BARE_BACKEND = "django.contrib.auth.backends.ModelBackend"


def count_to(last: int) -> None:
    """A table of the numbers from 1 to `last`, which multiplies the typical rows."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE numbers (n bigint PRIMARY KEY)")
        cursor.execute(
            "INSERT INTO numbers WITH RECURSIVE up(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < %s)"
            " SELECT n FROM up",
            [last],
        )


def multiply(typical: models.Model, *, times: int, **expressions: str) -> None:
    """Copy a row `times` times; `expressions` are SQL over `n`, from 1 to `times`, for the columns that differ.

    `n` also gives the primary key and the public id.
    """
    meta = typical._meta
    columns = [field.column for field in meta.local_concrete_fields]
    expressions |= {meta.pk.column: f"{FIRST} + n"}
    if "public_id" in columns:
        expressions |= {"public_id": PUBLIC_ID}
    chosen = ", ".join(expressions.get(column, f'typical."{column}"') for column in columns)
    quoted = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{meta.db_table}" ({quoted}) SELECT {chosen} FROM "{meta.db_table}" typical'
            f' CROSS JOIN numbers WHERE typical."{meta.pk.column}" = %s AND n <= %s',
            [typical.pk, times],
        )


def shared_by(size: int) -> str:
    """The foreign key of rows that go by groups of `size`: the first group has the first row, and so on."""
    return f"{FIRST} + 1 + (n - 1) / {size}"


def people_of(agency: Agency, *, clients: int) -> Client:
    """The clients, each with a login."""
    grant = factories.GrantFactory(client__agency=agency)
    multiply(grant.client, times=clients, customer_reference="'M' || n", reference_key="'M' || n")
    multiply(grant.user, times=clients, email="'personne' || n || '@exemple.fr'")
    multiply(grant, times=clients, client_id=f"{FIRST} + n", user_id=f"{FIRST} + n")
    client: Client = grant.client
    return client


def property_of(agency: Agency, typical: Client, *, clients: int) -> None:
    """A lot for each client, and two persons who look after each building."""
    ownership = factories.OwnershipFactory(client=typical)
    assignment = factories.BuildingAssignmentFactory(building=ownership.lot.building)
    buildings = clients // LOTS_A_BUILDING + 1
    multiply(ownership.lot.building, times=buildings, reference="'M' || n", name="'Résidence ' || n")
    multiply(ownership.lot, times=clients, building_id=shared_by(LOTS_A_BUILDING), number="CAST(n AS text)")
    multiply(ownership, times=clients, lot_id=f"{FIRST} + n", client_id=f"{FIRST} + n")
    multiply(assignment.staff_member, times=buildings, reference="'M' || n", last_name="'Hamon ' || n")
    multiply(assignment, times=2 * buildings, building_id=shared_by(2), staff_member_id=shared_by(2), duty="'D' || n")
    case = factories.InterventionFactory(building=ownership.lot.building, agency=agency)
    multiply(case, times=4 * buildings, building_id=shared_by(4), number="'M' || n")


def books_of(typical: Client, *, clients: int) -> None:
    """An account for each client, and a second one as a landlord; entries and calls; one file in ten."""
    first = factories.AccountFactory(client=typical, balance_cents=-41235)
    entry = factories.EntryFactory(account=first, due_on=dt.date(2026, 1, 1))
    call = factories.CallFactory(account=first, due_on=dt.date(2099, 1, 1))
    held = {"lot_id": f"{FIRST} + 1 + (n - 1) / 2", "building_id": f"{FIRST} + 1 + (n - 1) / {2 * LOTS_A_BUILDING}"}
    kind = "CASE WHEN n %% 2 = 0 THEN 'landlord' ELSE 'co_owner' END"
    multiply(first, times=2 * clients, client_id=shared_by(2), reference="'M' || n", kind=kind, **held)
    multiply(entry, times=ENTRIES_A_CLIENT * clients, account_id=shared_by(ENTRIES_A_CLIENT // 2), reference="'M' || n")
    multiply(call, times=4 * clients, account_id=shared_by(2), reference="'M' || n")
    file = factories.RentalApplicationFactory(applicant=typical)
    multiply(file, times=clients // 10, applicant_id=f"{FIRST} + n * 10", reference="'M' || n")


def client_who_holds_much(agency: Agency) -> Client:
    """Twelve lots in six buildings, their accounts and troubles, five files."""
    client: Client = factories.GrantFactory(client__agency=agency).client
    for _ in range(6):
        building = factories.BuildingFactory(agency=agency)
        factories.BuildingAssignmentFactory(building=building)
        factories.InterventionFactory.create_batch(4, building=building)
        factories.CouncilSeatFactory(building=building, client=client)
        for lot in factories.LotFactory.create_batch(2, building=building):
            factories.OwnershipFactory(lot=lot, client=client)
            account = factories.AccountFactory(client=client, building=building, lot=lot, balance_cents=-82470)
            factories.EntryFactory.create_batch(6, account=account)
            factories.CallFactory(account=account)
    factories.RentalApplicationFactory.create_batch(5, applicant=client)
    return client


def client_who_represents_others(agency: Agency) -> Client:
    """The guardian of three clients, whose accounts they read."""
    guardian: Client = factories.GrantFactory(client__agency=agency).client
    for _ in range(3):
        represented = factories.AccountFactory(client__agency=agency).client
        Representation.objects.create(
            agency=agency, client=represented, representative=guardian, role="guardian", starts_on=factories.LONG_AGO
        )
    return guardian


def client_of_ten_years(agency: Agency) -> dict[str, object]:
    """The sessions of somebody whose account has ten years of calls and payments, its key and its address."""
    client: Client = factories.GrantFactory(client__agency=agency).client
    lot = factories.OwnershipFactory(client=client).lot
    account = factories.AccountFactory(client=client, building=lot.building, lot=lot)
    today = dt.date.today()  # noqa: DTZ011 -- whatever day it is
    days = [today - dt.timedelta(ENTRIES_APART * rank) for rank in range(ENTRIES_OF_TEN_YEARS)]
    entries = []
    for rank, day in enumerate(reversed(days)):
        debit_cents, credit_cents = (41235, 0) if rank % 2 else (0, 41235)
        entry = factories.EntryFactory.build(pk=FAR + rank, account=account, booked_on=day, piece=f"P{rank}")
        entry.debit_cents, entry.credit_cents = debit_cents, credit_cents
        entries.append(entry)
    Entry.objects.bulk_create(entries)
    for year in range(today.year - 9, today.year + 1):
        first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
        FiscalYear.objects.create(
            agency=agency, building=lot.building, reference=str(year), begins_on=first, ends_on=last
        )
    return {**once_signed_in(lambda: client), "account_id": account.pk, "path": f"/comptes/{account.public_id}/"}


def sign_in(user: User, *, backend: str) -> str:
    """A session as signing in makes one; its key."""
    session = SessionStore()
    session[auth.SESSION_KEY] = str(user.pk)
    session[auth.BACKEND_SESSION_KEY] = backend
    session[auth.HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    key = session.session_key
    if key is None:
        raise RuntimeError("the session was not kept")
    return key


def sign_in_some(*, clients: int, signed_in: int) -> list[str]:
    """Sessions of clients taken at equal distances in the mass."""
    chosen = [FIRST + 1 + rank * clients // signed_in for rank in range(signed_in)]
    backend = settings.AUTHENTICATION_BACKENDS[0]
    return [sign_in(user, backend=backend) for user in User.objects.filter(pk__in=chosen).order_by("pk")]


def statistics() -> None:
    """Let the database know how large its tables have become."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def once_signed_in(choose: Callable[[], Client]) -> dict[str, str]:
    """The two sessions of one client: for the product and for the bare view."""
    user = choose().grants.get().user
    return {"product": sign_in(user, backend=settings.AUTHENTICATION_BACKENDS[0])} | {
        "bare": sign_in(user, backend=BARE_BACKEND)
    }


@transaction.atomic
def fill(*, clients: int, signed_in: int, host: str) -> dict[str, object]:
    """An agency with that many clients; the sessions that the measures need."""
    agency = factories.AgencyFactory(host=host)
    count_to(ENTRIES_A_CLIENT * clients)
    typical = people_of(agency, clients=clients)
    property_of(agency, typical, clients=clients)
    books_of(typical, clients=clients)
    return {
        "typical": once_signed_in(lambda: Client.objects.get(pk=FIRST + 10)),
        "little": once_signed_in(lambda: factories.GrantFactory(client__agency=agency).client),
        "much": once_signed_in(lambda: client_who_holds_much(agency)),
        "guardian": once_signed_in(lambda: client_who_represents_others(agency)),
        "ten_years": client_of_ten_years(agency),
        "some": sign_in_some(clients=clients, signed_in=signed_in),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.population")
    parser.add_argument("--clients", type=int, required=True)
    parser.add_argument("--signed-in", type=int, default=1)
    parser.add_argument("--host", default="testserver")
    wanted = parser.parse_args()
    sessions = fill(clients=wanted.clients, signed_in=wanted.signed_in, host=wanted.host)
    statistics()
    print(json.dumps(sessions))


if __name__ == "__main__":
    main()
