"""Pages that say what went wrong. They keep the name, the phone and one way forward."""

import logging
import secrets
import sys

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from parvis.web.ui.branding import branding_despite_all
from parvis.web.ui.context import page_context

logger = logging.getLogger("parvis.web.errors")

RETRY_AFTER_SECONDS = 10
RETRY_AFTER_MAINTENANCE_SECONDS = 600


def error_page(request: HttpRequest, template: str, *, status: int, **words: object) -> HttpResponse:
    """Render without the session and without the user, which may be what is broken."""
    context = page_context(branding=branding_despite_all(request), theme=request.COOKIES.get("theme", ""))
    return HttpResponse(render_to_string(template, context | words), status=status)


@login_not_required
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, "errors/400.html", status=400)


@login_not_required
def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, "errors/403.html", status=403)


@login_not_required
def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, "errors/404.html", status=404)


def wrong_method(request: HttpRequest, *, allowed: str) -> HttpResponse:
    """The address answers another gesture: a form of POST that was typed or reloaded, a probe."""
    response = error_page(request, "errors/405.html", status=405)
    response.headers["Allow"] = allowed
    return response


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """The reference stands in the page and in the log, so that the agency can tell which fault it was.

    Without its database the site is not at fault: it answers 503, and when to come back.
    """
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return unavailable(request)
    drawn = secrets.token_hex(3).upper()
    reference = f"{drawn[:4]}-{drawn[4:]}"
    logger.error("server error shown, reference %s", reference)
    return error_page(
        request,
        "errors/500.html",
        status=500,
        reference=reference,
        path=request.get_full_path(),
    )


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open for too long, or came from elsewhere: nothing was done.

    What the person typed is offered again, passwords apart, and only to a form of this very site.
    """
    is_ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    return error_page(
        request,
        "errors/csrf.html",
        status=403,
        path=request.get_full_path(),
        answers=answers_of(request) if is_ours else [],
        csrf_token=get_token(request) if is_ours else "",
    )


def answers_of(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and "password" not in name
    ]


def too_many_attempts(request: HttpRequest, *, wait: str) -> HttpResponse:
    """`wait` in words: « 15 minutes »."""
    return error_page(request, "errors/429.html", status=429, wait=wait)


def maintenance(request: HttpRequest, *, until: str) -> HttpResponse:
    """`until` in words: « 23 novembre 2026 à 14 h »."""
    response = error_page(request, "errors/503.html", status=503, until=until)
    response.headers["Retry-After"] = str(RETRY_AFTER_MAINTENANCE_SECONDS)
    return response


def unavailable(request: HttpRequest) -> HttpResponse:
    """The database is away or too busy: nothing was done, the same request may work in a moment."""
    logger.error("the database does not answer")
    response = error_page(request, "errors/500.html", status=503, reference="", path=request.get_full_path())
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
