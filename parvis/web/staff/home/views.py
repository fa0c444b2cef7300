"""The first page of the staff, and the refusals of one import as a file."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from parvis.exchange.actions import refusal_rows
from parvis.exchange.models import ImportRun
from parvis.kit.spreadsheets import to_csv
from parvis.people.rules import Duty
from parvis.web.staff.access import staff_only
from parvis.web.staff.home.page import home_page
from parvis.web.ui.requests import ViewerRequest
from parvis.web.ui.themes import THEMES


@require_safe
@staff_only(Duty.HOME)
def index(request: ViewerRequest) -> HttpResponse:
    return render(request, "staff/home/index.html", {"page": home_page(request.viewer), "themes": THEMES})


@require_safe
@staff_only(Duty.BOOKS)
def refusals(request: ViewerRequest, public_id: str) -> HttpResponse:
    run = get_object_or_404(ImportRun.objects.visible_to(request.viewer), public_id=public_id)
    response = HttpResponse(to_csv(refusal_rows(run.refusals)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="refus-{run.started_at:%Y-%m-%d}.csv"'
    return response
