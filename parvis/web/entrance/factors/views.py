"""The offer after the first connection, and what the staff must do before anything else."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from parvis.people.actions.ways_in import has_factor
from parvis.web.entrance.factors import ceremony
from parvis.web.entrance.session import home_of
from parvis.web.ui.requests import ViewerRequest
from parvis.web.ui.staff_gate import is_closed


@require_safe
def offer(request: ViewerRequest) -> HttpResponse:
    """Once, after the first connection: a passkey, an application, or « Plus tard »."""
    context = {"can_add_passkey": ceremony.place_of(request) is not None, "home": home_of(request.user)}
    return render(request, "entrance/factors/offer.html", context)


@require_safe
def required(request: ViewerRequest) -> HttpResponse:
    """For the staff: add a proof of one's own before seeing anything; who has one signs in again and shows it."""
    if not is_closed(request):
        return redirect(home_of(request.user))
    context = {
        "has_factor": has_factor(request.user),
        "can_add_passkey": ceremony.place_of(request) is not None,
    }
    return render(request, "entrance/factors/required.html", context)
