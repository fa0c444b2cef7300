"""Conseil syndical: the room of each council that the viewer sits on today. For anyone else, no such page."""

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.compliance.access import buildings_with_seat, seat_in
from parvis.compliance.actions.checks import TooManyQuestions, ask, mark_seen
from parvis.compliance.models.owners_list import OwnersList, owners_list
from parvis.kit.days import paris_day
from parvis.kit.spreadsheets import to_csv
from parvis.ledger.models import Expense, FiscalYear
from parvis.property.models import Building, CouncilSeat
from parvis.web.client.council.check import check_page, expense_page, expenses_of
from parvis.web.client.council.forms import QuestionForm
from parvis.web.client.council.owners import owners_pdf, table_rows
from parvis.web.client.council.page import council_page
from parvis.web.ui.papers import csv_answer, pdf_answer
from parvis.web.ui.requests import ViewerRequest

MOST_LINES = 100


def today_in_paris() -> dt.date:
    return paris_day(timezone.now())


def seat_or_404(request: ViewerRequest, building: Building) -> CouncilSeat:
    """The seat in force; after the term, the page does not exist."""
    seat = seat_in(request.viewer, building)
    if seat is None:
        raise Http404
    return seat


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    """The buildings of the councils; straight to the room of the only one."""
    buildings = list(buildings_with_seat(request.viewer))
    if not buildings:
        raise Http404
    return render(request, "client/council/index.html", {"buildings": buildings})


@require_safe
def detail(request: ViewerRequest, public_id: str) -> HttpResponse:
    building = get_object_or_404(buildings_with_seat(request.viewer), public_id=public_id)
    seat = seat_or_404(request, building)
    page = council_page(request.viewer, building, seat=seat, today=today_in_paris())
    return render(request, "client/council/detail.html", {"page": page})


def owners_of(request: ViewerRequest, public_id: str) -> OwnersList:
    building = get_object_or_404(buildings_with_seat(request.viewer), public_id=public_id)
    return owners_list(building, day=today_in_paris())


@require_safe
def owners(request: ViewerRequest, public_id: str) -> HttpResponse:
    return render(request, "client/council/owners.html", {"owners": owners_of(request, public_id)})


@require_safe
def owners_table(request: ViewerRequest, public_id: str) -> HttpResponse:
    found = owners_of(request, public_id)
    return csv_answer(to_csv(table_rows(found)), name=f"{found.day} Copropriétaires {found.building.name}")


@require_safe
def owners_paper(request: ViewerRequest, public_id: str) -> HttpResponse:
    found = owners_of(request, public_id)
    content = owners_pdf(found, agency=request.user.agency)
    return pdf_answer(content, name=f"{found.day} Copropriétaires {found.building.name}")


@require_http_methods(["GET", "HEAD", "POST"])
def year(request: ViewerRequest, public_id: str) -> HttpResponse:
    """The lines of an exercise; what is ticked on the page is seen, the rest of the page is not."""
    found = get_object_or_404(
        FiscalYear.objects.visible_to(request.viewer).select_related("building"), public_id=public_id
    )
    seat = seat_or_404(request, found.building)
    number = request.POST.get("page", "") or request.GET.get("page", "1")
    if request.method == "POST":
        shown = request.POST.getlist("ligne")[:MOST_LINES]
        expenses = list(expenses_of(request.viewer, found).filter(public_id__in=shown))
        mark_seen(expenses=expenses, seen=set(request.POST.getlist("vue")), seat=seat)
        messages.success(request, "Ce que vous avez vu est noté.")
        return redirect(f"{request.path}?page={number}" if number.isdecimal() else request.path)
    page = check_page(request.viewer, found, seat=seat, number=number)
    return render(request, "client/council/year.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def expense(request: ViewerRequest, public_id: str) -> HttpResponse:
    """One line: its invoice, what was asked and answered, and a question more."""
    found = get_object_or_404(
        Expense.objects.visible_to(request.viewer).select_related("key", "fiscal_year__building"), public_id=public_id
    )
    seat = seat_or_404(request, found.fiscal_year.building)
    form = QuestionForm(request.POST or None)
    if form.is_valid() and sent(form, expense=found, seat=seat):
        messages.success(request, "Votre question est envoyée à l’agence. Vous serez prévenu de sa réponse.")
        return redirect("client:council-expense", public_id)
    page = expense_page(request.viewer, found, seat=seat)
    return render(request, "client/council/expense.html", {"page": page, "form": form})


def sent(form: QuestionForm, *, expense: Expense, seat: CouncilSeat) -> bool:
    """Whether the question is with the agency; the form says why not."""
    try:
        ask(expense=expense, seat=seat, body=form.cleaned_data["body"])
    except TooManyQuestions as refusal:
        form.add_error("body", refusal.message)
        return False
    return True


@require_POST
def seen(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Note one line as seen, or no more."""
    found = get_object_or_404(
        Expense.objects.visible_to(request.viewer).select_related("fiscal_year__building"), public_id=public_id
    )
    seat = seat_or_404(request, found.fiscal_year.building)
    is_seen = request.POST.get("vue") == "oui"
    mark_seen(expenses=[found], seen={public_id} if is_seen else set(), seat=seat)
    messages.success(request, "La ligne est notée comme vue." if is_seen else "La ligne n’est plus notée comme vue.")
    return redirect("client:council-expense", public_id)
