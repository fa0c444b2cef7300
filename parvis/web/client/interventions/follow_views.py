"""What a client does about a case: write, confirm, reopen, cancel, rate, declare it again."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from parvis.interventions.access import Rights, may
from parvis.interventions.actions import drafts, moves, orders, ratings
from parvis.interventions.actions import messages as writing
from parvis.interventions.models import MOST_PHOTOS
from parvis.kit.days import paris_day
from parvis.kit.identifiers import new_public_id
from parvis.kit.refusals import Refusal
from parvis.web.client.interventions.authors import actor_on
from parvis.web.client.interventions.case import Case, case_of
from parvis.web.client.interventions.declaration import EMERGENCY, WHERE
from parvis.web.client.interventions.following import is_rated, slots_of
from parvis.web.client.interventions.forms import ConfirmForm, MessageForm, RatingForm, ReasonForm, ReopenForm, SlotForm
from parvis.web.client.interventions.spots import key_of
from parvis.web.client.interventions.views import visible_case
from parvis.web.ui.forms import PageForm
from parvis.web.ui.requests import ViewerRequest
from parvis.web.ui.uploads import ask_files_again, pictures_of, refusals_on_photos

DETAIL = "client:interventions-detail"
MESSAGE = "client/interventions/message.html"
SOLVED = "client/interventions/solved.html"
REOPEN = "client/interventions/reopen.html"
CANCEL = "client/interventions/cancel.html"
RATE = "client/interventions/rate.html"
SLOT = "client/interventions/slot.html"
NO_LONGER = "Ce dossier a changé entre-temps\u00a0: lisez sa prochaine étape."
ALREADY_RATED = "Vous avez déjà donné votre avis. Merci."
ALREADY_BEGUN = (
    "Vous avez déjà commencé une déclaration\u00a0: envoyez-la ou effacez-la avant d’en commencer une autre."
)


@require_http_methods(["GET", "HEAD", "POST"])
def message(request: ViewerRequest, public_id: str) -> HttpResponse:
    """A word or a photo added to the case: nobody but those whom it concerns reads it."""
    case = concerned(request, public_id)
    if request.method != "POST":
        form = MessageForm(initial={"sending_key": new_public_id()})
        return asked(request, MESSAGE, case=case, form=form, is_open=rights(request, case).writes)
    form = MessageForm(request.POST, request.FILES)
    if form.is_valid():
        with shown_on(form, case=case), refusals_on_photos(form):
            write(request, case, form)
            messages.success(request, "Votre message est envoyé.")
            return led_on(request, public_id)
    ask_files_again(form, request=request)
    return asked(request, MESSAGE, case=case, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def solved(request: ViewerRequest, public_id: str) -> HttpResponse:
    case = concerned(request, public_id)
    form = ConfirmForm(sent(request), initial={"version": case.intervention.version})
    if form.is_valid():
        with shown_on(form, case=case):
            moves.confirm_solved(**made_by(request, case), version=form.cleaned_data["version"])
            messages.success(request, "Merci. L’intervention est terminée.")
            return redirect(DETAIL, public_id)
    return asked(request, SOLVED, case=case, form=form, is_open=rights(request, case).confirms)


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: ViewerRequest, public_id: str) -> HttpResponse:
    case = concerned(request, public_id)
    form = ReopenForm(sent(request), initial={"version": case.intervention.version})
    if form.is_valid():
        with shown_on(form, case=case):
            moves.reopen(**made_by(request, case), **form.cleaned_data)
            messages.success(request, "L’intervention est rouverte. Votre agence est prévenue.")
            return redirect(DETAIL, public_id)
    return asked(request, REOPEN, case=case, form=form, is_open=rights(request, case).reopens)


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: ViewerRequest, public_id: str) -> HttpResponse:
    case = concerned(request, public_id, own=True)
    form = ReasonForm(sent(request), initial={"version": case.intervention.version})
    if form.is_valid():
        with shown_on(form, case=case):
            moves.cancel(**made_by(request, case), **form.cleaned_data)
            messages.success(request, "Votre déclaration est annulée.")
            return redirect(DETAIL, public_id)
    return asked(request, CANCEL, case=case, form=form, is_open=rights(request, case).cancels)


@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: ViewerRequest, public_id: str) -> HttpResponse:
    case = concerned(request, public_id, own=True)
    form = RatingForm(sent(request))
    if not form.is_bound and is_rated(case.intervention):
        return too_late(request, case, because=ALREADY_RATED)
    if form.is_valid():
        with shown_on(form, case=case):
            ratings.rate(**made_by(request, case), **form.cleaned_data)
            messages.success(request, "Merci, votre avis est transmis.")
            return redirect(DETAIL, public_id)
    return asked(request, RATE, case=case, form=form, is_open=rights(request, case).rates)


@require_http_methods(["GET", "HEAD", "POST"])
def slot(request: ViewerRequest, public_id: str) -> HttpResponse:
    """One of the times that the firm proposes."""
    case = concerned(request, public_id)
    slots = slots_of(case.intervention, viewer=request.viewer)
    if not slots:
        return too_late(request, case)
    form = SlotForm(sent(request), slots=slots, initial={"version": case.intervention.version})
    if form.is_valid():
        with shown_on(form, case=case):
            by = actor_on(request, case.intervention)
            orders.choose_slot(slot=form.chosen, by=by, version=form.cleaned_data["version"])
            messages.success(request, "Le rendez-vous est fixé. L’entreprise est prévenue.")
            return redirect(DETAIL, public_id)
    return asked(request, SLOT, case=case, form=form)


@require_POST
def again(request: ViewerRequest, public_id: str) -> HttpResponse:
    """« Déclarer à nouveau »: a declaration with the answers of the former one. What was being written is kept."""
    case = concerned(request, public_id)
    intervention = case.intervention
    if not rights(request, case).declares_again:
        return too_late(request, case)
    answers = {
        "spot": key_of(building=intervention.building, lot=intervention.lot),
        "place": intervention.place,
        "category": intervention.category,
        "description": intervention.description,
    }
    if drafts.begin(user=request.user, answers=answers):
        return redirect(WHERE)
    messages.warning(request, ALREADY_BEGUN)
    return redirect(EMERGENCY)


# What these pages share


def concerned(request: ViewerRequest, public_id: str, *, own: bool = False) -> Case:
    """A case that the viewer sees and that is about them; neighbours may look and no more."""
    case = case_of(visible_case(request, public_id), viewer=request.viewer)
    if not (case.is_own if own else case.concerns_viewer):
        raise PermissionDenied
    return case


def rights(request: ViewerRequest, case: Case) -> Rights:
    return may(request.viewer, case.intervention, today=paris_day(timezone.now()))


def sent(request: ViewerRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def made_by(request: ViewerRequest, case: Case) -> dict[str, Any]:  # Any: the case and who acts
    return {"intervention": case.intervention, "by": actor_on(request, case.intervention)}


def led_on(request: ViewerRequest, public_id: str) -> HttpResponse:
    """To the case. A script is told where that is: led there, it would read the banner in place of the reader."""
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"next": reverse(DETAIL, args=[public_id])})
    return redirect(DETAIL, public_id)


def write(request: ViewerRequest, case: Case, form: MessageForm) -> None:
    """The files are looked at one by one before the case is held."""
    pictures = pictures_of(form.cleaned_data["photos"])
    text, key = form.cleaned_data["body"], form.cleaned_data["sending_key"]
    writing.write(**made_by(request, case), writing=writing.Writing(text=text, sending_key=key, pictures=pictures))


@contextmanager
def shown_on(form: PageForm, *, case: Case) -> Iterator[None]:
    """Say what an action refuses on the form, which then speaks of the case as it is now: it may be sent again."""
    try:
        yield
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        case.intervention.refresh_from_db(fields=["version", "state"])
        form.data = {**dict(form.data.items()), "version": str(case.intervention.version)}


def asked(request: ViewerRequest, template: str, *, case: Case, form: PageForm, is_open: bool = True) -> HttpResponse:
    """The page of one gesture; back to the case when it is too late for it, unless something was typed."""
    if not is_open and not form.is_bound:
        return too_late(request, case)
    return render(request, template, {"case": case, "form": form, "left": MOST_PHOTOS})


def too_late(request: ViewerRequest, case: Case, *, because: str = NO_LONGER) -> HttpResponse:
    """Back to the case, which says what comes next."""
    messages.warning(request, because)
    return redirect(DETAIL, case.intervention.public_id)
