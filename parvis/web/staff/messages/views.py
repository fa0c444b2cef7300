"""Messages of the clients: read, answer, close."""

from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.documents.models import Document
from parvis.documents.names import name_of
from parvis.kit.days import paris_day
from parvis.kit.identifiers import new_public_id
from parvis.kit.refusals import Refusal
from parvis.kit.storage import document_storage
from parvis.people.rules import Duty
from parvis.threads import actions
from parvis.threads.access import attachments_of_agency, threads_of_agency
from parvis.threads.models import Thread
from parvis.web.staff.access import staff_only
from parvis.web.staff.messages.forms import AnswerForm
from parvis.web.staff.messages.page import thread_page, threads_page
from parvis.web.ui.papers import answer
from parvis.web.ui.reads import PARTS, note_read
from parvis.web.ui.requests import ViewerRequest

PART = PARTS["messages"]


@require_safe
@staff_only(Duty.MESSAGES)
def index(request: ViewerRequest) -> HttpResponse:
    today = paris_day(timezone.now())
    page = threads_page(request.viewer, number=request.GET.get("page", ""), today=today)
    note_read(request, clients=[line.thread.client for line in page.lines], part=PART)
    return render(request, "staff/messages/index.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.MESSAGES)
def detail(request: ViewerRequest, public_id: str) -> HttpResponse:
    """One conversation, and the place to answer."""
    thread = thread_of(request, public_id)
    note_read(request, clients=[thread.client], part=PART)
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"sending_key": new_public_id()})
    if form.is_valid():
        letter = actions.Letter(body=form.cleaned_data["body"], sending_key=form.cleaned_data["sending_key"])
        try:
            actions.answer(thread=thread, letter=letter, by=author_of(request))
            messages.success(request, "La réponse est envoyée au client.")
            return redirect("staff:messages-index")
        except Refusal as refusal:
            form.add_error(None, refusal.message)
    page = thread_page(thread, today=paris_day(timezone.now()))
    return render(request, "staff/messages/detail.html", {"page": page, "form": form})


@require_POST
@staff_only(Duty.MESSAGES)
def close(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Nothing more to do: the client writes anew if they need to."""
    thread = thread_of(request, public_id)
    try:
        actions.close(thread=thread, by=author_of(request))
        messages.success(request, "La conversation est close.")
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    return redirect("staff:messages-index")


@require_safe
@staff_only(Duty.MESSAGES)
def attachment(request: ViewerRequest, public_id: str) -> HttpResponse:
    """What a client sent with a message: saved, never opened in the page."""
    message = get_object_or_404(attachments_of_agency(request.viewer), attachment__public_id=public_id)
    document = cast(Document, message.attachment)
    note_read(request, clients=[message.thread.client], part=PART)
    content = b"".join(document_storage().chunks(document.file.storage_name, start=0, stop=document.file.size))
    return answer(content, kind=document.file.media_type, disposition="attachment", name=name_of(document))


def thread_of(request: ViewerRequest, public_id: str) -> Thread:
    return get_object_or_404(threads_of_agency(request.viewer).with_place(), public_id=public_id)


def author_of(request: ViewerRequest) -> actions.Author:
    return actions.Author(user=request.user, name=str(request.user.staffmember))
