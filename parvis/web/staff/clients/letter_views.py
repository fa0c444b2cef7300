"""Letters that open the first connection: one, many, and the one that came back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from parvis.kit.identifiers import new_public_id
from parvis.people.actions import bulk_letters
from parvis.people.actions.campaigns import mark_returned
from parvis.people.rules import Duty
from parvis.web.staff.access import staff_only
from parvis.web.staff.clients.choice import buildings_to_choose, choice_of
from parvis.web.staff.clients.forms import BuildingForm, ConfirmForm, OneLetterForm
from parvis.web.staff.clients.gestures import PART, Gesture, client_of, client_whole_of, gesture_page
from parvis.web.ui.letters import LettersForm, file_of, form_asked, name_of
from parvis.web.ui.reads import note_read
from parvis.web.ui.refused import refusals_on
from parvis.web.ui.requests import ViewerRequest

NEW_LETTER = Gesture(
    title="Nouvelle lettre",
    button="Tirer la lettre (PDF)",
    sentences=(
        "La lettre porte l’identifiant, un nouveau mot de passe provisoire et la clé.",
        "Elle remplace les précédentes\u00a0: elles n’ouvrent plus rien.",
        "Imprimez-la et postez-la à l’adresse ci-dessous. Ne dites jamais son mot de passe au téléphone.",
    ),
    shows_address=True,
)
RETURNED = Gesture(
    title="Lettre revenue",
    button="Noter le retour",
    sentences=(
        "La dernière lettre est revenue à l’envoyeur (NPAI). Son mot de passe provisoire n’ouvre plus rien.",
        "Aucune lettre automatique ne part plus à cette adresse, tant que vos livres n’en donnent pas une autre.",
    ),
    shows_address=True,
)
NOTHING_TO_MARK = "Ce client n’a pas de lettre en attente."


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.CLIENTS)
def one(request: ViewerRequest, public_id: str) -> HttpResponse:
    """« Nouvelle lettre »: confirmed, then handed over at once; no copy is kept."""
    client = client_whole_of(request, public_id)
    form = OneLetterForm(request.POST if request.method == "POST" else None, initial={"sending_key": new_public_id()})
    if form.is_valid():
        with refusals_on(form):
            pdf = bulk_letters.draw_one(client=client, by=request.user, sending_key=form.cleaned_data["sending_key"])
            return file_of(pdf, name=f"lettre-{client.reference_key}.pdf")
    if form.is_bound:
        form.data = {"sending_key": new_public_id()}  # what was refused may be asked again
    return gesture_page(request, client=client, gesture=NEW_LETTER, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.CLIENTS)
def returned(request: ViewerRequest, public_id: str) -> HttpResponse:
    """« Retour à l’envoyeur »."""
    client = client_of(request, public_id)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        by = ("user", request.user.public_id)
        if mark_returned(agency=client.agency, identifiers=[client.customer_reference], by=by).marked:
            messages.success(request, "Le retour est noté. Le mot de passe provisoire n’ouvre plus rien.")
            return redirect("staff:clients-detail", public_id)
        form.add_error(None, NOTHING_TO_MARK)
    return gesture_page(request, client=client, gesture=RETURNED, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.CLIENTS)
def many(request: ViewerRequest) -> HttpResponse:
    """The letters of a building or of a selection: who, who not and why, then the file."""
    choice = choice_of(request)
    if choice is None:
        buildings = BuildingForm(buildings=buildings_to_choose(request.viewer))
        return render(request, "staff/clients/choose.html", {"form": buildings})
    note_read(request, clients=choice.clients, part=PART)
    form = LettersForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            asked = form_asked(form)
            file = bulk_letters.draw_many(clients=choice.clients, name=choice.name, form=asked, by=request.user)
            return file_of(file, name=name_of(asked))
    context = {"choice": choice, "sorted": bulk_letters.sort(choice.clients), "form": form}
    return render(request, "staff/clients/letters.html", context)
