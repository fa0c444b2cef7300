"""Autres: the rest of the menu, on phones; what a person can never use is absent."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from parvis.compliance.access import buildings_owned, buildings_with_seat
from parvis.kit.days import paris_day
from parvis.web.ui.requests import ViewerRequest


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    today = paris_day(timezone.now())
    context = {
        "owns": buildings_owned(request.viewer, day=today).exists(),
        "sits": buildings_with_seat(request.viewer).exists(),
    }
    return render(request, "client/more/index.html", context)
