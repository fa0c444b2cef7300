"""Réglages: the agency's details and its look, each seen before it is kept."""

import dataclasses

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.agencies import actions
from parvis.agencies.actions import DETAILS, LOOK
from parvis.agencies.rules import closure_words, read_closures, read_hours, week_words
from parvis.people.rules import Duty
from parvis.web.staff.access import staff_only
from parvis.web.staff.settings.forms import DetailsForm, LookForm, initial_of
from parvis.web.ui.branding import branding_of
from parvis.web.ui.refused import refusals_on
from parvis.web.ui.requests import ViewerRequest

PREVIEW = "apercu"
SEEN = (*LOOK, "logo_digest")


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
        context |= {"shown": form.cleaned_data, "week": week_of(form), "closures": closures_of(form)}
    return render(request, "staff/settings/agency.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.SETTINGS)
def appearance(request: ViewerRequest) -> HttpResponse:
    """« Apparence »: the preview is the page itself, in the hue that was typed, with the logo that was chosen."""
    agency = request.user.agency
    form = LookForm(request.POST or None, request.FILES or None, initial=initial_of(agency, SEEN), agency=agency)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        if PREVIEW not in request.POST and kept(request, form):
            return redirect("staff:settings-appearance")
        shown = dataclasses.replace(branding_of(request), hue=form.cleaned_data["hue"])
        context |= {"branding": shown, "shown": form.cleaned_data}
    return render(request, "staff/settings/appearance.html", context)


@require_POST
@staff_only(Duty.SETTINGS)
def logo(request: ViewerRequest) -> HttpResponse:
    """« Retirer le logo »."""
    actions.put_logo(agency=request.user.agency, content=b"", by=author_of(request))
    messages.success(request, "Le logo est retiré.")
    return redirect("staff:settings-appearance")


def kept(request: ViewerRequest, form: DetailsForm | LookForm) -> bool:
    """Whether what was typed is kept; a refusal stands on the form."""
    agency = request.user.agency

    def now() -> dict[str, object]:
        agency.refresh_from_db()
        return initial_of(agency, form.initial)

    with refusals_on(form), form.kept_as_shown(agency, now=now) as is_same:
        if is_same:
            typed = {name: value for name, value in form.cleaned_data.items() if name != "logo"}
            actions.change(agency=agency, values=typed, by=author_of(request))
            if form.cleaned_data.get("logo"):
                actions.put_logo(agency=agency, content=form.cleaned_data["logo"], by=author_of(request))
            messages.success(request, "Les réglages sont enregistrés.")
    return not form.errors


def week_of(form: DetailsForm) -> list[tuple[str, str]]:
    """The hours as clients will read them."""
    return week_words(read_hours(form.cleaned_data["weekly_hours"]))


def closures_of(form: DetailsForm) -> list[str]:
    return [closure_words(closure) for closure in read_closures(form.cleaned_data["closures"])]


def author_of(request: ViewerRequest) -> tuple[str, str]:
    return ("user", request.user.public_id)
