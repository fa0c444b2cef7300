"""Mes documents: the list and its search, one file, a selection in a ZIP, an archive that was prepared."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from parvis.compliance.access import buildings_owned, buildings_with_seat
from parvis.documents.actions.archives import LEAVES_AT_ONCE_BYTES, NothingChosen, request_archive
from parvis.documents.models import Archive, Document
from parvis.kit.days import paris_day
from parvis.web.client.documents.files import archive_content, content_of, zip_of
from parvis.web.client.documents.page import Asked, documents_page
from parvis.web.ui.ranges import answer_with
from parvis.web.ui.reads import note_read
from parvis.web.ui.requests import ViewerRequest

BEING_PREPARED = (
    "Votre sélection est lourde\u00a0: nous la préparons. Vous recevrez un courriel et une notification quand elle "
    "sera prête. Elle restera disponible 7\u00a0jours."
)


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    asked = Asked.of(
        query=request.GET.get("q", ""),
        category=request.GET.get("categorie", ""),
        page_number=request.GET.get("page", "1"),
    )
    today = paris_day(timezone.now())
    context = {
        "page": documents_page(request.viewer, asked=asked, today=today),
        "owns": buildings_owned(request.viewer, day=today).exists(),
        "sits": buildings_with_seat(request.viewer).exists(),
    }
    return render(request, "client/documents/index.html", context)


@require_safe
def file(request: ViewerRequest, public_id: str) -> HttpResponseBase:
    document = get_object_or_404(Document.objects.visible_to(request.viewer).with_files(), public_id=public_id)
    note_read(request, client_ids=filter(None, [document.client_id]), part="Documents")
    return answer_with(request, content_of(document))


@require_POST
def selection(request: ViewerRequest) -> HttpResponseBase:
    chosen = Document.objects.visible_to(request.viewer).filter(public_id__in=request.POST.getlist("document"))
    documents = list(chosen.with_files().newest_first())
    if not documents:
        messages.warning(request, NothingChosen.message)
        return redirect("client:documents-index")
    if sum(document.file.size for document in documents) > LEAVES_AT_ONCE_BYTES:
        request_archive(viewer=request.viewer, documents=documents)
        messages.success(request, BEING_PREPARED)
        return redirect("client:documents-index")
    return zip_of(documents, name=f"{paris_day(timezone.now()).isoformat()} Mes documents.zip")


@require_safe
def archive(request: ViewerRequest, public_id: str) -> HttpResponseBase:
    found = get_object_or_404(Archive.objects.visible_to(request.viewer).ready(), public_id=public_id)
    return answer_with(request, archive_content(found))
