"""Biens: the list and one property, from what the agency's package says."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from parvis.kit.days import paris_day
from parvis.web.client.properties.page import LONGEST_SEARCH, properties_page, property_page
from parvis.web.ui.requests import ViewerRequest


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    searched = request.GET.get("recherche", "").strip()[:LONGEST_SEARCH]
    page = properties_page(request.viewer, today=paris_day(timezone.now()), searched=searched)
    return render(request, "client/properties/index.html", {"page": page})


@require_safe
def detail(request: ViewerRequest, public_id: str) -> HttpResponse:
    page = property_page(request.viewer, public_id=public_id, today=paris_day(timezone.now()))
    if page is None:
        raise Http404
    return render(request, "client/properties/detail.html", {"page": page})
