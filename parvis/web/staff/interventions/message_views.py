"""What is written in a case: to those it concerns, or inside the agency; the photos and papers it holds."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from parvis.interventions.access import photos_of_agency, quotes_of_agency
from parvis.interventions.actions.messages import Writing
from parvis.interventions.actions.messages import write as write_message
from parvis.interventions.models import Audience, MessageTemplate, Photo
from parvis.people.rules import Duty
from parvis.web.staff.access import staff_only
from parvis.web.staff.interventions.finding import actor_of, case_of, file_answer, templates_of
from parvis.web.staff.interventions.forms import NoteForm, WriteForm
from parvis.web.ui.refused import refusals_on
from parvis.web.ui.requests import ViewerRequest
from parvis.web.ui.stored_files import answer_with_file
from parvis.web.ui.uploads import ask_files_again, pictures_of, refusals_on_photos


@require_POST
@staff_only(Duty.CASES)
def write(request: ViewerRequest, public_id: str) -> HttpResponse:
    """A message to the reporter, or to all who follow. « Insérer le modèle » adds its words and sends nothing."""
    case = case_of(request, public_id)
    templates = templates_of(request.viewer)
    if "insert" in request.POST:
        return file_answer(request, case, write=WriteForm(templates=templates, initial=with_template(request)))
    form = WriteForm(request.POST, request.FILES, templates=templates)
    if form.is_valid():
        with refusals_on(form), refusals_on_photos(form):
            write_message(intervention=case, writing=writing_of(form), by=actor_of(request))
            messages.success(request, "Le message est envoyé.")
            return redirect("staff:interventions-detail", public_id)
    ask_files_again(form, request=request)
    return file_answer(request, case, write=form)


def with_template(request: ViewerRequest) -> dict[str, str]:
    """What was typed, and below it the words of the template chosen."""
    typed = {name: request.POST.get(name, "") for name in ("audience", "template", "body", "sending_key")}
    chosen = MessageTemplate.objects.visible_to(request.viewer).filter(public_id=typed["template"]).first()
    words = [typed["body"].strip(), chosen.text if chosen else ""]
    return {**typed, "body": "\n\n".join(filter(None, words))}


def writing_of(form: WriteForm) -> Writing:
    typed = form.cleaned_data
    return Writing(
        text=typed["body"],
        sending_key=typed["sending_key"],
        audience=Audience(typed["audience"]),
        pictures=pictures_of(typed["photos"]),
    )


@require_POST
@staff_only(Duty.CASES)
def note(request: ViewerRequest, public_id: str) -> HttpResponse:
    """A note that no client reads, and that no firm reads either."""
    case = case_of(request, public_id)
    form = NoteForm(request.POST, auto_id="note_%s")
    if form.is_valid():
        kept = Writing(
            text=form.cleaned_data["note"], sending_key=form.cleaned_data["sending_key"], audience=Audience.INTERNAL
        )
        with refusals_on(form):
            write_message(intervention=case, writing=kept, by=actor_of(request))
            messages.success(request, "La note est ajoutée. Le client ne la voit pas.")
            return redirect("staff:interventions-detail", public_id)
    return file_answer(request, case, note=form)


@require_safe
@staff_only(Duty.CASES)
def photo(request: ViewerRequest, public_id: str, photo_id: str) -> HttpResponseBase:
    found = photo_of(request, public_id, photo_id)
    return answer_with_file(request, found.file, name=f"piece-{found.added_at:%Y-%m-%d}")


@require_safe
@staff_only(Duty.CASES)
def thumbnail(request: ViewerRequest, public_id: str, photo_id: str) -> HttpResponseBase:
    found = photo_of(request, public_id, photo_id)
    if found.thumbnail is None:
        raise Http404
    return answer_with_file(request, found.thumbnail, name=f"vignette-{found.added_at:%Y-%m-%d}")


@require_safe
@staff_only(Duty.CASES)
def quote_file(request: ViewerRequest, public_id: str, quote_id: str) -> HttpResponseBase:
    case = case_of(request, public_id)
    quotes = quotes_of_agency(request.viewer).filter(intervention=case).select_related("file")
    found = get_object_or_404(quotes, public_id=quote_id)
    if found.file is None:
        raise Http404
    return answer_with_file(request, found.file, name=f"devis-{case.number}")


def photo_of(request: ViewerRequest, public_id: str, photo_id: str) -> Photo:
    """One that may be shown: checked, and not taken out."""
    shown = photos_of_agency(request.viewer).filter(intervention=case_of(request, public_id), state=Photo.State.READY)
    found: Photo = get_object_or_404(shown.select_related("file", "thumbnail"), public_id=photo_id)
    return found
