"""« Personnes du foyer »: who else reads one's affairs, invited and revoked by the holder alone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.kit.refusals import Refusal
from parvis.people.actions import household
from parvis.people.models import HouseholdAccess, SensitiveAction
from parvis.web.client.profile.details_views import own_client
from parvis.web.client.profile.forms import InvitationForm
from parvis.web.ui.fresh_proof import fresh_proof_required
from parvis.web.ui.held import waits_while_held
from parvis.web.ui.refused import refusals_on
from parvis.web.ui.requests import ViewerRequest


@require_safe
def persons(request: ViewerRequest, public_id: str) -> HttpResponse:
    """The persons of one of one's own clients."""
    client = own_client(request, public_id)
    rows = HouseholdAccess.objects.visible_to(request.viewer).lasting().filter(client=client)
    return render(request, "client/profile/household.html", {"client": client, "persons": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@waits_while_held(SensitiveAction.HOUSEHOLD)
@fresh_proof_required
def invite(request: ViewerRequest, public_id: str) -> HttpResponse:
    client = own_client(request, public_id)
    form = InvitationForm(request.POST or None, initial={"right": HouseholdAccess.Right.READ})
    if form.is_valid():
        with refusals_on(form):
            household.invite(
                client=client,
                by=request.user,
                name=form.cleaned_data["name"],
                email=form.cleaned_data["email"],
                right=HouseholdAccess.Right(form.cleaned_data["right"]),
                host=request.get_host(),
            )
            messages.success(request, "L’invitation est partie. Son lien est valable 7\u00a0jours.")
            return redirect("client:profile-household", public_id)
    return render(request, "client/profile/invite.html", {"form": form, "client": client})


@require_POST
def revoke(request: ViewerRequest, public_id: str) -> HttpResponse:
    """« Retirer cet accès », at once: no proof is asked of who takes a right back."""
    given = HouseholdAccess.objects.visible_to(request.viewer).filter(client__in=request.viewer.own_client_ids)
    access = get_object_or_404(given.select_related("client", "agency"), public_id=public_id)
    household.revoke(access=access, by=request.user)
    messages.success(request, f"L’accès de {access.name} est retiré.")
    return redirect("client:profile-household", access.client.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: ViewerRequest, public_id: str) -> HttpResponse:
    """« Quitter cet accès », by the person of the household."""
    held = HouseholdAccess.objects.visible_to(request.viewer).in_force().filter(user=request.user)
    access = get_object_or_404(held.select_related("client", "agency"), public_id=public_id)
    if request.method != "POST":
        return render(request, "client/profile/leave.html", {"access": access})
    try:
        household.leave(access=access, by=request.user)
        messages.success(request, "Vous avez quitté cet accès.")
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    return redirect("client:profile-index")
