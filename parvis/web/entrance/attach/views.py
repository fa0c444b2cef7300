"""Mes identifiants: attach another, detach one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from parvis.kit.refusals import Refusal
from parvis.people.access import agencies_at
from parvis.people.actions import attachment, sign_in
from parvis.people.actions.doors import admit_visitor
from parvis.people.actions.shield import asks_key
from parvis.people.models import Client
from parvis.web.entrance.attach.forms import AttachForm
from parvis.web.entrance.pages import busy_page, page_of, refusals_on
from parvis.web.entrance.session import visit_of
from parvis.web.entrance.sign_in.views import WRONG_AT_BOTH, explain
from parvis.web.ui.fresh_proof import fresh_proof_required
from parvis.web.ui.requests import ViewerRequest
from parvis.web.ui.visitors import visitor_address


@require_safe
def identifiers(request: ViewerRequest) -> HttpResponse:
    """The clients of the login, the last of which stays."""
    clients = own_clients(request)
    return render(request, "entrance/attach/identifiers.html", {"clients": clients, "may_detach": len(clients) > 1})


def own_clients(request: ViewerRequest) -> list[Client]:
    mine = Client.objects.visible_to(request.viewer).filter(grants__user=request.user, grants__ended_at=None)
    return list(mine.order_by("customer_reference", "pk"))


@busy_page
@require_http_methods(["GET", "HEAD", "POST"])
@fresh_proof_required
def attach(request: ViewerRequest) -> HttpResponse:
    """« Rattacher un autre identifiant »: a door like those of the entrance."""
    form = AttachForm(request.POST or None, asks_key=asks_key(agencies_at(request.get_host())))
    if form.is_valid():
        with refusals_on(form):
            admit_visitor(visitor_address(request))
            client = attachment.attach(user=request.user, typed=typed_in(request, form), visit=visit_of(request))
            messages.success(request, f"L’identifiant {client.customer_reference} est rattaché.")
            return redirect("entrance:identifiers")
        explain(request, form, hints=[WRONG_AT_BOTH])
    return page_of(request, "entrance/attach/attach.html", {"form": form})


def typed_in(request: ViewerRequest, form: AttachForm) -> sign_in.Typed:
    typed = form.cleaned_data
    return sign_in.Typed(
        host=request.get_host(),
        identifier=typed["identifier"],
        secret=typed["password"],
        key=typed["key"],
        browser_token=visit_of(request).token,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_proof_required
def detach(request: ViewerRequest, public_id: str) -> HttpResponse:
    """« Détacher », confirmed."""
    mine = Client.objects.visible_to(request.viewer).filter(grants__user=request.user, grants__ended_at=None)
    client = get_object_or_404(mine, public_id=public_id)
    if request.method != "POST":
        return render(request, "entrance/attach/detach.html", {"client": client})
    try:
        attachment.detach(user=request.user, client=client)
        messages.success(request, f"L’identifiant {client.customer_reference} est détaché.")
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    return redirect("entrance:identifiers")
