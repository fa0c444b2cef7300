"""Announcements: what is shown to the buildings, a new one with its readers counted before it is published."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.interventions.access import announcements_in_scope
from parvis.interventions.actions import announcements
from parvis.interventions.rules.announcements import when
from parvis.kit.clock import database_now
from parvis.kit.identifiers import new_public_id
from parvis.kit.refusals import Refusal
from parvis.people.rules import Duty
from parvis.property.access import buildings_in_scope
from parvis.web.staff.access import staff_only
from parvis.web.staff.announcements.forms import AnnouncementForm
from parvis.web.ui.refused import refusals_on
from parvis.web.ui.requests import ViewerRequest

PAST_SHOWN = 30


@require_safe
@staff_only(Duty.ANNOUNCEMENTS)
def index(request: ViewerRequest) -> HttpResponse:
    """Those to come and under way, by date; then the last that are over or withdrawn."""
    rows = announcements_in_scope(request.viewer).select_related("building")
    current = rows.current()
    past = rows.exclude(pk__in=current.order_by().values("pk")).order_by("-ends_at", "-pk")
    return render(request, "staff/announcements/index.html", {"current": current, "past": past[:PAST_SHOWN]})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.ANNOUNCEMENTS)
def write(request: ViewerRequest) -> HttpResponse:
    """Written, then looked at with its readers counted, then published: nothing leaves before the second button."""
    form = form_of(request)
    if not form.is_valid():
        return render(request, "staff/announcements/write.html", {"form": form})
    building, wording = form.chosen_building, form.wording
    if "publish" in request.POST:
        with refusals_on(form):
            published = announcements.publish(building=building, wording=wording, by=request.user.staffmember)
            messages.success(request, "L’annonce est publiée. Ceux qui la lisent sont prévenus.")
            return redirect("staff:announcements-detail", published.public_id)
    if "again" in request.POST or form.errors:
        return render(request, "staff/announcements/write.html", {"form": form})
    readers = announcements.preview(building, audience=wording.audience)
    days = when(wording.begins_at, wording.ends_at)
    context = {"form": form, "building": building, "wording": wording, "readers": readers, "days": days}
    return render(request, "staff/announcements/preview.html", context)


def form_of(request: ViewerRequest) -> AnnouncementForm:
    buildings = list(buildings_in_scope(request.viewer).filter(closed_on=None).order_by("name", "pk"))
    return AnnouncementForm(
        request.POST if request.method == "POST" else None,
        buildings=buildings,
        now=database_now(),
        initial={"key": new_public_id(), "building": request.GET.get("immeuble", "")},
    )


@require_safe
@staff_only(Duty.ANNOUNCEMENTS)
def detail(request: ViewerRequest, public_id: str) -> HttpResponse:
    """One announcement, and who reads it."""
    rows = announcements_in_scope(request.viewer).select_related("building", "author")
    announcement = get_object_or_404(rows, public_id=public_id)
    context = {
        "announcement": announcement,
        "is_current": announcement.withdrawn_at is None and announcement.ends_at > database_now(),
        "readers": announcements.preview(announcement.building, audience=announcement.audience),
        "days": when(announcement.begins_at, announcement.ends_at),
    }
    return render(request, "staff/announcements/detail.html", context)


@require_POST
@staff_only(Duty.ANNOUNCEMENTS)
def withdraw(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Nobody reads it any more."""
    announcement = get_object_or_404(announcements_in_scope(request.viewer), public_id=public_id)
    try:
        announcements.withdraw(announcement=announcement, by=request.user.staffmember)
        messages.success(request, "L’annonce est retirée.")
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    return redirect("staff:announcements-detail", public_id)
