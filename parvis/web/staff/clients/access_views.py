"""What the staff do about one access: unlock, change the known address, end, look as the client does."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from parvis.people.actions import client_access
from parvis.people.actions.visits import begin_visit
from parvis.people.rules import Duty
from parvis.property import actions
from parvis.web.staff.access import staff_only
from parvis.web.staff.clients.forms import ConfirmForm, KnownEmailForm, VisitForm
from parvis.web.staff.clients.gestures import Gesture, client_of, client_whole_of, gesture_page
from parvis.web.ui import visits
from parvis.web.ui.refused import refusals_on
from parvis.web.ui.requests import ViewerRequest

UNLOCK = Gesture(
    title="Débloquer l’accès",
    button="Débloquer l’accès",
    sentences=(
        "Trop de mots de passe faux ont été essayés. Assurez-vous d’abord que c’est bien le client qui vous parle.",
        "Il peut alors essayer de nouveau. Son mot de passe reste le même, et vous ne le voyez pas.",
    ),
)
KNOWN_EMAIL = Gesture(
    title="Changer l’adresse connue",
    button="Changer l’adresse",
    sentences=(
        "C’est à cette adresse que le client est prévenu de ce qui arrive à son accès.",
        "L’ancienne adresse est prévenue aussitôt, et peut tout bloquer.",
        "Corrigez-la aussi dans vos livres\u00a0: le prochain import la remplacerait.",
    ),
)
END = Gesture(
    title="Fermer l’accès",
    button="Fermer l’accès",
    sentences=(
        "Le client n’entre plus\u00a0: sa lettre, son mot de passe et ses appareils n’ouvrent plus rien.",
        "Les personnes de son foyer n’entrent plus chez lui. Ses documents repartent par courrier.",
        "S’il s’est connecté un jour, son courriel en est prévenu. Une nouvelle lettre lui rendra un accès.",
    ),
)
VISIT = Gesture(
    title="Voir comme ce client",
    button="Voir son espace",
    sentences=(
        "Vous voyez les mêmes pages que lui pendant 30\u00a0minutes, sans pouvoir rien y changer.",
        "Son profil, ses notifications et ses moyens de connexion ne sont pas montrés.",
    ),
)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.CLIENTS)
def unlock(request: ViewerRequest, public_id: str) -> HttpResponse:
    client = client_of(request, public_id)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            client_access.unlock(client=client, by=request.user)
            messages.success(request, "L’accès est débloqué.")
            return redirect("staff:clients-detail", public_id)
    return gesture_page(request, client=client, gesture=UNLOCK, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.CLIENTS)
def known_email(request: ViewerRequest, public_id: str) -> HttpResponse:
    client = client_whole_of(request, public_id)
    form = KnownEmailForm(request.POST or None, initial={"email": client.known_email})
    if form.is_valid():
        with refusals_on(form, field="email"):
            actions.change_known_email(client=client, email=form.cleaned_data["email"], by=request.user)
            told = " L’ancienne est prévenue." if client.known_email else ""
            messages.success(request, f"L’adresse connue est changée.{told}")
            return redirect("staff:clients-detail", public_id)
    return gesture_page(request, client=client, gesture=KNOWN_EMAIL, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.CLIENTS)
def end(request: ViewerRequest, public_id: str) -> HttpResponse:
    client = client_whole_of(request, public_id)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            actions.end_access(client=client, by=request.user)
            messages.success(request, "L’accès est fermé.")
            return redirect("staff:clients-detail", public_id)
    return gesture_page(request, client=client, gesture=END, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.VIEW_AS)
def visit(request: ViewerRequest, public_id: str) -> HttpResponse:
    """« Voir comme ce client »: the reason first, then their Accueil."""
    client = client_whole_of(request, public_id)
    form = VisitForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form, field="reason"):
            begin_visit(client=client, reason=form.cleaned_data["reason"], by=request.user)
            visits.begin(request, client=client)
            return redirect("client:home-index")
    return gesture_page(request, client=client, gesture=VISIT, form=form)


@require_POST
@staff_only(Duty.VIEW_AS)
def leave(request: ViewerRequest) -> HttpResponse:
    """« Revenir à la gestion »."""
    public_id = visits.end(request)
    return redirect("staff:clients-detail", public_id) if public_id else redirect("staff:clients-index")
