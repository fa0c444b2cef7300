"""Déclarer un problème: one question a page, each answer kept as soon as it is given."""

import datetime as dt
from typing import Any

from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.interventions.actions import drafts
from parvis.interventions.models import MOST_PHOTOS, Intervention
from parvis.kit.days import paris_day
from parvis.people.models import User
from parvis.web.client.interventions.case import case_of
from parvis.web.client.interventions.declaration import (
    CHECK,
    DESCRIBE,
    EMERGENCY,
    WHAT,
    WHEN,
    WHERE,
    Declaration,
    declaration_of,
)
from parvis.web.client.interventions.declare_forms import (
    LONGEST_KEPT,
    DescribeForm,
    EmergencyForm,
    SendForm,
    WhatForm,
    WhenForm,
    WhereForm,
)
from parvis.web.client.interventions.draft_photos import receive
from parvis.web.client.interventions.following import manager_of, step_to_come
from parvis.web.client.interventions.sending import send, sent_lately, similar_cases
from parvis.web.ui.refused import refusals_on
from parvis.web.ui.requests import ViewerRequest
from parvis.web.ui.typed import keeps_typed, ticket_of

NUMBERS = {EMERGENCY: 1, WHERE: 2, WHAT: 3, DESCRIBE: 4, WHEN: 5}
BEFORE = {EMERGENCY: "client:interventions-index", WHERE: EMERGENCY, WHAT: WHERE, DESCRIBE: WHAT, WHEN: DESCRIBE}
TEMPLATES = {
    EMERGENCY: "client/interventions/declare/emergency.html",
    WHERE: "client/interventions/declare/where.html",
    WHAT: "client/interventions/declare/what.html",
    DESCRIBE: "client/interventions/declare/describe.html",
    WHEN: "client/interventions/declare/when.html",
}
TYPED = ("spot", "place", "category", "description", "availability", "phone")


def keep_typed(user: User, typed: QueryDict) -> None:
    """What was answered by somebody whose session had ended."""
    words = {name: typed.get(name, "").replace("\0", "")[:LONGEST_KEPT] for name in TYPED}
    answers: dict[str, Any] = {name: text for name, text in words.items() if text}  # Any: what a draft keeps
    if "availability" in typed:
        answers["moments"] = [moment[:20] for moment in typed.getlist("moments")[:3]]
    drafts.keep_answers(user=user, answers=answers)


@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request: ViewerRequest) -> HttpResponse:
    """Whom to call first; nothing is kept before a button is pressed."""
    declaration = declaration_now(request)
    if not declaration.spots:
        return render(request, "client/interventions/declare/nowhere.html")
    form = EmergencyForm(sent(request))
    if form.is_valid():
        drafts.keep_answers(user=request.user, answers={"is_urgent": form.cleaned_data["is_urgent"] == "oui"})
        return redirect(WHERE)
    return page_of(request, EMERGENCY, form=form, declaration=declaration)


@keeps_typed(keep_typed)
@require_http_methods(["GET", "HEAD", "POST"])
def where(request: ViewerRequest) -> HttpResponse:
    """The first answer kept. Back here after sending, with nothing begun: the declaration has left already."""
    declaration = declaration_now(request)
    if not declaration.spots:
        return redirect(EMERGENCY)
    sent_case = None if declaration.kept_at or request.method == "POST" else sent_lately(request.viewer, today=today())
    if sent_case:
        return render(request, "client/interventions/declare/already.html", {"intervention": sent_case})
    form = WhereForm(sent(request), initial=dict(declaration.answers), spots=declaration.spots)
    return answered(request, WHERE, form=form, declaration=declaration, then=WHAT)


@keeps_typed(keep_typed)
@require_http_methods(["GET", "HEAD", "POST"])
def what(request: ViewerRequest) -> HttpResponse:
    declaration = declaration_now(request)
    form = WhatForm(sent(request), initial=dict(declaration.answers))
    return answered(request, WHAT, form=form, declaration=declaration, then="client:interventions-declare-similar")


@require_safe
def similar(request: ViewerRequest) -> HttpResponse:
    """« Ce problème est déjà signalé. » Nothing of the kind: straight on."""
    declaration = declaration_now(request)
    if not declaration.reaches(DESCRIBE):
        return redirect(declaration.next_page)
    found = similar_cases(declaration, viewer=request.viewer)
    after = f"{reverse(DESCRIBE)}{returning(request)}" if not returning(request) else reverse(CHECK)
    if not found:
        return redirect(after)
    context = {"cases": [case_of(one, viewer=request.viewer) for one in found], "after": after, "back": reverse(WHAT)}
    return render(request, "client/interventions/declare/similar.html", context)


