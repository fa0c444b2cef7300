"""Accueil: what you owe, what is under way, whom to call."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from parvis.kit.days import paris_day
from parvis.web.client.home.page import home_page
from parvis.web.ui.requests import ViewerRequest


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    page = home_page(request.viewer, today=paris_day(timezone.now()))
    return render(request, "client/home/index.html", {"page": page})
