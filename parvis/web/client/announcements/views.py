"""One announcement to a building, for whom it was written."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from parvis.interventions.models import Announcement
from parvis.interventions.rules.announcements import when
from parvis.web.ui.requests import ViewerRequest


@require_safe
def detail(request: ViewerRequest, public_id: str) -> HttpResponse:
    visible = Announcement.objects.visible_to(request.viewer).select_related("building")
    announcement = get_object_or_404(visible, public_id=public_id)
    context = {"announcement": announcement, "days": when(announcement.begins_at, announcement.ends_at)}
    return render(request, "client/announcements/detail.html", context)
