"""Pages that only show: while a GET, HEAD or OPTIONS is answered, the connection refuses to write.

A browser, a scanner or a link preview may ask for any page at any time; none of that may change a row.
"""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import connection
from django.http import HttpRequest, HttpResponse

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
READS = re.compile(
    r"[\s(]*(?:SELECT|WITH|EXPLAIN|SAVEPOINT|RELEASE|ROLLBACK|DECLARE|FETCH|CLOSE|SHOW)\b", re.IGNORECASE
)
DATA_CHANGE = re.compile(r"\b(?:INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|MERGE\s+INTO)\b", re.IGNORECASE)

View = TypeVar("View", bound=Callable[..., HttpResponse])


class WriteOnGet(Exception):
    """A page that should only show tried to change a row."""


def writes_on_get(view: View) -> View:
    """Mark a view that must write when it is asked for; the tests keep the list of those that may."""
    view.writes_on_get = True  # type: ignore[attr-defined]
    return view


def is_read(statement: str) -> bool:
    """Whether the statement leaves every row as it was."""
    if not READS.match(statement):
        return False
    return statement.lstrip(" \n\t(")[:4].upper() != "WITH" or not DATA_CHANGE.search(statement)


class Guard:
    """The wrapper around each statement of one request; active once the view is known to be read-only."""

    def __init__(self) -> None:
        self.active = False

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:  # Any: rows of any shape
        if self.active and not is_read(sql):
            words = " ".join(sql.split()[:3])
            raise WriteOnGet(f"{words}… while a page was only shown: use POST, or mark the view @writes_on_get.")
        return execute(sql, *rest)


class ReadOnlyPagesMiddleware:
    """Stands last, so that sessions, which are saved around it, can still be written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE_METHODS:
            return self.get_response(request)
        guard = Guard()
        request.read_only_guard = guard  # type: ignore[attr-defined]
        with connection.execute_wrapper(guard):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> None:  # Any: as Django calls it
        """The view is known: close the connection to writes unless the view is marked."""
        guard = getattr(request, "read_only_guard", None)
        if guard is not None:
            guard.active = not getattr(view, "writes_on_get", False)
