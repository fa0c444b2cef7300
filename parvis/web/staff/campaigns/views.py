"""Campagnes de lettres: their figures, and the letters that came back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from parvis.people.actions.campaigns import Returned, mark_returned
from parvis.people.models import Campaign
from parvis.people.rules import Duty
from parvis.web.staff.access import staff_only
from parvis.web.staff.campaigns.forms import ReturnedForm
from parvis.web.staff.campaigns.page import campaign_lines, campaign_page
from parvis.web.ui.requests import ViewerRequest

SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.LETTERS)
def index(request: ViewerRequest) -> HttpResponse:
    """The campaigns, and « Retours à l'envoyeur »."""
    form = ReturnedForm(request.POST or None)
    if form.is_valid():
        by = ("user", request.user.public_id)
        tell(request, mark_returned(agency=request.user.agency, identifiers=form.lines(), by=by))
        return redirect("staff:campaigns-index")
    return render(request, "staff/campaigns/index.html", {"lines": campaign_lines(request.viewer), "form": form})


@require_safe
@staff_only(Duty.LETTERS)
def detail(request: ViewerRequest, public_id: str) -> HttpResponse:
    """One campaign, batch by batch."""
    campaign = get_object_or_404(Campaign.objects.visible_to(request.viewer).with_numbers(), public_id=public_id)
    return render(request, "staff/campaigns/detail.html", {"page": campaign_page(campaign)})


def tell(request: ViewerRequest, result: Returned) -> None:
    """What was marked, and what was not."""
    if result.marked:
        plural = "s" if result.marked > 1 else ""
        messages.success(
            request,
            f"{result.marked} lettre{plural} notée{plural} revenue{plural}. "
            f"{'Leurs mots de passe provisoires n’ouvrent' if plural else 'Son mot de passe provisoire n’ouvre'} "
            "plus rien.",
        )
    if result.unknown:
        cut = ", …" if len(result.unknown) > SHOWN else ""
        messages.warning(request, f"Sans lettre en attente\u00a0: {', '.join(result.unknown[:SHOWN])}{cut}.")
