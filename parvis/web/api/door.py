"""The door of the interface: who comes in, how often, and that every answer is one of the interface.

It stands around the pages' own middleware: what is counted and noted here is written before the view, which for a GET
has a connection that refuses writes.
"""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from parvis.documents.examiner import LARGEST_BYTES
from parvis.exchange.actions import api_keys
from parvis.kit.throttle import Limit, admit
from parvis.web.api.problems import MEDIA_TYPE, OF_STATUS, Problem, answer
from parvis.web.ui.visitors import visitor_address

logger = logging.getLogger("parvis.web.api")

PREFIX = "/api/"
OPEN = ("/api/v1/openapi.json",)
PER_KEY = Limit(name="api", allowed=600, seconds=60)
WITHOUT_KEY = Limit(name="api-without-key", allowed=60, seconds=60)
FIELDS_BESIDE_A_FILE = 64 * 1024
RETRY_AFTER_SECONDS = 10
OURS = ("application/json", MEDIA_TYPE)

Next = Callable[[HttpRequest], HttpResponse]


class ApiDoorMiddleware:
    """For addresses of the interface alone; all others pass by."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        request.COOKIES = {}  # a browser's session opens nothing here
        try:
            if request.path not in OPEN:
                let_in(request)
            return as_problem(request, self.answered(request))
        except Problem as problem:
            return answer(request, problem)
        except (OperationalError, InterfaceError):
            logger.exception("the database does not answer")
            return answer(request, Problem("busy", retry_after=RETRY_AFTER_SECONDS))

    def answered(self, request: HttpRequest) -> HttpResponse:
        """HEAD is answered as GET; the server leaves its body out."""
        if request.method != "HEAD":
            return self.get_response(request)
        request.method = "GET"
        response = self.get_response(request)
        request.method = "HEAD"
        return response


def let_in(request: HttpRequest) -> None:
    """Recognise the key and count the request. Whoever shows none is counted by address, and told so by the view."""
    refuse_too_large(request)
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    key = api_keys.key_of(token.strip()) if scheme.lower() == "bearer" else None
    if key is None:
        wait = admit(WITHOUT_KEY, key=visitor_address(request))
    else:
        request.api_key = key  # type: ignore[attr-defined]  # ApiRequest says it
        wait = admit(PER_KEY, key=key.public_id)
    if wait:
        raise Problem("too-many", retry_after=wait)


def refuse_too_large(request: HttpRequest) -> None:
    """A file may be large, the rest is not; a body sent piece by piece does not say, and would be read as none."""
    if "HTTP_TRANSFER_ENCODING" in request.META:
        raise Problem("no-length")
    has_file = (request.content_type or "") == "multipart/form-data"
    most = LARGEST_BYTES + FIELDS_BESIDE_A_FILE if has_file else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > most:
        raise Problem("too-large")


def as_problem(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A page of errors (no such address, another method, a fault) as the interface says it."""
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    if response.status_code < 400 or kind in OURS:
        return response
    waits = response.headers.get("Retry-After", "")
    problem = Problem(OF_STATUS.get(response.status_code, "failed"), retry_after=int(waits) if waits else None)
    translated = answer(request, problem)
    for name in ("Allow",):
        if name in response.headers:
            translated.headers[name] = response.headers[name]
    return translated
