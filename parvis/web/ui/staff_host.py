"""The pages of the staff on a host of their own, where STAFF_HOST says so: elsewhere they do not exist."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from parvis.people.models import User, Viewer
from parvis.web.ui import visits
from parvis.web.ui.middleware import OPEN_TO_STAFF

Next = Callable[[HttpRequest], HttpResponse]


class StaffHostMiddleware:
    """The staff sign in and work at STAFF_HOST; clients at their agency's. Each kind of page is at its own only.

    Whoever is signed in at the wrong one is led to the right one, to sign in there: a session is of one host.
    After authentication, before the login is asked for: to a visitor the staff's pages are missing, not closed.
    """

    def __init__(self, get_response: Next) -> None:
        if not settings.STAFF_HOST:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:  # Any: as Django calls it
        if not getattr(view, "login_required", True):
            return None
        match, user = request.resolver_match, request.user
        app = match.app_name if match is not None else ""
        if request.get_host() == settings.STAFF_HOST:
            is_of_clients = app == "client" and match is not None and match.url_name not in OPEN_TO_STAFF
            is_of_clients = is_of_clients and visits.KEY not in request.session
            return at_staff_host(user, is_of_clients=is_of_clients) if isinstance(user, User) else None
        return elsewhere(user, is_of_staff=app == "staff")


def at_staff_host(user: User, *, is_of_clients: bool) -> HttpResponse | None:
    """Nothing for who does not work at the agency; their space of clients is at the agency's address."""
    if not user.is_staff:
        raise Http404
    return HttpResponseRedirect(user.agency.link("/")) if is_of_clients and Viewer.of(user).own_clients else None


def elsewhere(user: object, *, is_of_staff: bool) -> HttpResponse | None:
    """The staff's pages are missing; who only works at the agency has nothing to see here."""
    is_staff = isinstance(user, User) and user.is_staff
    if is_of_staff and not is_staff:
        raise Http404
    if not isinstance(user, User) or not is_staff:
        return None
    if Viewer.of(user).own_clients:
        return HttpResponseRedirect("/") if is_of_staff else None
    return HttpResponseRedirect(f"{urlsplit(settings.PUBLIC_URL).scheme}://{settings.STAFF_HOST}/connexion/")
