"""Écarts: the list, the latest call first. The client reads the same difference on the page of the call."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from parvis.ledger.access import differences_of_agency
from parvis.people.rules import Duty
from parvis.web.staff.access import staff_only
from parvis.web.ui.reads import PARTS, note_read
from parvis.web.ui.requests import ViewerRequest

SHOWN = 200


@require_safe
@staff_only(Duty.ACCOUNTS)
def index(request: ViewerRequest) -> HttpResponse:
    differences = differences_of_agency(request.viewer)
    listed = differences.select_related("call__account__client", "call__account__building")[:SHOWN]
    note_read(request, clients=[difference.call.account.client for difference in listed], part=PARTS["calls"])
    context = {"differences": listed, "count": differences.count(), "shown": SHOWN}
    return render(request, "staff/differences/index.html", context)
