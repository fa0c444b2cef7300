"""Autres: the rest of the menu, on phones."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from parvis.web.ui.requests import ViewerRequest


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    return render(request, "client/more/index.html")
