"""Changer de courriel: asked for inside, confirmed inside by the link of the new address, cancelled from the former."""

import contextlib

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from parvis.kit.refusals import Refusal
from parvis.people.actions import address_change
from parvis.people.actions.doors import admit_request
from parvis.people.actions.links import LinkRefused, LinkState, ReadLink, read_link
from parvis.people.models import EmailLink, SensitiveAction
from parvis.people.rules import mask_email
from parvis.people.tokens import read_token
from parvis.web.entrance.address.forms import NewAddressForm
from parvis.web.entrance.pages import entrance_page, page_of, refusals_on
from parvis.web.ui.fresh_proof import fresh_proof_required
from parvis.web.ui.held import waits_while_held
from parvis.web.ui.requests import PageRequest, ViewerRequest
from parvis.web.ui.visitors import visitor_address


@require_http_methods(["GET", "HEAD", "POST"])
@waits_while_held(SensitiveAction.ADDRESS)
@fresh_proof_required
def change(request: ViewerRequest) -> HttpResponse:
    """The new courriel; below, the one that waits for its link."""
    form = NewAddressForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form, field="email"):
            admit_request(visitor_address(request))
            address_change.ask(user=request.user, email=form.cleaned_data["email"], host=request.get_host())
            messages.success(request, "Nous avons envoyé un lien à votre nouvelle adresse.")
            return redirect("entrance:address-change")
    context = {"form": form, "pending": address_change.pending_of(request.user), "login": request.user}
    return page_of(request, "entrance/address/change.html", context)


@require_POST
def withdraw(request: ViewerRequest) -> HttpResponse:
    """« Abandonner »."""
    address_change.withdraw(user=request.user)
    messages.success(request, "Votre courriel ne change pas.")
    return redirect("entrance:address-change")


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: ViewerRequest, token: str) -> HttpResponse:
    """The link of the new address, opened inside the login itself: whoever was sent it by mistake gains nothing."""
    read = read_link(token)
    if not is_usable(read, purpose=EmailLink.Purpose.CONFIRM_CHANGE) or read.link is None:
        return dead(request, read, purpose=EmailLink.Purpose.CONFIRM_CHANGE)
    if request.method != "POST":
        return render(request, "entrance/address/confirm.html", {"address": read.link.email})
    try:
        address_change.confirm(link=read.link, by=request.user)
        messages.success(request, f"Votre courriel est désormais {read.link.email}.")
    except LinkRefused:
        return dead(request, read_link(token), purpose=EmailLink.Purpose.CONFIRM_CHANGE)
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    return redirect("entrance:security")


@entrance_page
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: PageRequest, token: str) -> HttpResponse:
    """« Annuler le changement », from the former address. Asking for the page never acts."""
    read = read_link(token)
    if not is_usable(read, purpose=EmailLink.Purpose.CANCEL_CHANGE) or read.link is None or read.link.change is None:
        return dead(request, read, purpose=EmailLink.Purpose.CANCEL_CHANGE)
    if request.method != "POST":
        context = {"address": read.link.email, "masked": mask_email(read.link.change.new_email)}
        return render(request, "entrance/address/cancel.html", context)
    with contextlib.suppress(LinkRefused):
        address_change.cancel(link=read.link)
    return redirect("entrance:address-cancel", token=read_token(token))


def is_usable(read: ReadLink, *, purpose: EmailLink.Purpose) -> bool:
    return read.state is LinkState.USABLE and read.link is not None and read.link.purpose == purpose


def dead(request: PageRequest, read: ReadLink, *, purpose: EmailLink.Purpose) -> HttpResponse:
    """Used, replaced, too old, cut, or made for something else."""
    state = read.state if read.link is not None and read.link.purpose == purpose else LinkState.UNKNOWN
    context = {"state": state.value, "is_cancel": purpose == EmailLink.Purpose.CANCEL_CHANGE}
    return render(request, "entrance/address/dead.html", context, status=404 if state is LinkState.UNKNOWN else 200)
