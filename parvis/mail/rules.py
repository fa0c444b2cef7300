"""When a message is tried again, and when it is given up."""

import datetime as dt

FIRST_DELAY = dt.timedelta(minutes=1)
LONGEST_DELAY = dt.timedelta(hours=24)
# The delays before that attempt add up to five days; RFC 5321, 4.5.4.1 asks for four or five.
LAST_ATTEMPT = 15
# Nobody else takes a message while an attempt may last: connection, greeting and commands, each bounded.
LEASE = dt.timedelta(minutes=3)
BODY_KEPT = dt.timedelta(days=14)
ROW_KEPT = dt.timedelta(days=365)


def delay_after(attempts: int) -> dt.timedelta:
    """The wait after that many failed attempts: 1 minute after the first, doubled each time, 24 hours at most."""
    doublings = min(max(attempts, 1) - 1, 11)
    return min(FIRST_DELAY * (1 << doublings), LONGEST_DELAY)
