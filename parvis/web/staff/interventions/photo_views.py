"""A photo that should not have been shown: a face, a neighbour’s flat. Hidden from all but the agency, or taken out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from parvis.interventions.actions import photos
from parvis.people.rules import Duty
from parvis.web.staff.access import staff_only
from parvis.web.staff.interventions.finding import actor_of, case_of
from parvis.web.staff.interventions.message_views import photo_of
from parvis.web.staff.interventions.photo_forms import ERASE, WithholdForm
from parvis.web.ui.refused import refusals_on
from parvis.web.ui.requests import ViewerRequest


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.CASES)
def withhold(request: ViewerRequest, public_id: str, photo_id: str) -> HttpResponse:
    """Hide it or take it out, and say why: neither is undone."""
    case, photo = case_of(request, public_id), photo_of(request, public_id, photo_id)
    form = WithholdForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        is_erased = form.cleaned_data["gesture"] == ERASE
        with refusals_on(form):
            action = photos.erase if is_erased else photos.hide
            action(photo=photo, reason=form.cleaned_data["reason"], by=actor_of(request))
            messages.success(request, "La pièce est retirée." if is_erased else "La pièce est masquée.")
            return redirect("staff:interventions-detail", public_id)
    return render(request, "staff/interventions/withhold.html", {"case": case, "photo": photo, "form": form})
