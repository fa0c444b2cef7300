"""Clés de l’interface: the programs that come in, a key made and shown once, a key revoked."""

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from parvis.exchange.actions.api_keys import make_key, revoke
from parvis.exchange.models import ApiKey
from parvis.people.rules import Duty
from parvis.web.staff.access import staff_only
from parvis.web.staff.api_keys.forms import KeyForm
from parvis.web.staff.api_keys.page import keys_page
from parvis.web.ui.fresh_proof import fresh_proof_required
from parvis.web.ui.refused import refusals_on
from parvis.web.ui.requests import ViewerRequest


@require_safe
@staff_only(Duty.SETTINGS)
def index(request: ViewerRequest) -> HttpResponse:
    return render(request, "staff/api_keys/index.html", {"page": keys_page(request.viewer)})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.SETTINGS)
@fresh_proof_required
def add(request: ViewerRequest) -> HttpResponse:
    """The key is in the answer to the form, and nowhere afterwards."""
    form = KeyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form, field="name"):
            key, token = make_key(
                agency=request.user.agency,
                name=form.cleaned_data["name"],
                scopes=form.cleaned_data["scopes"],
                lasts=dt.timedelta(days=form.cleaned_data["lasts"]),
                by=("user", request.user.public_id),
                by_name=str(request.user.staffmember),
            )
            return render(request, "staff/api_keys/made.html", {"key": key, "token": token})
    return render(request, "staff/api_keys/add.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.SETTINGS)
def end(request: ViewerRequest, public_id: str) -> HttpResponse:
    """« Révoquer »: its program is closed out at once."""
    key = get_object_or_404(ApiKey.objects.visible_to(request.viewer), public_id=public_id)
    if request.method == "POST":
        revoke(key=key, by=("user", request.user.public_id))
        messages.success(request, f"La clé de «\u00a0{key.name}\u00a0» n’ouvre plus rien.")
        return redirect("staff:api_keys-index")
    return render(request, "staff/api_keys/end.html", {"key": key})
