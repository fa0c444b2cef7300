"""The postal address, the telephones, how documents come: a page each, for one of one's own clients."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from parvis.kit.days import paris_day
from parvis.people.actions import delivery, profile_changes
from parvis.people.models import Client, ProfileChange, SensitiveAction
from parvis.web.client.profile.forms import AddressForm, DeliveryForm, PhonesForm
from parvis.web.client.profile.page import choices_of, deliveries, details_for
from parvis.web.ui.fresh_proof import fresh_proof_required
from parvis.web.ui.held import waits_while_held
from parvis.web.ui.refused import refusals_on
from parvis.web.ui.requests import ViewerRequest

TAKEN_BACK = "Votre changement est annulé."


def own_client(request: ViewerRequest, public_id: str) -> Client:
    """One of the viewer's own clients: nobody changes the details of whom they represent or share a home with."""
    own = Client.objects.visible_to(request.viewer).filter(pk__in=request.viewer.own_client_ids)
    return get_object_or_404(own.select_related("agency"), public_id=public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@waits_while_held(SensitiveAction.POSTAL_ADDRESS)
@fresh_proof_required
def address(request: ViewerRequest, public_id: str) -> HttpResponse:
    client = own_client(request, public_id)
    details = details_for(client, viewer=request.viewer)
    form = AddressForm(request.POST or None, initial={**details.address, "effective_on": paris_day(timezone.now())})
    if form.is_valid():
        with refusals_on(form):
            wanted, day = form.wanted(), form.effective
            made = profile_changes.change(client=client, by=request.user, wanted=wanted, effective_on=day)
            messages.success(request, "Votre adresse est enregistrée." if made else TAKEN_BACK)
            return redirect("client:profile-index")
    return render(request, "client/profile/address.html", {"form": form, "details": details})


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_proof_required
def phones(request: ViewerRequest, public_id: str) -> HttpResponse:
    client = own_client(request, public_id)
    details = details_for(client, viewer=request.viewer)
    form = PhonesForm(request.POST or None, initial=details.phones)
    if form.is_valid():
        with refusals_on(form):
            made = profile_changes.change(client=client, by=request.user, wanted=dict(form.cleaned_data))
            messages.success(request, "Vos numéros sont enregistrés." if made else TAKEN_BACK)
            return redirect("client:profile-index")
    return render(request, "client/profile/phones.html", {"form": form, "details": details})


@require_POST
def withdraw(request: ViewerRequest, public_id: str) -> HttpResponse:
    """« Annuler ce changement »."""
    mine = ProfileChange.objects.visible_to(request.viewer).filter(client__in=request.viewer.own_client_ids)
    change = get_object_or_404(mine.select_related("client"), public_id=public_id)
    profile_changes.withdraw(change=change, by=request.user)
    messages.success(request, TAKEN_BACK)
    return redirect("client:profile-index")


@require_http_methods(["GET", "HEAD", "POST"])
def channels(request: ViewerRequest, public_id: str) -> HttpResponse:
    """« Recevoir par courriel ou par courrier », kind by kind; below, the dated log."""
    client = own_client(request, public_id)
    today = paris_day(timezone.now())
    rows = deliveries(client, viewer=request.viewer, today=today)
    initial = {row.kind.value: row.chosen.value for row in rows}
    form = DeliveryForm(request.POST or None, kinds=[row.kind for row in rows], initial=initial)
    if form.is_valid():
        with refusals_on(form):
            delivery.choose_all(client=client, by=request.user, wanted=form.chosen())
            messages.success(request, "Votre choix est enregistré.")
            return redirect("client:profile-channels", public_id)
    context = {"client": client, "form": form, "rows": rows, "log": choices_of(client, viewer=request.viewer)}
    return render(request, "client/profile/channels.html", context)
