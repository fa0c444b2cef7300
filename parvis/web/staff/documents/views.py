"""Documents: the list, one of them, its file, taken back or replaced."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from parvis.documents.access import documents_of_agency
from parvis.documents.actions import deposits, withdraw
from parvis.documents.models import Document
from parvis.documents.names import name_of
from parvis.kit.refusals import Refusal
from parvis.people.rules import Duty
from parvis.web.staff.access import staff_only
from parvis.web.staff.documents.finding import Asked
from parvis.web.staff.documents.forms import ReplaceForm
from parvis.web.staff.documents.page import documents_page, lines_of
from parvis.web.ui.reads import PARTS, note_read
from parvis.web.ui.requests import ViewerRequest
from parvis.web.ui.stored_files import answer_with_file

PART = PARTS["documents"]


@require_safe
@staff_only(Duty.DOCUMENTS)
def index(request: ViewerRequest) -> HttpResponse:
    asked = Asked.of(
        state=request.GET.get("etat", ""),
        category=request.GET.get("categorie", ""),
        search=request.GET.get("q", ""),
        in_text=bool(request.GET.get("texte")),
    )
    page = documents_page(request.viewer, asked=asked, number=request.GET.get("page", ""))
    note_read(request, client_ids=filter(None, [line.document.client_id for line in page.lines]), part=PART)
    sees_legal_list = Duty.LEGAL_LIST in request.viewer.duties
    return render(request, "staff/documents/index.html", {"page": page, "sees_legal_list": sees_legal_list})


@require_safe
@staff_only(Duty.DOCUMENTS)
def detail(request: ViewerRequest, public_id: str) -> HttpResponse:
    document = document_of(request, public_id)
    (line,) = lines_of([document])
    return render(request, "staff/documents/detail.html", {"line": line})


@require_safe
@staff_only(Duty.DOCUMENTS)
def file(request: ViewerRequest, public_id: str) -> HttpResponseBase:
    document = document_of(request, public_id)
    return answer_with_file(request, document.file, name=name_of(document).rpartition(".")[0])


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.DOCUMENTS)
def withdrawal(request: ViewerRequest, public_id: str) -> HttpResponse:
    """« Retirer »: its link answers as if it had never been."""
    document = document_of(request, public_id)
    if request.method == "POST":
        withdraw(document, by=("user", request.user.public_id))
        messages.success(request, "Le document est retiré\u00a0: plus personne ne le voit.")
        return redirect("staff:documents-index")
    (line,) = lines_of([document])
    return render(request, "staff/documents/withdrawal.html", {"line": line})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.DOCUMENTS)
def replacement(request: ViewerRequest, public_id: str) -> HttpResponse:
    """« Remplacer »: the new file waits on the table, described as the former one."""
    document = document_of(request, public_id)
    form = ReplaceForm(request.POST or None, request.FILES or None) if request.method == "POST" else ReplaceForm()
    if form.is_valid():
        (sent,) = form.cleaned_data["papers"]
        try:
            deposits.receive(user=request.user, file=sent, name=sent.name or "", replaces=document)
            messages.success(request, "Le nouveau fichier est reçu. Vérifiez-le, puis publiez-le.")
            return redirect("staff:documents-table")
        except Refusal as refusal:
            form.add_error("papers", refusal.message)
    return render(request, "staff/documents/replacement.html", {"document": document, "form": form})


def document_of(request: ViewerRequest, public_id: str) -> Document:
    """One document of the agency; whoever looks at a client's is written down."""
    documents = documents_of_agency(request.viewer).select_related("file", "client", "building", "lot__building")
    document: Document = get_object_or_404(documents, public_id=public_id)
    note_read(request, client_ids=filter(None, [document.client_id]), part=PART)
    return document
