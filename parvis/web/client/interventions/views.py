"""Interventions: the list, the follow-up of one like a parcel, its appointment, its photos."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from parvis.interventions.models import Intervention, Photo
from parvis.web.client.interventions.calendar import appointment_file
from parvis.web.client.interventions.case import case_of
from parvis.web.client.interventions.following import followed
from parvis.web.client.interventions.listing import interventions_page
from parvis.web.client.interventions.pictures import case_picture
from parvis.web.ui.papers import answer
from parvis.web.ui.reads import PARTS, note_read
from parvis.web.ui.requests import ViewerRequest
from parvis.web.ui.stored_files import answer_with_file

CALENDAR = "text/calendar; charset=utf-8"


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    page = interventions_page(
        request.viewer, asked=request.GET.get("etat", ""), page_number=request.GET.get("page", "1")
    )
    return render(request, "client/interventions/index.html", {"page": page})


@require_safe
def detail(request: ViewerRequest, public_id: str) -> HttpResponse:
    intervention = visible_case(request, public_id)
    note_read(request, client_ids=filter(None, [intervention.reporter_id]), part=PARTS["interventions"])
    context = {"page": followed(intervention, viewer=request.viewer)}
    return render(request, "client/interventions/detail.html", context)


@require_safe
def calendar(request: ViewerRequest, public_id: str) -> HttpResponse:
    """The appointment, as a telephone takes it in its agenda."""
    fixed = Intervention.objects.visible_to(request.viewer).in_progress().exclude(appointment_begins_at=None)
    intervention = get_object_or_404(fixed.select_related("building", "agency", "reporter"), public_id=public_id)
    case = case_of(intervention, viewer=request.viewer)
    url = request.build_absolute_uri(reverse("client:interventions-detail", args=[public_id]))
    content = appointment_file(case, url=url)
    return answer(content, kind=CALENDAR, disposition="attachment", name=f"Rendez-vous {intervention.number}.ics")


@require_safe
def picture(request: ViewerRequest, public_id: str) -> HttpResponse:
    """A photo as wide as the screen."""
    photo = shown_photo(request, public_id)
    detail_path = reverse("client:interventions-detail", args=[photo.intervention.public_id])
    path = reverse("client:interventions-photo", args=[public_id])
    context = {"photo": case_picture(photo, rank=1), "path": path, "back": detail_path}
    return render(request, "client/interventions/picture.html", context)


@require_safe
def photo_file(request: ViewerRequest, public_id: str) -> HttpResponseBase:
    photo = shown_photo(request, public_id)
    return answer_with_file(request, photo.file, name=f"Intervention {photo.intervention.number}")


@require_safe
def thumbnail(request: ViewerRequest, public_id: str) -> HttpResponseBase:
    photo = shown_photo(request, public_id)
    return answer_with_file(request, photo.thumbnail or photo.file, name=f"Intervention {photo.intervention.number}")


def visible_case(request: ViewerRequest, public_id: str) -> Intervention:
    visible = Intervention.objects.visible_to(request.viewer).select_related("building", "reporter", "assigned_to")
    return get_object_or_404(visible, public_id=public_id)


def shown_photo(request: ViewerRequest, public_id: str) -> Photo:
    """One that was looked at and that the viewer may see."""
    ready = Photo.objects.visible_to(request.viewer).filter(state=Photo.State.READY)
    return get_object_or_404(ready.select_related("intervention", "file", "thumbnail"), public_id=public_id)
