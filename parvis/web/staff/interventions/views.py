"""Interventions: the board, the list and what is done to several at once, the file of one."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from parvis.kit.identifiers import new_public_id
from parvis.people.rules import Duty
from parvis.web.staff.access import staff_only
from parvis.web.staff.interventions.board import board_page
from parvis.web.staff.interventions.bulk import apply
from parvis.web.staff.interventions.finding import case_of, file_answer, staff_of
from parvis.web.staff.interventions.forms import BulkForm
from parvis.web.staff.interventions.listing import Asked, list_page
from parvis.web.ui.requests import ViewerRequest


@require_safe
@staff_only(Duty.CASES)
def index(request: ViewerRequest) -> HttpResponse:
    page = board_page(request.viewer, postal_code=request.user.agency.postal_code)
    return render(request, "staff/interventions/index.html", {"page": page})


@require_safe
@staff_only(Duty.CASES)
def listing(request: ViewerRequest) -> HttpResponse:
    page = list_page(request.viewer, asked=Asked.read(request.GET), postal_code=request.user.agency.postal_code)
    form = BulkForm(staff=staff_of(request.viewer), initial={"sending_key": new_public_id()})
    return render(request, "staff/interventions/list.html", {"page": page, "bulk": form, "ticked": {}})


@require_POST
@staff_only(Duty.CASES)
def bulk(request: ViewerRequest) -> HttpResponse:
    """One gesture for the cases ticked: those that refuse it are named, the others are done."""
    asked = Asked.read(QueryDict(request.POST.get("retour", "")[:500]))
    form = BulkForm(request.POST, staff=staff_of(request.viewer))
    ticked = dict(tick.split(".", 1) for tick in request.POST.getlist("case") if "." in tick)
    if not ticked:
        form.add_error(None, "Cochez au moins une intervention.")
    if form.is_valid():
        for is_done, sentence in apply(request, form=form, ticked=ticked):
            messages.add_message(request, messages.SUCCESS if is_done else messages.WARNING, sentence)
        return redirect(f"{reverse('staff:interventions-list')}?{asked.query(apres=asked.after)}")
    page = list_page(request.viewer, asked=asked, postal_code=request.user.agency.postal_code)
    return render(request, "staff/interventions/list.html", {"page": page, "bulk": form, "ticked": ticked})


@require_safe
@staff_only(Duty.CASES)
def detail(request: ViewerRequest, public_id: str) -> HttpResponse:
    return file_answer(request, case_of(request, public_id))
