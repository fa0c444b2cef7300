"""« Mes données »: a copy of them, who consulted them, a correction, the end of the online access."""

from typing import cast

from django.contrib import auth, messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from parvis.exchange.actions import own_data
from parvis.exchange.models import DataExport
from parvis.kit.days import paris_day
from parvis.kit.storage import document_storage
from parvis.people.actions import profile_changes
from parvis.people.actions.closing import close_own_access
from parvis.people.models import ClientRead, SensitiveAction
from parvis.web.client.profile.details_views import own_client
from parvis.web.client.profile.forms import ClosingForm, CopyForm, CorrectionForm
from parvis.web.client.profile.page import kinds_of
from parvis.web.ui.fresh_proof import fresh_proof_required
from parvis.web.ui.held import waits_while_held
from parvis.web.ui.refused import refusals_on
from parvis.web.ui.requests import ViewerRequest

SHOWN_AT_ONCE = 400


@require_http_methods(["GET", "HEAD", "POST"])
@waits_while_held(SensitiveAction.OWN_DATA)
@fresh_proof_required
def copy(request: ViewerRequest) -> HttpResponse:
    """« Télécharger mes données »: asked for here, made by a job, found here again for a week."""
    form = CopyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            own_data.ask(user=request.user)
            messages.success(request, "Votre copie est en préparation. Nous vous écrirons quand elle sera prête.")
            return redirect("client:profile-copy")
    mine = DataExport.objects.visible_to(request.viewer)
    waiting = mine.filter(state=DataExport.State.WAITING).first()
    return render(request, "client/profile/copy.html", {"form": form, "waiting": waiting, "ready": mine.available()})


@require_safe
@waits_while_held(SensitiveAction.OWN_DATA)
@fresh_proof_required
def copy_file(request: ViewerRequest, public_id: str) -> HttpResponse:
    """The archive: for the login that asked, while it is kept."""
    export = get_object_or_404(DataExport.objects.visible_to(request.viewer).available(), public_id=public_id)
    response = StreamingHttpResponse(document_storage().chunks(export.storage_name), content_type="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="mes-donnees.zip"'
    response.headers["Content-Length"] = str(export.size)
    return cast(HttpResponse, response)


@require_safe
def reads(request: ViewerRequest) -> HttpResponse:
    """« Qui a consulté mes données », for twelve months."""
    rows = ClientRead.objects.visible_to(request.viewer).select_related("client")
    context = {"rows": rows[:SHOWN_AT_ONCE], "many": len(request.viewer.own_clients) > 1}
    return render(request, "client/profile/reads.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: ViewerRequest, public_id: str) -> HttpResponse:
    """« Demander une rectification »."""
    client = own_client(request, public_id)
    form = CorrectionForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            profile_changes.ask_correction(client=client, by=request.user, text=form.cleaned_data["text"])
            messages.success(request, "Votre demande est envoyée. Votre agence vous répond sous un mois.")
            return redirect("client:profile-index")
    return render(request, "client/profile/correction.html", {"form": form, "client": client})


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_proof_required
def close(request: ViewerRequest) -> HttpResponse:
    """« Fermer mon accès en ligne »: explained, then done at once."""
    form = ClosingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        today, viewer = paris_day(timezone.now()), request.viewer
        kinds = {client.pk: kinds_of(client, viewer=viewer, today=today) for client in viewer.own_clients}
        with refusals_on(form):
            close_own_access(user=request.user, kinds=kinds)
            auth.logout(request)
            messages.success(request, "Votre accès en ligne est fermé.")
            return redirect("entrance:sign-in")
    return render(request, "client/profile/close.html", {"form": form, "household": request.viewer.household})
