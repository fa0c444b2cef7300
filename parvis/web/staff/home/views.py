"""The first page of the staff; the mails that were refused."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from parvis.kit.clock import database_now
from parvis.kit.refusals import Refusal
from parvis.mail.access import refused_of_agency
from parvis.mail.actions import replay
from parvis.people.rules import Duty
from parvis.web.staff.access import staff_only
from parvis.web.staff.home.page import home_page
from parvis.web.ui.requests import ViewerRequest
from parvis.web.ui.themes import THEMES

MAILS = 30


@require_safe
@staff_only(Duty.HOME)
def index(request: ViewerRequest) -> HttpResponse:
    """What waits for a member of the staff; a caretaker has a page of their own."""
    if Duty.CASES not in request.viewer.duties and Duty.LODGE in request.viewer.duties:
        return redirect("staff:lodge-index")
    only_mine = request.GET.get("de") == "moi"
    page = home_page(request.viewer, only_mine=only_mine, postal_code=request.user.agency.postal_code)
    return render(request, "staff/home/index.html", {"page": page, "themes": THEMES})


@require_safe
@staff_only(Duty.LETTERS)
def mails(request: ViewerRequest) -> HttpResponse:
    """The mails that were refused, and why."""
    refused = Paginator(refused_of_agency(request.viewer, now=database_now()), MAILS)
    return render(request, "staff/home/mails.html", {"page": refused.get_page(request.GET.get("page"))})


@require_POST
@staff_only(Duty.LETTERS)
def send_again(request: ViewerRequest, public_id: str) -> HttpResponse:
    """« Renvoyer » one of them, once its address was mended or its server is back."""
    message = get_object_or_404(refused_of_agency(request.viewer, now=database_now()), public_id=public_id)
    try:
        replay(message=message, by=("user", request.user.public_id))
        messages.success(request, "Le courriel part de nouveau.")
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    return redirect("staff:home-mails")
