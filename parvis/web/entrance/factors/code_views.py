"""The application of codes and the recovery codes: adding, removing, printing."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from parvis.people.actions import authenticators, recovery_codes
from parvis.people.models import Authenticator, Proof, RecoveryCode
from parvis.web.entrance.factors.forms import CodeForm, ConfirmForm
from parvis.web.entrance.factors.page import forget_pairing, pairing, plain_file
from parvis.web.entrance.factors.steps import after_adding
from parvis.web.entrance.pages import busy_page, page_of, posted, refusals_on
from parvis.web.entrance.session import home_of
from parvis.web.ui.fresh_proof import fresh_proof_required
from parvis.web.ui.requests import ViewerRequest

SECURITY = "entrance:security"


@fresh_proof_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: ViewerRequest) -> HttpResponse:
    """Ajouter une application de codes: the drawing, then a first code. Another telephone replaces the former."""
    form, pair = CodeForm(posted(request)), pairing(request, request.user)
    if form.is_valid():
        with refusals_on(form, field="code"):
            authenticators.add(user=request.user, secret=pair.secret, typed=form.cleaned_data["code"])
            forget_pairing(request)
            messages.success(request, "L’application de codes est ajoutée.")
            return after_adding(request, proof=Proof.TOTP)
    return page_of(request, "entrance/factors/authenticator_add.html", {"form": form, "pairing": pair})


@fresh_proof_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: ViewerRequest) -> HttpResponse:
    """Supprimer: asked once more, by a page."""
    kept = get_object_or_404(Authenticator.objects.visible_to(request.viewer))
    form = ConfirmForm(posted(request))
    if form.is_valid():
        with refusals_on(form):
            authenticators.remove(user=request.user, authenticator=kept)
            messages.success(request, "L’application de codes est supprimée.")
            return redirect(SECURITY)
    return page_of(request, "entrance/factors/authenticator_remove.html", {"form": form})


@fresh_proof_required
@busy_page
@require_http_methods(["GET", "HEAD", "POST"])
def recovery(request: ViewerRequest) -> HttpResponse:
    """Codes de secours: how many are left, and ten others in their place, shown this once."""
    if request.method == "POST":
        return shown(request, recovery_codes.renew(user=request.user))
    mine = RecoveryCode.objects.visible_to(request.viewer)
    context = {"left": mine.left().count(), "has_some": mine.exists()}
    return render(request, "entrance/factors/recovery_codes.html", context)


def shown(request: ViewerRequest, codes: list[str]) -> HttpResponse:
    """The only time that the codes are on a page."""
    file = plain_file(codes, agency=request.user.agency)
    context = {"codes": codes, "file": file, "next": home_of(request.user)}
    return render(request, "entrance/factors/recovery_codes_shown.html", context)
