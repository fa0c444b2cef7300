"""Mes recherches: the applicant's files and where they stand."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from parvis.rentals.models import RentalApplication
from parvis.web.ui.requests import ViewerRequest


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    applications = RentalApplication.objects.visible_to(request.viewer)
    return render(request, "client/rentals/index.html", {"applications": applications})
