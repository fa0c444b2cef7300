"""One gesture about one client, on a page of its own: what it does, to whom, and its button."""

import dataclasses

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from parvis.people.models import Client
from parvis.property.access import clients_in_scope, clients_wholly_in_scope
from parvis.web.ui.forms import PageForm
from parvis.web.ui.reads import note_read
from parvis.web.ui.requests import ViewerRequest

PART = "Fiche client"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Gesture:
    """The words of the page."""

    title: str
    button: str
    sentences: tuple[str, ...]
    shows_address: bool = False


def client_of(request: ViewerRequest, public_id: str) -> Client:
    """The client of that page, for whoever of the staff may see them."""
    return found_among(clients_in_scope(request.viewer), request, public_id)


def client_whole_of(request: ViewerRequest, public_id: str) -> Client:
    """The same, for what bears on all that is theirs: whoever holds elsewhere too is left to the whole agency."""
    return found_among(clients_wholly_in_scope(request.viewer), request, public_id)


def found_among(clients: "QuerySet[Client]", request: ViewerRequest, public_id: str) -> Client:
    found: Client = get_object_or_404(clients.select_related("agency"), public_id=public_id)
    note_read(request, clients=[found], part=PART)
    return found


def gesture_page(request: ViewerRequest, *, client: Client, gesture: Gesture, form: PageForm) -> HttpResponse:
    context = {"client": client, "gesture": gesture, "form": form}
    return render(request, "staff/clients/gesture.html", context)
