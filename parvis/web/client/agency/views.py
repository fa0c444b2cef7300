"""Mon agence: its address, its hours, and the persons who look after the client's buildings."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from parvis.kit.days import paris_day
from parvis.web.ui.contacts import contacts
from parvis.web.ui.requests import ViewerRequest


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    people = contacts(request.viewer, today=paris_day(timezone.now()))
    return render(request, "client/agency/index.html", {"contacts": people})
