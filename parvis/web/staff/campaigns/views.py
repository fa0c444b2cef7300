"""Campagnes de lettres: begun, drawn batch by batch, their figures, and the letters that came back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from parvis.kit.identifiers import new_public_id
from parvis.people.actions import bulk_letters
from parvis.people.actions.campaigns import Returned, mark_returned, start_campaign
from parvis.people.letter_files import LetterForm
from parvis.people.models import Campaign, User
from parvis.people.rules import Duty
from parvis.web.staff.access import staff_only
from parvis.web.staff.campaigns.forms import BatchForm, CampaignForm, ReturnedForm
from parvis.web.staff.campaigns.page import campaign_lines, campaign_page
from parvis.web.ui.letters import file_of, form_asked, name_of
from parvis.web.ui.refused import refusals_on
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


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.LETTERS)
def start(request: ViewerRequest) -> HttpResponse:
    """« Nouvelle campagne »."""
    form = CampaignForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            campaign = start_campaign(
                agency=request.user.agency, **form.cleaned_data, by=("user", request.user.public_id)
            )
            return redirect("staff:campaigns-detail", campaign.public_id)
    return render(request, "staff/campaigns/start.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.LETTERS)
def detail(request: ViewerRequest, public_id: str) -> HttpResponse:
    """One campaign, batch by batch; the next batch is handed over at once, no copy is kept."""
    campaign = get_object_or_404(
        Campaign.objects.visible_to(request.viewer).select_related("agency").with_numbers(), public_id=public_id
    )
    form = BatchForm(request.POST or None, initial={"sending_key": new_public_id()})
    if form.is_valid():
        with refusals_on(form):
            asked = form_asked(form)
            return file_of(drawn(campaign, form=form, asked=asked, by=request.user), name=name_of(asked))
    if form.is_bound:
        form.data = {**request.POST.dict(), "sending_key": new_public_id()}  # what was refused may be asked again
    return render(request, "staff/campaigns/detail.html", {"page": campaign_page(campaign), "form": form})


def drawn(campaign: Campaign, *, form: BatchForm, asked: LetterForm, by: User) -> bytes:
    draw = bulk_letters.draw_again if form.cleaned_data["which"] == BatchForm.AGAIN else bulk_letters.draw_next
    return draw(campaign=campaign, form=asked, by=by, sending_key=form.cleaned_data["sending_key"])


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
