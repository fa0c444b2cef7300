"""The gestures on a case, one page each; two reports of one problem that become one; the orders sent to firms."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Case, When
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from parvis.interventions.access import cases_of_agency, orders_of_agency
from parvis.interventions.actions import moves, orders
from parvis.interventions.models import WorkOrder
from parvis.kit.clock import database_now
from parvis.kit.refusals import Refusal
from parvis.people.rules import Duty
from parvis.web.staff.access import staff_only
from parvis.web.staff.interventions.case import is_open
from parvis.web.staff.interventions.doing import DOING, Gesture
from parvis.web.staff.interventions.finding import actor_of, case_of, suppliers_of
from parvis.web.staff.interventions.forms import MergeForm, MoveForm, refusals_about
from parvis.web.staff.interventions.lines import Line
from parvis.web.staff.interventions.moves import BY_SLUG
from parvis.web.ui.requests import ViewerRequest

MOST_ALIKE = 15


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.CASES)
def move(request: ViewerRequest, public_id: str, gesture: str) -> HttpResponse:
    """One gesture: what it asks, what the client reads of it. What was typed survives somebody else's change."""
    if gesture not in BY_SLUG:
        raise Http404
    case, chosen = case_of(request, public_id), BY_SLUG[gesture]
    typed = request.POST if request.method == "POST" else None
    if typed is None and not is_open(chosen, case=case):
        messages.warning(request, moves.NotPossible.message)
        return redirect("staff:interventions-detail", public_id)
    form = MoveForm(typed, case=case, move=chosen, suppliers=suppliers_of(request.viewer))
    if form.is_valid():
        with refusals_about(form):
            DOING[gesture](Gesture(case=case, typed=form.cleaned_data, by=actor_of(request), version=form.version))
            messages.success(request, chosen.told)
            return redirect("staff:interventions-detail", public_id)
    context = {"case": case, "line": Line(case=case, now=database_now()), "move": chosen, "form": form}
    return render(request, "staff/interventions/move.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.CASES)
def merge(request: ViewerRequest, public_id: str) -> HttpResponse:
    """This report joins a case of the same building that is in progress."""
    case, now = case_of(request, public_id), database_now()
    others = cases_of_agency(request.viewer).in_progress().filter(building_id=case.building_id).exclude(pk=case.pk)
    form = MergeForm(request.POST if request.method == "POST" else None, case=case, others=others)
    if form.is_valid():
        with refusals_about(form):
            moves.merge(intervention=case, into=form.cleaned_data["into"], by=actor_of(request), version=form.version)
            messages.success(request, "Les deux interventions sont regroupées.")
            return redirect("staff:interventions-detail", form.cleaned_data["into"].public_id)
    same_first = Case(When(category=case.category, then=0), default=1)
    near = others.with_place().order_by(same_first, "-reported_on", "-pk")[:MOST_ALIKE]
    lines = [Line(case=other, now=now) for other in near]
    context = {"case": case, "line": Line(case=case, now=now), "form": form, "alike": lines}
    return render(request, "staff/interventions/merge.html", context)


@require_POST
@staff_only(Duty.CASES)
def order_again(request: ViewerRequest, public_id: str, order_id: str) -> HttpResponse:
    """A new link for the firm: the one before opens nothing any more."""
    return on_order(request, public_id, order_id, action=orders.send_again, told="Un nouveau lien est envoyé.")


@require_POST
@staff_only(Duty.CASES)
def order_withdraw(request: ViewerRequest, public_id: str, order_id: str) -> HttpResponse:
    told = "L’ordre est retiré. L’entreprise est prévenue."
    return on_order(request, public_id, order_id, action=orders.withdraw, told=told)


@require_POST
@staff_only(Duty.CASES)
def choose_slot(request: ViewerRequest, public_id: str, slot_id: str) -> HttpResponse:
    """A time that the firm offered, taken for a client on the telephone."""
    case = case_of(request, public_id)
    order = get_object_or_404(orders_of_agency(request.viewer).filter(intervention=case), slots__public_id=slot_id)
    slot = order.slots.select_related("order").get(public_id=slot_id)
    version = request.POST.get("version", "")
    try:
        orders.choose_slot(slot=slot, by=actor_of(request), version=int(version) if version.isdecimal() else -1)
        messages.success(request, "Le rendez-vous est fixé. L’entreprise et le déclarant sont prévenus.")
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    return redirect("staff:interventions-detail", public_id)


def on_order(
    request: ViewerRequest, public_id: str, order_id: str, *, action: Callable[..., WorkOrder], told: str
) -> HttpResponse:
    """Do that to an order of the case, and say it."""
    case = case_of(request, public_id)
    order = get_object_or_404(orders_of_agency(request.viewer).filter(intervention=case), public_id=order_id)
    try:
        action(order=order, by=actor_of(request))
        messages.success(request, told)
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    return redirect("staff:interventions-detail", public_id)
