"""Les documents que la loi prévoit: the buildings of a co-owner, one of them, and one's courriel in the list."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from parvis.compliance.access import buildings_owned
from parvis.compliance.actions.objections import object_to_listing
from parvis.compliance.models import ListingObjection
from parvis.kit.days import paris_day
from parvis.web.client.legal_list.page import building_lines, legal_list_page
from parvis.web.ui.requests import ViewerRequest


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    lines = building_lines(request.viewer, today=paris_day(timezone.now()))
    opposed = ListingObjection.objects.visible_to(request.viewer).current()
    is_opposed = opposed.filter(client__in=request.viewer.own_clients).exists()
    return render(request, "client/legal_list/index.html", {"lines": lines, "is_opposed": is_opposed})


@require_safe
def detail(request: ViewerRequest, public_id: str) -> HttpResponse:
    today = paris_day(timezone.now())
    building = get_object_or_404(buildings_owned(request.viewer, day=today), public_id=public_id)
    page = legal_list_page(request.viewer, building, today=today)
    return render(request, "client/legal_list/detail.html", {"page": page})


@require_POST
def listing(request: ViewerRequest) -> HttpResponse:
    """Oppose, or no longer, one's own courriel in the list of co-owners that the council is given."""
    is_opposed = request.POST.get("courriel") == "non"
    for client in request.viewer.own_clients:
        object_to_listing(client=client, is_opposed=is_opposed)
    told = "n’y figure plus" if is_opposed else "y figure de nouveau"
    messages.success(request, f"Votre choix est enregistré\u00a0: votre courriel {told}.")
    return redirect("client:legal_list-index")
