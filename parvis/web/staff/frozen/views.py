"""Accès gelés: two gestures, each confirmed; the notices for clients without a known address, to print and post."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.kit.refusals import Refusal
from parvis.people.actions import freezing, notices
from parvis.people.models import AccessFreeze, PaperNotice
from parvis.people.rules import Duty
from parvis.web.staff.access import staff_only
from parvis.web.staff.frozen.page import freezes_of_agency, frozen_page, may_close, notices_of_agency
from parvis.web.ui.reads import note_read
from parvis.web.ui.requests import ViewerRequest

HELD_ELSEWHERE = (
    "Ce client a aussi des biens hors de vos immeubles\u00a0: seul qui voit toute l’agence peut fermer son accès."
)


@require_safe
@staff_only(Duty.CLIENTS)
def index(request: ViewerRequest) -> HttpResponse:
    page = frozen_page(request.viewer)
    note_read(request, clients=page.clients, part="Accès gelés")
    return render(request, "staff/frozen/index.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.CLIENTS)
def reopen(request: ViewerRequest, public_id: str) -> HttpResponse:
    """« Rouvrir l’accès »: a false alarm."""
    freeze = get_object_or_404(freezes_of_agency(request.viewer), public_id=public_id)
    if request.method != "POST":
        return confirm(request, freeze, template="staff/frozen/reopen.html")
    try:
        freezing.reopen(freeze_row=freeze, by=author_of(request))
        messages.success(request, "L’accès est rouvert.")
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    return redirect("staff:frozen-index")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.CLIENTS)
def close(request: ViewerRequest, public_id: str) -> HttpResponse:
    """« Fermer cet accès »: it opens nothing ever again."""
    freeze = get_object_or_404(freezes_of_agency(request.viewer), public_id=public_id)
    if not may_close(request.viewer, freeze):
        messages.warning(request, HELD_ELSEWHERE)
        return redirect("staff:frozen-index")
    if request.method != "POST":
        return confirm(request, freeze, template="staff/frozen/close.html")
    try:
        freezing.close(freeze_row=freeze, by=author_of(request))
        messages.success(request, "L’accès est fermé. Vous pouvez tirer une nouvelle lettre.")
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    return redirect("staff:frozen-index")


def confirm(request: ViewerRequest, freeze: AccessFreeze, *, template: str) -> HttpResponse:
    """What the gesture does, and to whom, before it is done."""
    try:
        rows = freezing.decided_together(freeze)
    except Refusal as refusal:
        messages.warning(request, refusal.message)
        return redirect("staff:frozen-index")
    context = {
        "rows": rows,
        "has_login": any(row.user_id for row in rows),
        "is_attached": freeze.trigger == AccessFreeze.Trigger.ATTACHED,
    }
    return render(request, template, context)


@require_POST
@staff_only(Duty.CLIENTS)
def print_waiting(request: ViewerRequest) -> HttpResponse:
    """All the notices that wait, as one PDF."""
    waiting = list(notices_of_agency(request.viewer).waiting())
    if not waiting:
        messages.info(request, "Aucun avis n’attend d’être posté.")
        return redirect("staff:frozen-index")
    return printed(request, waiting)


@require_POST
@staff_only(Duty.CLIENTS)
def print_again(request: ViewerRequest, public_id: str) -> HttpResponse:
    """One notice, lost on its way to the post."""
    notice = get_object_or_404(notices_of_agency(request.viewer), public_id=public_id)
    return printed(request, [notice])


def printed(request: ViewerRequest, rows: list[PaperNotice]) -> HttpResponse:
    pdf = notices.print_notices(notices=rows, by=author_of(request))
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="avis-a-poster.pdf"'
    return response


def author_of(request: ViewerRequest) -> tuple[str, str]:
    return ("user", request.user.public_id)
