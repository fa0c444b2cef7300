"""Documents légaux: the worklist, its CSV, one building, and what has no object there."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from parvis.compliance.access import buildings_to_watch
from parvis.compliance.actions.states import AlwaysRequired, end_waiver, refresh_buildings, waive
from parvis.kit.days import paris_day
from parvis.kit.spreadsheets import to_csv
from parvis.people.rules import Duty
from parvis.web.staff.access import staff_only
from parvis.web.staff.legal_list.page import building_page, csv_rows, worklist
from parvis.web.ui.requests import ViewerRequest


@require_safe
@staff_only(Duty.LEGAL_LIST)
def index(request: ViewerRequest) -> HttpResponse:
    return render(request, "staff/legal_list/index.html", {"page": worklist(request.viewer)})


@require_safe
@staff_only(Duty.LEGAL_LIST)
def table(request: ViewerRequest) -> HttpResponse:
    response = HttpResponse(to_csv(csv_rows(worklist(request.viewer))), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="documents-legaux.csv"'
    return response


@require_POST
@staff_only(Duty.LEGAL_LIST)
def refresh(request: ViewerRequest) -> HttpResponse:
    """What the night does, now."""
    changed = refresh_buildings(agency=request.user.agency)
    said = f"{changed} changement{'s' if changed > 1 else ''}" if changed else "Rien n’a changé"
    messages.success(request, f"La liste est à jour. {said}.")
    return redirect("staff:legal_list-index")


@require_safe
@staff_only(Duty.LEGAL_LIST)
def detail(request: ViewerRequest, public_id: str) -> HttpResponse:
    building = get_object_or_404(buildings_to_watch(request.viewer), public_id=public_id)
    page = building_page(request.viewer, building, today=paris_day(timezone.now()))
    return render(request, "staff/legal_list/detail.html", {"page": page})


@require_POST
@staff_only(Duty.LEGAL_LIST)
def set_aside(request: ViewerRequest, public_id: str) -> HttpResponse:
    """« Sans objet » for the item named in the form."""
    return decide(request, public_id, action=waive, told="Le document est noté sans objet pour cet immeuble.")


@require_POST
@staff_only(Duty.LEGAL_LIST)
def require_again(request: ViewerRequest, public_id: str) -> HttpResponse:
    return decide(request, public_id, action=end_waiver, told="Le document est de nouveau attendu pour cet immeuble.")


def decide(request: ViewerRequest, public_id: str, *, action: Callable[..., object], told: str) -> HttpResponse:
    building = get_object_or_404(buildings_to_watch(request.viewer), public_id=public_id)
    try:
        action(building=building, code=request.POST.get("code", ""), by=request.user)
        messages.success(request, told)
    except AlwaysRequired as refusal:
        messages.warning(request, refusal.message)
    return redirect("staff:legal_list-detail", public_id)
