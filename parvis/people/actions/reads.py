"""« Qui a consulté mes données »: one row a day for each reader and each part of a client's affairs."""

import datetime as dt
from collections.abc import Collection

from parvis.kit.clock import database_now
from parvis.kit.days import paris_day
from parvis.people.models import ClientRead, User

KEPT = dt.timedelta(days=366)


def note(*, reader: User, name: str, qualities: dict[int, ClientRead.Quality], part: str) -> int:
    """Write that the person consulted `part` of these clients' affairs today, each in that quality; once a day.

    Return how many rows were asked for. The same read again changes nothing.
    """
    day = paris_day(database_now())
    rows = [
        ClientRead(
            agency_id=reader.agency_id,
            client_id=client_id,
            reader=reader,
            day=day,
            quality=quality,
            reader_name=name,
            part=part,
        )
        for client_id, quality in sorted(qualities.items())
    ]
    ClientRead.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def by_staff(*, reader: User, client_ids: Collection[int], part: str) -> int:
    """The same, for a member of the agency's staff."""
    qualities = dict.fromkeys(client_ids, ClientRead.Quality.STAFF)
    return note(reader=reader, name=str(reader.staffmember), qualities=qualities, part=part)


def forget_old() -> int:
    """Erase what is older than 12 months; return how many rows."""
    erased, _ = ClientRead.objects.filter(day__lt=paris_day(database_now() - KEPT)).delete()
    return erased
