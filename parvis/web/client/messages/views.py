"""Écrire à mon agence: a message with its receipt, the thread with the agency's answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from parvis.kit.days import paris_day
from parvis.kit.identifiers import new_public_id
from parvis.kit.refusals import Refusal
from parvis.people.models import User
from parvis.threads import actions
from parvis.threads.models import Draft, Thread
from parvis.threads.rules import LONGEST_BODY
from parvis.web.client.messages.forms import ReplyForm, WriteForm
from parvis.web.client.messages.page import thread_page, threads_page
from parvis.web.ui.authors import first_client, own_name
from parvis.web.ui.places import Place, places_of
from parvis.web.ui.reads import PARTS, note_read
from parvis.web.ui.requests import ViewerRequest
from parvis.web.ui.typed import keeps_typed, ticket_of

SENT = "Message envoyé. Réponse sous 2\u00a0jours ouvrés."


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    page = threads_page(request.viewer, number=request.GET.get("page", ""))
    return render(request, "client/messages/index.html", {"page": page})


def keep_letter(user: User, typed: QueryDict) -> None:
    """What was typed by somebody whose session had ended."""
    words = {name: typed.get(name, "").replace("\0", "") for name in ("subject", "place", "body")}
    actions.keep_draft(
        user=user, subject=words["subject"][:12], place=words["place"][:26], body=words["body"][:LONGEST_BODY]
    )


@keeps_typed(keep_letter)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: ViewerRequest) -> HttpResponse:
    """One page, one question more than a sheet of paper: about what."""
    places = places_of(request.viewer, today=paris_day(timezone.now()))
    if request.method != "POST":
        form = WriteForm(initial=initial_of(request), places=places)
        return page_of(request, "client/messages/write.html", {"form": form})
    form = WriteForm(request.POST, request.FILES, places=places)
    if form.is_valid():
        with refusals_on(form):
            thread = send(request, form)
            messages.success(request, SENT)
            return redirect("client:messages-detail", thread.public_id)
    return page_of(request, "client/messages/write.html", {"form": form})


@keeps_typed(keep_letter)
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: ViewerRequest, public_id: str) -> HttpResponse:
    """The thread: the receipt, what was said on both sides, the place to go on."""
    threads = Thread.objects.visible_to(request.viewer).with_place()
    thread = get_object_or_404(threads, public_id=public_id)
    note_read(request, clients=[thread.client], part=PARTS["messages"])
    form = ReplyForm(request.POST if request.method == "POST" else None, initial=initial_of(request))
    if form.is_valid():
        with refusals_on(form):
            actions.add_to_thread(thread=thread, letter=letter_of(form), by=author_of(request))
            messages.success(request, SENT)
            return redirect("client:messages-detail", public_id)
    return page_of(request, "client/messages/detail.html", {"form": form, "page": thread_page(thread)})


def send(request: ViewerRequest, form: WriteForm) -> Thread:
    place: Place | None = form.chosen_place
    return actions.open_thread(
        client=place.client if place else first_client(request.viewer),
        lot=place.lot if place else None,
        subject=form.cleaned_data["subject"],
        letter=letter_of(form),
        by=author_of(request),
    )


def letter_of(form: ReplyForm) -> actions.Letter:
    file = form.cleaned_data.get("attachment")
    return actions.Letter(
        body=form.cleaned_data["body"],
        sending_key=form.cleaned_data["sending_key"],
        file_name=file.name if file else "",
        file_content=file.read() if file else b"",
    )


@contextmanager
def refusals_on(form: ReplyForm) -> Iterator[None]:
    """Show what an action refuses on the form, a file beside its field. Nothing typed is lost."""
    try:
        yield
    except Refusal as refusal:
        form.add_error("attachment" if isinstance(refusal, actions.AttachmentRefused) else None, refusal.message)
        form.status = 429 if isinstance(refusal, actions.TooManyMessages) else 200


def author_of(request: ViewerRequest) -> actions.Author:
    name, greeting = own_name(request.viewer)
    return actions.Author(user=request.user, name=name, greeting=greeting)


def initial_of(request: ViewerRequest) -> dict[str, str]:
    """A new key, the subject that a link asks for, and what was typed before a session ended."""
    draft = Draft.objects.visible_to(request.viewer).first()
    typed = {"subject": draft.subject, "place": draft.place, "body": draft.body} if draft else {}
    return {"subject": request.GET.get("sujet", ""), "sending_key": new_public_id(), **typed}


def page_of(request: ViewerRequest, template: str, context: dict[str, Any]) -> HttpResponse:  # Any: what it takes
    """A page with a form that survives the end of the session."""
    context = context | {"ticket": ticket_of(request.user)}
    return render(request, template, context, status=context["form"].status)
