"""How often something may be tried. Counters live in the database: every door and process shares them.

Each gesture is one statement, so attempts at the same instant are all counted, none twice.
"""

import dataclasses
import hashlib
from collections.abc import Collection, Mapping

from django.db import connection

from parvis.kit.clock import database_now, now_in_sql
from parvis.kit.models import AttemptCounter

TABLE = AttemptCounter._meta.db_table
FAILURES_KEPT_MS = 90 * 24 * 3600 * 1000
FOR_EVER_MS = 100 * 365 * 24 * 3600 * 1000


@dataclasses.dataclass(frozen=True, kw_only=True)
class Limit:
    """At most `allowed` times in `seconds`; `name` keeps its counters apart from those of other limits."""

    name: str
    allowed: int
    seconds: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class Lock:
    """Consecutive failures close a door for longer and longer, then until `forget`.

    `waits` gives, for a number of failures, the seconds to wait; a number above its keys waits `longest`.
    """

    name: str
    waits: Mapping[int, int]
    longest: int
    closed_after: int


def digest(*, name: str, key: str) -> str:
    return hashlib.sha256(f"{name}\x00{key}".encode()).hexdigest()


def admit(limit: Limit, *, key: str) -> int:
    """Count one attempt; return 0 when it is allowed, else the seconds until the next one is."""
    now = now_in_sql()
    statement = f"""
        INSERT INTO {TABLE} AS kept (key_digest, count, window_ends_ms, locked_until_ms)
        VALUES (%s, 1, {now} + %s, 0)
        ON CONFLICT (key_digest) DO UPDATE SET
            count = CASE WHEN kept.window_ends_ms <= {now} THEN 1 ELSE kept.count + 1 END,
            window_ends_ms = CASE WHEN kept.window_ends_ms <= {now} THEN {now} + %s ELSE kept.window_ends_ms END
        RETURNING count, window_ends_ms - {now}
    """  # noqa: S608 -- our own names
    length = limit.seconds * 1000
    with connection.cursor() as cursor:
        cursor.execute(statement, [digest(name=limit.name, key=key), length, length])
        count, remaining = cursor.fetchone()
    return 0 if count <= limit.allowed else seconds_of(remaining)


def reserve_try(lock: Lock, *, key: str) -> tuple[bool, int]:
    """Count a try as failed before it is made; return whether it may be made, and the wait that follows a failure.

    A try that succeeds calls `forget`. While the door is closed nothing is counted and nothing may be tried.
    """
    now = now_in_sql()
    cases = " ".join(f"WHEN {failures:d} THEN {wait:d}" for failures, wait in lock.waits.items())
    wait = f"""CASE WHEN kept.count + 1 >= {lock.closed_after:d} THEN {FOR_EVER_MS:d}
        ELSE 1000 * (CASE kept.count + 1 {cases} ELSE CASE WHEN kept.count + 1 < {min(lock.waits):d} THEN 0
        ELSE {lock.longest:d} END END) END"""
    statement = f"""
        INSERT INTO {TABLE} AS kept (key_digest, count, window_ends_ms, locked_until_ms)
        VALUES (%s, 1, {now} + {FAILURES_KEPT_MS:d}, 0)
        ON CONFLICT (key_digest) DO UPDATE SET
            count = kept.count + 1,
            window_ends_ms = {now} + {FAILURES_KEPT_MS:d},
            locked_until_ms = {now} + ({wait})
        WHERE kept.locked_until_ms <= {now}
        RETURNING locked_until_ms - {now}
    """  # noqa: S608 -- our own names and numbers
    with connection.cursor() as cursor:
        cursor.execute(statement, [digest(name=lock.name, key=key)])
        row = cursor.fetchone()
    return (False, remaining_wait(lock, key=key)) if row is None else (True, seconds_of(row[0]))


def give_back(lock: Lock, *, key: str) -> None:
    """Take back a reserved try that could not be made, and the closing that it brought."""
    statement = f"""
        UPDATE {TABLE} SET locked_until_ms = 0, count = CASE WHEN count > 0 THEN count - 1 ELSE 0 END
        WHERE key_digest = %s
    """  # noqa: S608 -- our own names
    with connection.cursor() as cursor:
        cursor.execute(statement, [digest(name=lock.name, key=key)])


def remaining_wait(lock: Lock, *, key: str) -> int:
    """The seconds for which the door stays closed; 0 when it is open."""
    statement = f"SELECT locked_until_ms - {now_in_sql()} FROM {TABLE} WHERE key_digest = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [digest(name=lock.name, key=key)])
        row = cursor.fetchone()
    return seconds_of(row[0]) if row else 0


def remaining_waits(lock: Lock, *, keys: Collection[str]) -> dict[str, int]:
    """The same for many keys at once; only those whose door is closed."""
    digests = {digest(name=lock.name, key=key): key for key in keys}
    now = int(database_now().timestamp() * 1000)
    closed = AttemptCounter.objects.filter(key_digest__in=digests, locked_until_ms__gt=now)
    until = closed.values_list("key_digest", "locked_until_ms")
    return {digests[found]: seconds_of(milliseconds - now) for found, milliseconds in until}


def forget(limit: Limit | Lock, *keys: str) -> None:
    """Start again from nothing: the person has shown who they are."""
    AttemptCounter.objects.filter(key_digest__in=[digest(name=limit.name, key=key) for key in keys]).delete()


def forget_old() -> int:
    """Erase the counters whose window is over and which close nothing; return how many."""
    now = now_in_sql()
    statement = f"DELETE FROM {TABLE} WHERE window_ends_ms <= {now} AND locked_until_ms <= {now}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement)
        erased: int = cursor.rowcount
    return erased


def seconds_of(milliseconds: int) -> int:
    """Whole seconds, rounded up; never below 0."""
    return max(0, -(-milliseconds // 1000))
