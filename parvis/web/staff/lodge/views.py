"""Loge: the cases and the announcements of a caretaker's buildings; declare a problem, add a note and photos."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from parvis.interventions.access import announcements_in_scope, cases_of_agency
from parvis.interventions.actions import lodge, reports
from parvis.interventions.actions.actors import Actor
from parvis.interventions.actions.messages import Writing
from parvis.interventions.actions.reports import Report
from parvis.interventions.models import Audience, Intervention
from parvis.interventions.rules.titles import title_of
from parvis.kit.days import paris_day
from parvis.kit.identifiers import new_public_id
from parvis.people.rules import Duty
from parvis.property.access import buildings_in_scope
from parvis.web.staff.access import staff_only
from parvis.web.staff.lodge.forms import DeclareForm, NoteForm, places_of
from parvis.web.staff.lodge.page import case_page, list_page
from parvis.web.ui.posted import attached, posted
from parvis.web.ui.reads import PARTS, note_read
from parvis.web.ui.refused import refusals_on
from parvis.web.ui.requests import ViewerRequest
from parvis.web.ui.stored_files import answer_with_file
from parvis.web.ui.uploads import ask_files_again, pictures_of, refusals_on_photos

PART = PARTS["interventions"]


@require_safe
@staff_only(Duty.LODGE)
def index(request: ViewerRequest) -> HttpResponse:
    """What is announced, what is under way, then what has ended."""
    page = list_page(request.viewer, number=request.GET.get("page", ""), today=paris_day(timezone.now()))
    reporters = [line.case.reporter_id for line in page.lines if line.case.reporter_id]
    note_read(request, client_ids=reporters, part=PART)
    announcements = announcements_in_scope(request.viewer).current().select_related("building")
    return render(request, "staff/lodge/index.html", {"page": page, "announcements": announcements})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.LODGE)
def detail(request: ViewerRequest, public_id: str) -> HttpResponse:
    """One case, and the place to add a note and photos for the agency."""
    case = case_of(request, public_id)
    form = NoteForm(posted(request), attached(request), initial={"sending_key": new_public_id()})
    if form.is_valid():
        with refusals_on(form), refusals_on_photos(form):
            lodge.write(intervention=case, writing=writing_of(form), by=actor_of(request))
            messages.success(request, "Votre message est envoyé à l’agence.")
            return redirect("staff:lodge-detail", public_id)
    ask_files_again(form, request=request)
    page = case_page(case, viewer=request.viewer, today=paris_day(timezone.now()))
    return render(request, "staff/lodge/detail.html", {"page": page, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.LODGE)
def declare(request: ViewerRequest) -> HttpResponse:
    """A problem in one of the caretaker's buildings."""
    buildings = buildings_in_scope(request.viewer).filter(closed_on=None).select_related("agency")
    places = places_of(buildings.prefetch_related("lots").order_by("name", "pk"))
    form = DeclareForm(posted(request), attached(request), places=places, initial={"sending_key": new_public_id()})
    if form.is_valid():
        with refusals_on(form), refusals_on_photos(form):
            pictures = pictures_of(form.cleaned_data["photos"])
            case = reports.declare(report=report_of(form), by=actor_of(request), pictures=pictures)
            messages.success(request, f"Votre déclaration est enregistrée sous le numéro {case.number}.")
            return redirect("staff:lodge-detail", case.public_id)
    ask_files_again(form, request=request)
    return render(request, "staff/lodge/declare.html", {"form": form})


@require_safe
@staff_only(Duty.LODGE)
def photo(request: ViewerRequest, public_id: str, photo_id: str) -> HttpResponseBase:
    """A photo that the page of its case shows, in full or in small."""
    page = case_page(case_of(request, public_id), viewer=request.viewer, today=paris_day(timezone.now()))
    found = next((one for one in page.photos if one.public_id == photo_id), None)
    if found is None:
        raise Http404
    file = found.thumbnail if "petite" in request.GET and found.thumbnail else found.file
    return answer_with_file(request, file, name=f"photo-{found.added_at:%Y-%m-%d}")


def case_of(request: ViewerRequest, public_id: str) -> Intervention:
    """A case of their buildings; whoever reported it learns that it was read."""
    case: Intervention = get_object_or_404(
        cases_of_agency(request.viewer).with_place().select_related("agency"), public_id=public_id
    )
    note_read(request, client_ids=[case.reporter_id] if case.reporter_id else [], part=PART)
    return case


def actor_of(request: ViewerRequest) -> Actor:
    return Actor.of_staff(request.user.staffmember)


def writing_of(form: NoteForm) -> Writing:
    typed = form.cleaned_data
    return Writing(
        text=typed["text"],
        sending_key=typed["sending_key"],
        audience=Audience.INTERNAL,
        pictures=pictures_of(typed["photos"]),
    )


def report_of(form: DeclareForm) -> Report:
    """The case is called by its nature and its place, as when a client declares it."""
    typed, (building, lot) = form.cleaned_data, form.chosen
    category = Intervention.Category(typed["category"])
    return Report(
        building=building,
        lot=lot,
        client=None,
        category=category,
        title=title_of(category.label, place=typed["spot"], is_common=lot is None),
        sending_key=typed["sending_key"],
        description=typed["text"],
        place=typed["spot"],
        is_urgent=typed["is_urgent"],
    )
