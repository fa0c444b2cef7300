"""Biens: the list, one property, and how a tenant gives notice."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from parvis.kit.days import paris_day
from parvis.people.models import Client
from parvis.web.client.properties.details import property_page, running_lease
from parvis.web.client.properties.page import LONGEST_SEARCH, properties_page
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


@require_safe
def notice_to_quit(request: ViewerRequest, public_id: str) -> HttpResponse:
    """« Donner mon congé »: what the law asks, and the letter to copy. A click ends no lease."""
    today = paris_day(timezone.now())
    lease = running_lease(request.viewer, public_id=public_id, today=today)
    if lease is None:
        raise Http404
    tenants = Client.objects.visible_to(request.viewer).filter(tenancies__lease=lease).distinct()
    context = {"lease": lease, "tenants": tenants, "today": today}
    return render(request, "client/properties/notice_to_quit.html", context)
