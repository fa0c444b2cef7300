"""« Voir comme ce client »: the pages of a client, shown for a while to somebody of the agency, and nothing more.

The visit stands in the session of the person who looks. While it lasts the pages of clients answer with that client's
viewer; they answer to no form, and those of a login (profile, notices, what is written or declared) are not shown.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from parvis.people.models import Client, User, Viewer
from parvis.people.rules import Duty
from parvis.property.access import clients_wholly_in_scope
from parvis.web.ui.readonly import SAFE_METHODS

KEY = "visit"
LASTS = dt.timedelta(minutes=30)
SHOWN = frozenset(
    {
        *("home-index", "more-index", "agency-index", "rentals-index", "messages-index", "messages-detail"),
        *("properties-index", "properties-detail", "interventions-index", "interventions-detail"),
        *("accounts-index", "accounts-detail", "accounts-statement", "accounts-spreadsheet"),
        *("calls-index", "calls-detail", "calls-pdf", "calls-csv", "calls-charges", "calls-charges-csv"),
        *("documents-index", "documents-file", "legal_list-index", "legal_list-detail"),
        *("receipts-index", "receipts-file", "letting-index", "letting-charges", "letting-statement"),
        *("letting-statement-pdf", "letting-income", "letting-income-pdf", "letting-income-csv"),
        *("announcements-detail", "interventions-photo", "interventions-picture", "interventions-thumbnail"),
    }
)
Next = Callable[[HttpRequest], HttpResponse]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Visit:
    """Whose space is shown, and to whose eyes."""

    client: Client

    @property
    def viewer(self) -> Viewer:
        return Viewer.visiting(self.client)


def begin(request: HttpRequest, *, client: Client) -> None:
    """Show that client's space from now on, for half an hour; what must be written down has been."""
    until = timezone.now() + LASTS
    request.session[KEY] = {"client": client.public_id, "until": until.timestamp()}


def end(request: HttpRequest) -> str:
    """Leave; return the client's public id, empty when no visit was under way."""
    held = request.session.pop(KEY, None)
    return str(held["client"]) if held else ""


def visit_of(request: HttpRequest) -> Visit | None:
    """The visit under way on a page of clients, asked for once; the post and the scope are read each time."""
    known = vars(request)
    if KEY not in known:
        known[KEY] = look_up(request)
    return cast(Visit | None, known[KEY])


def look_up(request: HttpRequest) -> Visit | None:
    match, user = request.resolver_match, request.user
    if match is None or match.app_name != "client" or not isinstance(user, User) or not user.is_staff:
        return None
    held = request.session.get(KEY)
    if held is None or held["until"] < timezone.now().timestamp():
        return None
    viewer = Viewer.of(user)
    found = clients_wholly_in_scope(viewer).filter(public_id=held["client"]).select_related("agency").first()
    return Visit(client=found) if found and Duty.VIEW_AS in viewer.duties else None


class VisitMiddleware:
    """Refuses what a visit does not show and every gesture. After the viewer is known."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:  # Any: as Django calls it
        match = request.resolver_match
        if match is None or visit_of(request) is None:
            return None
        is_gesture = request.method not in SAFE_METHODS
        if match.url_name in SHOWN and not is_gesture:
            return None
        return render(request, "errors/visit.html", {"is_gesture": is_gesture}, status=403)
