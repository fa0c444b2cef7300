"""Bringing files in, and the table where they wait: checked line by line, then published."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.documents.actions import deposits
from parvis.documents.models import Deposit
from parvis.kit.refusals import Refusal
from parvis.people.rules import Duty
from parvis.web.staff.access import staff_only
from parvis.web.staff.documents.forms import DepositForm, LineForm, buildings_suggested
from parvis.web.staff.documents.table import table_page
from parvis.web.ui.reads import PARTS, note_read
from parvis.web.ui.requests import ViewerRequest

PART = PARTS["documents"]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.DOCUMENTS)
def deposit(request: ViewerRequest) -> HttpResponse:
    """« Déposer des documents »: many files at once, or one by one by the script, which is answered in JSON."""
    form = DepositForm(request.POST, request.FILES) if request.method == "POST" else DepositForm()
    if form.is_valid():
        files = form.cleaned_data["papers"]
        kept = [deposits.receive(user=request.user, file=sent, name=sent.name or "") for sent in files]
        if request.headers.get("Accept") == "application/json":
            return JsonResponse({"refused": " ".join(each.reason for each in kept)})
        several = len(kept) > 1
        told = f"{len(kept)} fichiers sont reçus" if several else "Le fichier est reçu"
        messages.success(request, f"{told}. Vérifiez ce qui est proposé, puis publiez.")
        return redirect("staff:documents-table")
    return render(request, "staff/documents/deposit.html", {"form": form})


@require_safe
@staff_only(Duty.DOCUMENTS)
def table(request: ViewerRequest) -> HttpResponse:
    """« Documents à classer »."""
    page = table_page(request.viewer)
    shown = [line.deposit for line in (*page.confirmed, *page.ready)]
    note_read(request, client_ids=filter(None, [deposit.client_id for deposit in shown]), part=PART)
    return render(request, "staff/documents/table.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.DOCUMENTS)
def line(request: ViewerRequest, public_id: str) -> HttpResponse:
    """One file: what it is, who reads it."""
    found = deposit_of(request, public_id)
    note_read(request, client_ids=filter(None, [found.client_id]), part=PART)
    form = LineForm.of(found, request.POST if request.method == "POST" else None, viewer=request.viewer)
    if form.is_valid():
        try:
            deposits.describe(deposit=found, said=form.said, by=request.viewer)
            messages.success(request, f"«\u00a0{form.cleaned_data['title']}\u00a0» est vérifié.")
            return redirect("staff:documents-table")
        except Refusal as refusal:
            form.add_error(None, refusal.message)
    context = {"deposit": found, "form": form, "buildings": buildings_suggested(request.viewer)}
    return render(request, "staff/documents/line.html", context)


@require_POST
@staff_only(Duty.DOCUMENTS)
def confirm(request: ViewerRequest, public_id: str) -> HttpResponse:
    """« Confirmer »: what is proposed is right."""
    found = deposit_of(request, public_id)
    try:
        deposits.confirm(deposit=found, by=request.viewer)
        messages.success(request, f"«\u00a0{found.title}\u00a0» est vérifié.")
    except Refusal as refusal:
        messages.warning(request, refusal.message)
        return redirect("staff:documents-line", public_id)
    return redirect("staff:documents-table")


@require_POST
@staff_only(Duty.DOCUMENTS)
def discard(request: ViewerRequest, public_id: str) -> HttpResponse:
    """« Retirer de la liste »: the file is not published."""
    found = get_object_or_404(Deposit.objects.visible_to(request.viewer), public_id=public_id)
    deposits.discard(found)
    messages.success(request, f"{found.name} est retiré de la liste.")
    return redirect("staff:documents-table")


@require_POST
@staff_only(Duty.DOCUMENTS)
def publish(request: ViewerRequest) -> HttpResponse:
    """« Publier »: all that was checked, each now or on its day."""
    outcome = deposits.publish_confirmed(by=request.viewer)
    if outcome.published:
        many = outcome.published > 1
        told = f"{outcome.published} documents sont publiés" if many else "Le document est publié"
        messages.success(request, f"{told}\u00a0: en ligne, ou à son jour.")
    if outcome.sent_back:
        many = outcome.sent_back > 1
        told = f"{outcome.sent_back} documents n’ont pas été publiés" if many else "Un document n’a pas été publié"
        messages.warning(request, f"{told}\u00a0: la raison est dite à sa ligne, à vérifier de nouveau.")
    elif not outcome.published:
        messages.warning(request, "Aucun document n’est vérifié\u00a0: vérifiez d’abord chaque ligne.")
    return redirect("staff:documents-table")


def deposit_of(request: ViewerRequest, public_id: str) -> Deposit:
    """A file that may be described, or is already."""
    states = (Deposit.State.READY, Deposit.State.CONFIRMED)
    mine = Deposit.objects.visible_to(request.viewer).with_places().filter(state__in=states)
    return get_object_or_404(mine, public_id=public_id)
