"""The clock of the database: deadlines hold whatever the clocks of the web servers and workers say."""

import datetime as dt

from django.db import connection

STATEMENTS = {
    "postgresql": "SELECT (EXTRACT(EPOCH FROM CLOCK_TIMESTAMP()) * 1000)::bigint",
    "sqlite": "SELECT CAST(ROUND((JULIANDAY('now') - 2440587.5) * 86400000) AS INTEGER)",
}


def database_now() -> dt.datetime:
    """Ask the database what time it is (to the millisecond, UTC)."""
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS[connection.vendor])
        (milliseconds,) = cursor.fetchone()
    return dt.datetime.fromtimestamp(milliseconds / 1000, tz=dt.UTC)


def now_in_sql() -> str:
    """The same, in milliseconds since 1970, as an expression to put in a statement."""
    return STATEMENTS[connection.vendor].removeprefix("SELECT ")
