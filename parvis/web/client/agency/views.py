"""Mon agence: its address, its hours, and the persons who look after the client's buildings."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from parvis.web.client.agency.page import agency_page
from parvis.web.ui.requests import ViewerRequest


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    page = agency_page(request.viewer, request.user.agency, now=timezone.now())
    return render(request, "client/agency/index.html", {"page": page})
