"""Déclarer pour un client: most problems are told by telephone. The client is found, one page is filled in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from parvis.interventions.access import alike, cases_of_agency
from parvis.interventions.actions.reports import Report
from parvis.interventions.actions.reports import declare as declare_problem
from parvis.interventions.models import Intervention
from parvis.interventions.rules.titles import Sketch
from parvis.kit.clock import database_now
from parvis.kit.days import paris_day
from parvis.kit.identifiers import new_public_id
from parvis.notices.access import greetings_of
from parvis.people.models import Client
from parvis.people.rules import Duty
from parvis.property.access import clients_in_scope
from parvis.property.client_search import client_search
from parvis.web.staff.access import staff_only
from parvis.web.staff.interventions.caller_forms import CallerForm, places_of
from parvis.web.staff.interventions.finding import PART, actor_of
from parvis.web.staff.interventions.lines import Line
from parvis.web.ui.reads import note_read
from parvis.web.ui.refused import refusals_on
from parvis.web.ui.requests import ViewerRequest
from parvis.web.ui.uploads import ask_files_again, pictures_of, refusals_on_photos

LONGEST_SEARCH = 100


@require_safe
@staff_only(Duty.CASES)
def caller(request: ViewerRequest) -> HttpResponse:
    """Who calls: two letters are enough."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]
    found = client_search(request.viewer, words) if words else []
    return render(request, "staff/interventions/caller.html", {"words": words, "found": found})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.CASES)
def declare(request: ViewerRequest, public_id: str) -> HttpResponse:
    """The whole report on one page; a case that looks the same is shown before it is sent."""
    client = get_object_or_404(clients_in_scope(request.viewer), public_id=public_id)
    note_read(request, clients=[client], part=PART)
    form = form_of(request, client)
    near = alike_of(request, form) if form.is_valid() and "anyway" not in request.POST else []
    if form.is_valid() and not near:
        with refusals_on(form), refusals_on_photos(form):
            report = report_of(form, client=client)
            case = declare_problem(
                report=report, by=actor_of(request), pictures=pictures_of(form.cleaned_data["photos"])
            )
            messages.success(request, told_of(case, client=client))
            return redirect("staff:interventions-detail", case.public_id)
    ask_files_again(form, request=request)
    return render(request, "staff/interventions/declare.html", {"client": client, "form": form, "alike": near})


def told_of(case: Intervention, *, client: Client) -> str:
    """The number, and whether the client reads it too."""
    known = greetings_of([client], day=paris_day(database_now()))
    then = "Le client est prévenu." if known else "Ce client n’a pas d’accès\u00a0: donnez-lui ce numéro."
    return f"La déclaration est enregistrée sous le numéro {case.number}. {then}"


def form_of(request: ViewerRequest, client: Client) -> CallerForm:
    places = places_of(client, viewer=request.viewer, day=paris_day(database_now()))
    if request.method == "POST":
        return CallerForm(request.POST, request.FILES, places=places)
    return CallerForm(places=places, initial={"sending_key": new_public_id()})


def report_of(form: CallerForm, *, client: Client) -> Report:
    typed, (building, lot) = form.cleaned_data, form.chosen
    ordinary, damage = Intervention.Kind.ORDINARY, Intervention.Kind.WATER_DAMAGE
    return Report(
        building=building,
        lot=lot,
        client=client,
        place=typed["spot"],
        kind=damage if typed["is_water_damage"] else ordinary,
        **{
            name: typed[name]
            for name in ("category", "title", "description", "availability", "phone", "is_urgent", "sending_key")
        },
    )


def alike_of(request: ViewerRequest, form: CallerForm) -> list[Line]:
    """What is in progress already at that place about the same thing."""
    (building, lot), now = form.chosen, database_now()
    sketch = Sketch(
        building_id=building.pk,
        lot_id=lot.pk if lot else None,
        category=form.cleaned_data["category"],
        place=form.cleaned_data["spot"],
    )
    near = alike(cases_of_agency(request.viewer).with_place(), sketch, today=paris_day(now))
    return [Line(case=case, now=now) for case in near]
