"""A quote put to a landlord, who decides, or to the council, whose members give their opinion."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from parvis.interventions.actions import approvals
from parvis.interventions.actions.actors import Actor
from parvis.interventions.models import Opinion, Quote
from parvis.people.models import ClientRead
from parvis.web.client.interventions.authors import actor_of
from parvis.web.client.interventions.case import case_of
from parvis.web.client.interventions.forms import DecisionForm, OpinionForm
from parvis.web.ui.refused import refusals_on
from parvis.web.ui.requests import ViewerRequest
from parvis.web.ui.stored_files import answer_with_file

ANSWERS = {
    Quote.Decision.ACCEPTED: "Le devis est accepté. Votre agence est prévenue.",
    Quote.Decision.REFUSED: "Le devis est refusé. Votre agence est prévenue.",
    Quote.Decision.OTHER_WANTED: "Votre agence demande un autre devis.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def quote(request: ViewerRequest, public_id: str) -> HttpResponse:
    """« Acceptez-vous ce devis ? » to a landlord, « Quel est votre avis ? » to a member of the council."""
    found = shown_quote(request, public_id)
    return opinion(request, found) if found.approver == Quote.Approver.COUNCIL else decision(request, found)


def decision(request: ViewerRequest, found: Quote) -> HttpResponse:
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            approvals.decide(quote=found, by=asked_of(request, found), **form.cleaned_data)
            messages.success(request, ANSWERS[Quote.Decision(form.cleaned_data["decision"])])
            return redirect("client:interventions-quote", found.public_id)
    return page_of(request, found, form=form, template="client/interventions/quote.html")


def opinion(request: ViewerRequest, found: Quote) -> HttpResponse:
    form = OpinionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            approvals.opine(quote=found, by=asked_of(request, found), **form.cleaned_data)
            messages.success(request, "Merci, votre avis est transmis.")
            return redirect("client:interventions-quote", found.public_id)
    return page_of(request, found, form=form, template="client/interventions/opinion.html")


@require_safe
def quote_file(request: ViewerRequest, public_id: str) -> HttpResponseBase:
    found = shown_quote(request, public_id)
    if found.file is None:
        raise Http404
    return answer_with_file(request, found.file, name=f"Devis {found.supplier_name}")


def shown_quote(request: ViewerRequest, public_id: str) -> Quote:
    visible = Quote.objects.visible_to(request.viewer).exclude(decision=Quote.Decision.WITHDRAWN)
    with_case = visible.select_related("file", "intervention__building", "intervention__reporter")
    return get_object_or_404(with_case, public_id=public_id)


def asked_of(request: ViewerRequest, found: Quote) -> Actor:
    """The client whose answer is awaited, in person or by who represents them; their household reads and no more."""
    viewer = request.viewer
    own = set(viewer.own_client_ids)
    own |= {pk for pk, quality in viewer.qualities.items() if quality == ClientRead.Quality.REPRESENTATIVE}
    asked = [client for client in approvals.approvers_of(found) if client.pk in own]
    if not asked:
        raise PermissionDenied
    return actor_of(request, client=asked[0])


def page_of(request: ViewerRequest, found: Quote, *, form: DecisionForm | OpinionForm, template: str) -> HttpResponse:
    context = {
        "quote": found,
        "form": form,
        "case": case_of(found.intervention, viewer=request.viewer),
        "opinions": Opinion.objects.visible_to(request.viewer).filter(quote=found).select_related("client"),
        "waits": found.decision == Quote.Decision.WAITING,
    }
    return render(request, template, context)