@keeps_typed(keep_typed)
@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: ViewerRequest) -> HttpResponse:
    """The words and the photos. Whatever the button, what was typed and what arrived are kept; too long is said."""
    declaration = declaration_now(request)
    form = DescribeForm(sent(request), initial=dict(declaration.answers))
    refused = receive(request) if request.method == "POST" and declaration.reaches(DESCRIBE) else []
    if refused or form.has_error("description", "max_length") or request.method != "POST":
        return page_of(request, DESCRIBE, form=form, declaration=declaration_now(request), refused=refused)
    if "add" in request.POST or "remove" in request.POST:
        return redirect(f"{reverse(DESCRIBE)}{returning(request)}")
    return answered(request, DESCRIBE, form=form, declaration=declaration_now(request), then=WHEN)


@keeps_typed(keep_typed)
@require_http_methods(["GET", "HEAD", "POST"])
def when(request: ViewerRequest) -> HttpResponse:
    declaration = declaration_now(request)
    own = request.viewer.own_clients
    known = own[0].mobile_phone or own[0].landline_phone if own else ""
    initial = {"phone": known, **declaration.answers}
    form = WhenForm(sent(request), initial=initial, asks_key=declaration.key_may_stay, known_phone=known)
    return answered(request, WHEN, form=form, declaration=declaration, then=CHECK)


@keeps_typed(keep_typed)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: ViewerRequest) -> HttpResponse:
    """Everything once more, then it leaves. Sent twice, it is one declaration."""
    declaration = declaration_now(request)
    form = SendForm(sent(request), initial={"sending_key": declaration.sending_key})
    known = Intervention.objects.visible_to(request.viewer).filter(sending_key=form.key)
    if sent_before := known.exclude(sending_key="").first():
        return redirect("client:interventions-declared", sent_before.public_id)
    if not declaration.reaches(CHECK):
        return redirect(declaration.next_page)
    if form.is_valid() and declaration.spot:
        with refusals_on(form):
            made = send(declaration, spot=declaration.spot, request=request, key=form.key)
            return redirect("client:interventions-declared", made.public_id)
    context = {"form": form, "declaration": declaration, "back": reverse(WHEN), "ticket": ticket_of(request.user)}
    return render(request, "client/interventions/declare/check.html", context)


@require_safe
def declared(request: ViewerRequest, public_id: str) -> HttpResponse:
    mine = Intervention.objects.visible_to(request.viewer).filter(reporter_id__in=request.viewer.client_ids)
    intervention = get_object_or_404(mine.select_related("building", "reporter", "assigned_to"), public_id=public_id)
    case = case_of(intervention, viewer=request.viewer)
    manager = manager_of(intervention, viewer=request.viewer, today=today())
    promise = step_to_come(case, manager=manager, today=today())
    return render(request, "client/interventions/declare/done.html", {"case": case, "promise": promise})


@require_POST
def forget(request: ViewerRequest) -> HttpResponse:
    """« Effacer et recommencer »."""
    drafts.discard(user=request.user)
    return redirect(EMERGENCY)


# What these pages share


def today() -> dt.date:
    return paris_day(timezone.now())


def declaration_now(request: ViewerRequest) -> Declaration:
    return declaration_of(request.viewer, today=today())


def sent(request: ViewerRequest) -> QueryDict | None:
    """What was posted; a form of boxes alone may be posted empty."""
    return request.POST if request.method == "POST" else None


def returning(request: ViewerRequest) -> str:
    """Kept in the address by « Modifier »: the answer given, the check comes back."""
    return "?retour=verification" if request.GET.get("retour") == "verification" else ""


def answered(request: ViewerRequest, page: str, *, form: Form, declaration: Declaration, then: str) -> HttpResponse:
    """Keep the answer and go on, or ask again; what comes too early leads to the question that is missing."""
    if not declaration.reaches(page):
        return redirect(declaration.next_page)
    if not form.is_valid():
        return page_of(request, page, form=form, declaration=declaration)
    drafts.keep_answers(user=request.user, answers=form.cleaned_data)
    skips = returning(request) and page != WHAT
    return redirect(CHECK if skips else f"{reverse(then)}{returning(request)}")


def page_of(
    request: ViewerRequest, page: str, *, form: Form, declaration: Declaration, refused: list[str] | None = None
) -> HttpResponse:
    if page != EMERGENCY and not declaration.reaches(page):
        return redirect(declaration.next_page)
    context = {
        "form": form,
        "declaration": declaration,
        "number": NUMBERS[page],
        "back": reverse(CHECK if returning(request) else BEFORE[page]),
        "ticket": ticket_of(request.user),
        "refused": refused or [],
        "left": MOST_PHOTOS - len(declaration.photos),
    }
    return render(request, TEMPLATES[page], context)
