"""Réglages: the agency's details and its look, each seen before it is kept."""

import dataclasses

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.agencies import actions
from parvis.agencies.actions import DETAILS, LOOK
from parvis.agencies.rules import Hours, read_closures, read_hours, week_words
from parvis.kit.refusals import Refusal
from parvis.people.rules import Duty
from parvis.web.staff.access import staff_only
from parvis.web.staff.settings.forms import DetailsForm, LogoForm, LookForm, initial_of
from parvis.web.ui.branding import branding_of
from parvis.web.ui.refused import refusals_on
from parvis.web.ui.requests import ViewerRequest

PREVIEW = "apercu"


@require_safe
@staff_only(Duty.SETTINGS)
def index(request: ViewerRequest) -> HttpResponse:
    return render(request, "staff/settings/index.html")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.SETTINGS)
def agency(request: ViewerRequest) -> HttpResponse:
    """« Coordonnées et horaires »."""
    form = DetailsForm(request.POST or None, initial=initial_of(request.user.agency, DETAILS))
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        if PREVIEW not in request.POST and kept(request, form):
            return redirect("staff:settings-agency")
        context |= {"shown": form.cleaned_data, "week": week_of(form)}
    return render(request, "staff/settings/agency.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.SETTINGS)
def appearance(request: ViewerRequest) -> HttpResponse:
    """« Apparence »: the preview is the page itself, in the hue that was typed."""
    form = LookForm(request.POST or None, initial=initial_of(request.user.agency, LOOK))
    context: dict[str, object] = {"form": form, "logo_form": LogoForm()}
    if form.is_valid():
        if PREVIEW not in request.POST and kept(request, form):
            return redirect("staff:settings-appearance")
        shown = dataclasses.replace(branding_of(request), hue=form.cleaned_data["hue"])
        context |= {"branding": shown, "shown": form.cleaned_data}
    return render(request, "staff/settings/appearance.html", context)


@require_POST
@staff_only(Duty.SETTINGS)
def logo(request: ViewerRequest) -> HttpResponse:
    """A new logo, or none."""
    form = LogoForm(request.POST, request.FILES)
    if "retirer" in request.POST:
        actions.put_logo(agency=request.user.agency, content=b"", by=author_of(request))
        messages.success(request, "Le logo est retiré.")
    elif form.is_valid() and kept_logo(request, form):
        messages.success(request, "Le logo est enregistré.")
    else:
        look = LookForm(initial=initial_of(request.user.agency, LOOK))
        return render(request, "staff/settings/appearance.html", {"form": look, "logo_form": form})
    return redirect("staff:settings-appearance")


def kept_logo(request: ViewerRequest, form: LogoForm) -> bool:
    try:
        actions.put_logo(agency=request.user.agency, content=form.cleaned_data["logo"], by=author_of(request))
    except Refusal as refusal:
        form.add_error("logo", refusal.message)
    return not form.errors


def kept(request: ViewerRequest, form: DetailsForm | LookForm) -> bool:
    """Whether what was typed is kept; a refusal stands on the form."""
    agency = request.user.agency

    def now() -> dict[str, object]:
        agency.refresh_from_db()
        return initial_of(agency, form.fields)

    with refusals_on(form), form.kept_as_shown(agency, now=now) as is_same:
        if is_same:
            actions.change(agency=agency, values=form.cleaned_data, by=author_of(request))
            messages.success(request, "Les réglages sont enregistrés.")
    return not form.errors


def week_of(form: DetailsForm) -> list[tuple[str, str]]:
    """The hours as clients will read them."""
    typed = form.cleaned_data
    hours = Hours(week=read_hours(typed["weekly_hours"]), closures=read_closures(typed["closures"]))
    return week_words(hours.week)


def author_of(request: ViewerRequest) -> tuple[str, str]:
    return ("user", request.user.public_id)
