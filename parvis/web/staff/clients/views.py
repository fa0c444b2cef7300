"""Clients: the search, and the card of one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from parvis.people.rules import Duty
from parvis.web.staff.access import staff_only
from parvis.web.staff.clients.gestures import client_of
from parvis.web.staff.clients.page import card_page, search_page
from parvis.web.ui.reads import note_read
from parvis.web.ui.requests import ViewerRequest

LONGEST_QUERY = 100


@require_safe
@staff_only(Duty.CLIENTS)
def index(request: ViewerRequest) -> HttpResponse:
    """Two letters are enough; the same view answers each keystroke."""
    query = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_QUERY]
    page = search_page(request.viewer, query=query)
    note_read(request, clients=[line.client for line in page.lines], part="Recherche d’un client")
    return render(request, "staff/clients/index.html", {"page": page})


@require_safe
@staff_only(Duty.CLIENTS)
def detail(request: ViewerRequest, public_id: str) -> HttpResponse:
    client = client_of(request, public_id)
    return render(request, "staff/clients/detail.html", {"page": card_page(request.viewer, client)})
