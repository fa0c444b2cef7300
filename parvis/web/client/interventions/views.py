"""Interventions: the list and the follow-up of one, like a parcel."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from parvis.interventions.models import Intervention
from parvis.web.client.interventions.page import ENDED_FILTER, intervention_page, interventions_page
from parvis.web.ui.requests import ViewerRequest


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    page = interventions_page(
        request.viewer,
        shows_ended=request.GET.get("etat") == ENDED_FILTER,
        page_number=request.GET.get("page", "1"),
    )
    return render(request, "client/interventions/index.html", {"page": page})


@require_safe
def detail(request: ViewerRequest, public_id: str) -> HttpResponse:
    visible = Intervention.objects.visible_to(request.viewer).select_related("building", "reporter")
    intervention = get_object_or_404(visible, public_id=public_id)
    page = intervention_page(intervention, viewer=request.viewer)
    return render(request, "client/interventions/detail.html", {"page": page})
