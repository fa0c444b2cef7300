"""What each client of the cast is to the agency on one day, as `accounts.json` says it."""

import datetime as dt
from collections.abc import Iterator

from parvis.demo.cast import Client
from parvis.demo.roles import Stage, covers

OWNER, LANDLORD, TENANT, COUNCIL, APPLICANT, STAFF = "owner", "landlord", "tenant", "council", "applicant", "staff"
ORDER = (OWNER, LANDLORD, TENANT, COUNCIL, APPLICANT)


def profiles_of(stage: Stage, *, today: dt.date) -> dict[str, list[str]]:
    """Customer reference → profiles. Who has left keeps the profile they had; who represents has the other's."""
    now, ever = gather(stage, today=today), gather(stage, today=None)
    for representative in stage.representatives:
        represented = now.get(representative.client.reference, set())
        now.setdefault(representative.representative.reference, set()).update(represented)
    found = {}
    for client in stage.cast.clients:
        held_by = now.get(client.reference) or ever.get(client.reference, set())
        found[client.reference] = [profile for profile in ORDER if profile in held_by]
    return found


def gather(stage: Stage, *, today: dt.date | None) -> dict[str, set[str]]:
    """Customer reference → profiles held that day, or ever when no day is given."""
    found: dict[str, set[str]] = {}
    for part in (of_holdings, of_lettings, of_seats_and_applications):
        for client, profile in part(stage, today=today):
            found.setdefault(client.reference, set()).add(profile)
    return found


def of_holdings(stage: Stage, *, today: dt.date | None) -> Iterator[tuple[Client, str]]:
    for tenure in stage.tenures:
        if today is None or tenure.covers(today):
            yield from ((holder.client, OWNER) for holder in tenure.holders)


def of_lettings(stage: Stage, *, today: dt.date | None) -> Iterator[tuple[Client, str]]:
    for letting in stage.lettings:
        yield letting.landlord, LANDLORD
        for lease in letting.leases:
            if today is None or covers(lease, today):
                yield from ((tenant, TENANT) for tenant in lease.tenants)


def of_seats_and_applications(stage: Stage, *, today: dt.date | None) -> Iterator[tuple[Client, str]]:
    yield from ((seat.client, COUNCIL) for seat in stage.seats if today is None or seat.ends_on is None)
    yield from ((applicant, APPLICANT) for applicant in stage.applicants)


def holders_of_accounts(stage: Stage, *, today: dt.date) -> set[str]:
    """Who has an account of their own that runs: the holders in whose name it stands."""
    payers = {tenure.payer.reference for tenure in stage.tenures if tenure.covers(today)}
    landlords = {letting.landlord.reference for letting in stage.lettings}
    leases = [lease for letting in stage.lettings for lease in letting.leases if covers(lease, today)]
    return payers | landlords | {lease.tenants[0].reference for lease in leases}
