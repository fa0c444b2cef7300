"""Comptes du FEC: the accounts that wait, each with its proposal; one gesture each, or all the sure ones at once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.exchange.actions.fec import decisions
from parvis.exchange.models import FecAccount
from parvis.kit.refusals import Refusal
from parvis.people.rules import Duty
from parvis.web.staff.access import staff_only
from parvis.web.staff.fec.forms import AccountForm
from parvis.web.staff.fec.page import AccountLine, fec_page
from parvis.web.ui.reads import note_read
from parvis.web.ui.requests import ViewerRequest


@require_safe
@staff_only(Duty.BOOKS)
def index(request: ViewerRequest) -> HttpResponse:
    asked = request.GET
    page = fec_page(
        request.viewer, state=asked.get("etat", ""), search=asked.get("q", ""), number=asked.get("page", "1")
    )
    return render(request, "staff/fec/index.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.BOOKS)
def account(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Choose the client of an account, or another one."""
    found = account_of(request, public_id)
    form = AccountForm(request.POST if request.method == "POST" else None, initial=known_of(found))
    if form.is_valid() and form.confirm(found, by=request.viewer):
        messages.success(request, f"Le compte {found.full_number} est rattaché. Importez de nouveau le FEC.")
        return redirect("staff:fec-index")
    note_read(request, clients=filter(None, (found.client, found.proposed_client)), part="Comptes du FEC")
    return render(request, "staff/fec/account.html", {"line": AccountLine(found), "form": form})


@require_POST
@staff_only(Duty.BOOKS)
def confirm(request: ViewerRequest, public_id: str) -> HttpResponse:
    """« Confirmer »: the client that is proposed is the right one."""
    found = account_of(request, public_id)
    try:
        decisions.confirm_proposal(account=found, by=request.viewer)
        messages.success(request, f"Le compte {found.full_number} est rattaché. Importez de nouveau le FEC.")
    except Refusal as refusal:
        messages.warning(request, refusal.message)
        return redirect("staff:fec-account", public_id)
    return redirect("staff:fec-index")


@require_POST
@staff_only(Duty.BOOKS)
def ignore(request: ViewerRequest, public_id: str) -> HttpResponse:
    """« Ignorer »: the account is no client's."""
    found = account_of(request, public_id)
    try:
        decisions.ignore_account(account=found, by=request.viewer)
        messages.success(request, f"Le compte {found.full_number} est ignoré.")
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    return redirect("staff:fec-index")


@require_POST
@staff_only(Duty.BOOKS)
def confirm_sure(request: ViewerRequest) -> HttpResponse:
    """« Confirmer les propositions sûres »."""
    try:
        confirmed, left = decisions.confirm_sure(by=request.viewer)
        messages.success(request, told_of(confirmed, left))
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    return redirect("staff:fec-index")


def account_of(request: ViewerRequest, public_id: str) -> FecAccount:
    visible = FecAccount.objects.visible_to(request.viewer).with_people()
    return get_object_or_404(visible, public_id=public_id)


def known_of(account: FecAccount) -> dict[str, str]:
    """What the form shows first: what was decided, otherwise what is proposed."""
    client = account.client or account.proposed_client
    return {
        "client": client.customer_reference if client else "",
        "kind": account.kind,
        "building": account.building.reference if account.building else "",
    }


def told_of(confirmed: int, left: int) -> str:
    """« 12 comptes sont rattachés. 1 attend son immeuble. »"""
    done = f"{confirmed} comptes sont rattachés" if confirmed > 1 else f"{confirmed} compte est rattaché"
    waits = f" {left} attendent leur immeuble." if left > 1 else f" {left} attend son immeuble." if left else ""
    return f"{done}.{waits} Importez de nouveau le FEC."
