"""Autres: the rest of the menu, on phones; what the role does not open is absent."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from parvis.people.rules import Duty
from parvis.web.staff.access import staff_only
from parvis.web.ui.requests import ViewerRequest
from parvis.web.ui.staff_menu import entries_for, rest_of


@require_safe
@staff_only(Duty.HOME)
def index(request: ViewerRequest) -> HttpResponse:
    entries = entries_for(request.viewer.duties)
    return render(request, "staff/more/index.html", {"entries": rest_of(entries)})
