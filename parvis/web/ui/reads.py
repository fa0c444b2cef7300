"""Who consulted whose affairs is written once the page is made, on its way out.

While a page is made its connection refuses to write (`readonly.py`). This stands around it, as sessions do: the page
stays one that only shows, and no answer leaves before its reading is written down.
"""

from collections.abc import Callable, Iterable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from parvis.kit.days import paris_day
from parvis.people.actions import reads
from parvis.people.models import Client, User, Viewer
from parvis.web.ui.requests import ViewerRequest

SHOWN = "shown"
NOTED = "noted-reads"
PARTS = {
    "home": "Accueil",
    "properties": "Biens",
    "accounts": "Comptes",
    "calls": "Appels de fonds",
    "receipts": "Quittances",
    "letting": "Gestion locative",
    "documents": "Documents",
    "council": "Conseil syndical",
    "legal_list": "Documents légaux",
    "sale_kit": "Kit de vente",
    "interventions": "Interventions",
    "rentals": "Recherches",
    "messages": "Messages",
    "profile": "Profil",
}
# Their first page shows one account, or the reader's own seats: they say themselves whose affairs they show.
OF_ONE = {"calls", "receipts", "letting", "council"}
Next = Callable[[HttpRequest], HttpResponse]


def note_read(
    request: ViewerRequest, *, part: str, clients: Iterable[Client] = (), client_ids: Iterable[int] = ()
) -> None:
    """Say that the page at hand shows `part` of these clients' affairs; whoever reads their own is not noted.

    Every page of the staff that shows a client calls it, and every page of clients that shows one thing of one client.
    """
    shown: dict[str, set[int]] = vars(request).setdefault(SHOWN, {})
    shown.setdefault(part, set()).update(client_ids, (client.pk for client in clients))


class ReadsMiddleware:
    """Notes what `note_read` said and, for the first page of each section, every client who is not the reader's own."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if shows_affairs(request) and response.status_code in (200, 206) and request.user.is_authenticated:
            write_down(cast(ViewerRequest, request))
        return response


def shows_affairs(request: HttpRequest) -> bool:
    """Whether a page of the clients or of the staff was asked for: nothing is asked of the session for the others."""
    match = request.resolver_match
    return request.method == "GET" and match is not None and match.app_name in ("client", "staff")


def write_down(request: ViewerRequest) -> None:
    """The first page of a section shows them all: once it was noted in a session, that section is done for the day."""
    noted, section = noted_today(request), section_of(request)
    fresh = {part: ids for part, ids in shown_to(request, section=section).items() if ids and part not in noted}
    for part, ids in fresh.items():
        note(request.user, viewer=request.viewer, ids=ids, part=part)
    if section in fresh:
        request.session[NOTED] = [paris_day(timezone.now()).isoformat(), sorted({*noted, section})]


def section_of(request: ViewerRequest) -> str:
    """The section of which this is the first page; nothing for any other page."""
    match = request.resolver_match
    name = match.url_name or "" if match is not None and match.app_name == "client" else ""
    section = name.removesuffix("-index")
    return PARTS.get(section, "") if name.endswith("-index") and section not in OF_ONE else ""


def shown_to(request: ViewerRequest, *, section: str) -> dict[str, set[int]]:
    """What this page showed of whom, but for the viewer's own."""
    shown = {part: set(ids) for part, ids in vars(request).get(SHOWN, {}).items()}
    if section:
        shown.setdefault(section, set()).update(request.viewer.qualities)
    return {part: ids - set(request.viewer.own_client_ids) for part, ids in shown.items()} if shown else {}


def noted_today(request: ViewerRequest) -> list[str]:
    day, parts = request.session.get(NOTED, ["", []])
    return parts if day == paris_day(timezone.now()).isoformat() else []


def note(user: User, *, viewer: Viewer, ids: set[int], part: str) -> None:
    """In which quality: that of the staff, of a representative, of somebody of the household."""
    if viewer.is_staff:
        reads.by_staff(reader=user, client_ids=ids, part=part)
        return
    qualities = {client_id: viewer.qualities[client_id] for client_id in ids if client_id in viewer.qualities}
    reads.note(reader=user, name=name_of(viewer), qualities=qualities, part=part)


def name_of(viewer: Viewer) -> str:
    """« Camille Fontaine », or the name under which somebody of the household was invited."""
    if viewer.own_clients:
        return viewer.own_clients[0].full_name
    return viewer.household[0].name if viewer.household else ""
