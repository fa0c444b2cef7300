"""Les documents que la loi prévoit: the buildings of a co-owner, and one of them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from parvis.compliance.access import buildings_owned
from parvis.kit.days import paris_day
from parvis.web.client.legal_list.page import building_lines, legal_list_page
from parvis.web.ui.requests import ViewerRequest


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    lines = building_lines(request.viewer, today=paris_day(timezone.now()))
    return render(request, "client/legal_list/index.html", {"lines": lines})


@require_safe
def detail(request: ViewerRequest, public_id: str) -> HttpResponse:
    today = paris_day(timezone.now())
    building = get_object_or_404(buildings_owned(request.viewer, day=today), public_id=public_id)
    page = legal_list_page(request.viewer, building, today=today)
    return render(request, "client/legal_list/detail.html", {"page": page})
