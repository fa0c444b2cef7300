"""Imports: bring a file in, read its preview, apply it, read its report."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.exchange.actions import refusal_rows
from parvis.exchange.actions.intakes import running
from parvis.exchange.actions.intakes.receiving import receive
from parvis.exchange.models import ImportRun, Intake
from parvis.kit.identifiers import new_public_id
from parvis.kit.refusals import Refusal
from parvis.kit.spreadsheets import to_csv
from parvis.people.rules import Duty
from parvis.web.staff.access import staff_only
from parvis.web.staff.imports.forms import UploadForm, options_form, options_of
from parvis.web.staff.imports.page import change_rows, imports_page, intake_page, told_of_run
from parvis.web.ui.import_runs import RunLine
from parvis.web.ui.papers import csv_answer
from parvis.web.ui.requests import ViewerRequest

STILL_RUNNING = "Cet import est en cours\u00a0: attendez sa fin."


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.BOOKS)
def index(request: ViewerRequest) -> HttpResponse:
    """What waits, the history, and the place to bring a file in; the script is answered in JSON."""
    posted = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if posted else UploadForm(initial={"sending_key": new_public_id()})
    if form.is_valid():
        intake = brought_in(request, form)
        if intake is not None:
            return led_to(request, intake)
    if posted and request.headers.get("Accept") == "application/json":
        return JsonResponse({"refused": " ".join(str(error) for errors in form.errors.values() for error in errors)})
    page = imports_page(request.viewer, number=request.GET.get("page", ""))
    return render(request, "staff/imports/index.html", {"page": page, "form": form})


def brought_in(request: ViewerRequest, form: UploadForm) -> Intake | None:
    """The file kept; a refusal stands beside its field."""
    sent, key = form.cleaned_data["package"], form.cleaned_data["sending_key"]
    try:
        return receive(agency=request.user.agency, user=request.user, file=sent, name=sent.name or "", sending_key=key)
    except Refusal as refusal:
        form.add_error("package", refusal.message)
        return None


def led_to(request: ViewerRequest, intake: Intake) -> HttpResponse:
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"refused": "", "next": reverse("staff:imports-detail", args=[intake.public_id])})
    messages.success(request, "Le fichier est reçu\u00a0: son aperçu se prépare, rien n’est encore changé.")
    return redirect("staff:imports-detail", intake.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.BOOKS)
def detail(request: ViewerRequest, public_id: str) -> HttpResponse:
    """One file: its preview or its report; read otherwise, it is previewed again."""
    intake = intake_of(request, public_id)
    form = options_form(intake, request.POST if request.method == "POST" else None)
    if request.method == "POST" and (form is None or form.is_valid()):
        if running.ask_again(intake, options=options_of(form)):
            messages.success(request, "Un nouvel aperçu se prépare\u00a0: rien n’est encore changé.")
        else:
            messages.warning(request, STILL_RUNNING)
        return redirect("staff:imports-detail", public_id)
    return render(request, "staff/imports/detail.html", {"page": intake_page(intake), "form": form})


@require_POST
@staff_only(Duty.BOOKS)
def application(request: ViewerRequest, public_id: str) -> HttpResponse:
    """« Appliquer »: what was previewed."""
    intake = intake_of(request, public_id)
    if not running.ask_to_apply(intake):
        messages.warning(request, "Cet import est déjà lancé, ou son aperçu est à refaire.")
    return redirect("staff:imports-detail", public_id)


@require_POST
@staff_only(Duty.BOOKS)
def again(request: ViewerRequest, public_id: str) -> HttpResponse:
    """« Recommencer »: the same file, from its preview."""
    if not running.ask_again(intake_of(request, public_id)):
        messages.warning(request, STILL_RUNNING)
    return redirect("staff:imports-detail", public_id)


@require_POST
@staff_only(Duty.BOOKS)
def abandon(request: ViewerRequest, public_id: str) -> HttpResponse:
    """« Abandonner »: the file is erased, nothing is applied."""
    if not running.give_up(intake_of(request, public_id)):
        messages.warning(request, STILL_RUNNING)
        return redirect("staff:imports-detail", public_id)
    messages.success(request, "Ce fichier est abandonné\u00a0: rien n’a été changé.")
    return redirect("staff:imports-index")


@require_safe
@staff_only(Duty.BOOKS)
def refusals(request: ViewerRequest, public_id: str) -> HttpResponse:
    """What the preview refuses."""
    intake = intake_of(request, public_id)
    found = (intake.preview or {}).get("refusals", [])
    return csv_answer(to_csv(refusal_rows(found)), name=f"refus-{intake.received_at:%Y-%m-%d}")


@require_safe
@staff_only(Duty.BOOKS)
def changes(request: ViewerRequest, public_id: str) -> HttpResponse:
    """What would change."""
    intake = intake_of(request, public_id)
    preview: dict[str, Any] = intake.preview or {"changes": []}
    return csv_answer(to_csv(change_rows(preview)), name=f"changements-{intake.received_at:%Y-%m-%d}")


@require_safe
@staff_only(Duty.BOOKS)
def run(request: ViewerRequest, public_id: str) -> HttpResponse:
    """One report of the history."""
    found = get_object_or_404(ImportRun.objects.visible_to(request.viewer), public_id=public_id)
    return render(request, "staff/imports/run.html", {"line": RunLine(found), **told_of_run(found)})


@require_safe
@staff_only(Duty.BOOKS)
def run_refusals(request: ViewerRequest, public_id: str) -> HttpResponse:
    """What an import refused."""
    found = get_object_or_404(ImportRun.objects.visible_to(request.viewer), public_id=public_id)
    return csv_answer(to_csv(refusal_rows(found.refusals)), name=f"refus-{found.started_at:%Y-%m-%d}")


def intake_of(request: ViewerRequest, public_id: str) -> Intake:
    visible = Intake.objects.visible_to(request.viewer).select_related("user__staffmember", "run")
    return get_object_or_404(visible, public_id=public_id)
