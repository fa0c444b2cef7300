"""Passkeys: signing in with one, adding, naming, removing. The script `passkeys.js` speaks with the device."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from parvis.journal.actions import record
from parvis.kit.refusals import Refusal
from parvis.people.actions import passkeys
from parvis.people.actions.doors import TooManyFromHere, admit_visitor
from parvis.people.models import Passkey, Proof
from parvis.people.user_agents import browser_name
from parvis.web.entrance.factors import ceremony
from parvis.web.entrance.factors.forms import ConfirmForm, NameForm, NewPasskeyForm
from parvis.web.entrance.factors.page import label_of
from parvis.web.entrance.factors.steps import after_adding
from parvis.web.entrance.pages import entrance_page, page_of, posted, refusals_on
from parvis.web.entrance.session import go_inside, safe_path
from parvis.web.ui.fresh_proof import fresh_proof_required
from parvis.web.ui.requests import PageRequest, ViewerRequest
from parvis.web.ui.visitors import visitor_address

SECURITY = "entrance:security"


@entrance_page
@require_POST
def challenge(request: PageRequest) -> HttpResponse:
    """What a device is asked to prove, for the script: at the door, as a second step, or to confirm who one is."""
    place = ceremony.place_of(request)
    if place is None:
        raise Http404
    try:
        admit_visitor(visitor_address(request))
    except TooManyFromHere as refusal:
        return JsonResponse({"refusal": refusal.message}, status=429)
    asked = passkeys.ask_for_proof(place)
    return JsonResponse(ceremony.remember(request, asked, purpose=ceremony.PROOF, place=place))


@entrance_page
@require_POST
def sign_in(request: PageRequest) -> HttpResponse:
    """« Utiliser l’empreinte, le visage ou le code de mon appareil »: the device says whose passkey it has."""
    next_path = safe_path(request, request.POST.get("next", ""))
    try:
        user = ceremony.prove(request)
    except Refusal as refusal:
        messages.warning(request, refusal.message)
        return redirect("entrance:sign-in")
    record(agency_id=user.agency_id, verb="sign-in.by-passkey", actor=("user", user.public_id))
    return go_inside(request, user, proof=Proof.PASSKEY, next_path=next_path)


@fresh_proof_required
@require_POST
def new_challenge(request: ViewerRequest) -> HttpResponse:
    """What a device is asked to make, for the script."""
    place = ceremony.place_of(request)
    if place is None:
        raise Http404
    asked = passkeys.ask_for_new(user=request.user, place=place, label=label_of(request.user))
    return JsonResponse(ceremony.remember(request, asked, purpose=ceremony.NEW, place=place))


@fresh_proof_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: ViewerRequest) -> HttpResponse:
    """Ajouter une clé d’accès."""
    name = browser_name(request.headers.get("User-Agent", ""))
    form = NewPasskeyForm(posted(request), initial={"name": name})
    if form.is_valid():
        with refusals_on(form):
            passkey = passkeys.add(
                user=request.user,
                answer=form.cleaned_data["answer"],
                expected=ceremony.expected_of(request, purpose=ceremony.NEW),
                name=form.cleaned_data["name"],
            )
            messages.success(request, f"La clé d’accès «\u00a0{passkey.name}\u00a0» est ajoutée.")
            return after_adding(request, proof=Proof.PASSKEY)
    can_add = ceremony.place_of(request) is not None
    return page_of(request, "entrance/factors/passkey_add.html", {"form": form, "can_add": can_add})


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: ViewerRequest, public_id: str) -> HttpResponse:
    """One passkey: its name, since when, and the way to remove it."""
    passkey = get_object_or_404(Passkey.objects.visible_to(request.viewer), public_id=public_id)
    form = NameForm(posted(request), initial={"name": passkey.name})
    if form.is_valid():
        passkeys.rename(user=request.user, passkey=passkey, name=form.cleaned_data["name"])
        messages.success(request, "Le nom est enregistré.")
        return redirect(SECURITY)
    return page_of(request, "entrance/factors/passkey.html", {"form": form, "passkey": passkey})


@fresh_proof_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Supprimer: asked once more, by a page."""
    passkey = get_object_or_404(Passkey.objects.visible_to(request.viewer), public_id=public_id)
    form = ConfirmForm(posted(request))
    if form.is_valid():
        with refusals_on(form):
            passkeys.remove(user=request.user, passkey=passkey)
            messages.success(request, f"La clé d’accès «\u00a0{passkey.name}\u00a0» est supprimée.")
            return redirect(SECURITY)
    return page_of(request, "entrance/factors/passkey_remove.html", {"form": form, "passkey": passkey})
