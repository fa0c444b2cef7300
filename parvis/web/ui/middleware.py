"""Between the server and the views: security headers, whose portal, who looks, too old browsers."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import SimpleLazyObject

from parvis.people.models import User, Viewer
from parvis.web.ui.branding import Branding, branding_despite_all, branding_of
from parvis.web.ui.context import is_only_staff
from parvis.web.ui.errors import maintenance, wrong_method
from parvis.web.ui.headers import PERMISSIONS, content_security_policy
from parvis.web.ui.visits import visit_of

WAS_IDLE = "Vous avez été déconnecté après 30\u00a0minutes sans activité. Reconnectez-vous pour reprendre."
OPEN_DURING_MAINTENANCE = ("/sante/", "/style/", "/static/")

Next = Callable[[HttpRequest], HttpResponse]


class SecurityHeadersMiddleware:
    """First of all, so that every answer has its headers: pages, redirections, errors."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        hue = shown_branding(request).hue if is_page else None
        headers = response.headers
        headers.setdefault("Content-Security-Policy", content_security_policy(hue))
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", PERMISSIONS)
        headers.setdefault("Cache-Control", "private, no-store")
        headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        return response


def shown_branding(request: HttpRequest) -> Branding:
    """The branding in which the page was made."""
    known: Branding | None = getattr(request, "branding", None)
    return branding_despite_all(request) if known is None else known


class MaintenanceMiddleware:
    """While `MAINTENANCE` says until when, every page says so too; health checks and styles go on."""

    def __init__(self, get_response: Next) -> None:
        if not settings.MAINTENANCE:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(OPEN_DURING_MAINTENANCE):
            return self.get_response(request)
        return maintenance(request, until=settings.MAINTENANCE)


class BrandingMiddleware:
    """`request.branding`, looked up when a page asks for it. After authentication."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        lazy = SimpleLazyObject(partial(branding_of, request))
        request.branding = cast(Branding, lazy)  # type: ignore[attr-defined]  # PageRequest says it
        return self.get_response(request)


class IdleMiddleware:
    """Whoever stayed away half an hour is told why they are asked to sign in again. After the messages."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request.session, "was_idle", False):
            messages.info(request, WAS_IDLE)
        return response


OPEN_TO_STAFF = ("profile-theme",)


class ViewerMiddleware:
    """`request.viewer` for a signed-in person: where every look-up of a page starts. After authentication.

    Whoever only works at the agency has no client's space and is led to the pages of the staff.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = cast(Viewer, SimpleLazyObject(partial(viewer_of, request)))  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:  # Any: as Django calls it
        match = request.resolver_match
        if match is None or match.app_name != "client" or match.url_name in OPEN_TO_STAFF:
            return None
        viewer: Viewer = request.viewer  # type: ignore[attr-defined]
        return redirect("staff:home") if is_only_staff(viewer) else None


def viewer_of(request: HttpRequest) -> Viewer:
    """The signed-in person, or the client whose space they visit. A page that anyone may open has none."""
    user = cast(User, request.user)
    if not user.is_authenticated:
        raise PermissionError("Cette page ne demande pas de connexion : elle n’a pas de spectateur.")
    visit = visit_of(request)
    return visit.viewer if visit else Viewer.of(user)


class OldBrowserMiddleware:
    """Internet Explorer gets one plain page that it can show, whatever it asks for."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        agent = request.headers.get("User-Agent", "")
        if "MSIE " in agent or "Trident/" in agent:
            return render(request, "public/unsupported_browser.html", {"branding": branding_despite_all(request)})
        return self.get_response(request)


class NoBlankPageMiddleware:
    """Django answers an empty page to a method that a view does not take; nobody is shown an empty page."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            return wrong_method(request, allowed=response.headers.get("Allow", ""))
        return response
