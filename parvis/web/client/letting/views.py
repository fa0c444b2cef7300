"""Gérance: the landlord's year, the statement of a period, the summary for the declaration of income."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from parvis.kit.days import paris_day
from parvis.kit.spreadsheets import to_csv
from parvis.ledger.landlord_document import income_paper, statement_paper
from parvis.ledger.models import Account
from parvis.web.client.letting.charges import charges_page
from parvis.web.client.letting.page import (
    IncomePage,
    StatementPage,
    income_page,
    landlord_account,
    letting_page,
    statement_page,
)
from parvis.web.ui.papers import csv_answer, pdf_answer
from parvis.web.ui.reads import PARTS, note_read
from parvis.web.ui.requests import ViewerRequest


@require_safe
def index(request: ViewerRequest, public_id: str) -> HttpResponse:
    account = account_or_404(request, public_id)
    today = paris_day(timezone.now())
    page = letting_page(request.viewer, account, asked_year=request.GET.get("annee", ""), today=today)
    return render(request, "client/letting/index.html", {"page": page})


@require_safe
def statement(request: ViewerRequest, public_id: str, period: str) -> HttpResponse:
    """The « compte rendu de gérance » of a month or a quarter."""
    return render(request, "client/letting/statement.html", {"page": statement_or_404(request, public_id, period)})


@require_safe
def statement_pdf(request: ViewerRequest, public_id: str, period: str) -> HttpResponse:
    page = statement_or_404(request, public_id, period)
    paper = statement_paper(page.told, account=page.account, title=page.period.name, status=page.status_words)
    return pdf_answer(paper.pdf(), name=f"{page.period.slug} Compte rendu de gérance")


@require_safe
def income(request: ViewerRequest, public_id: str, year: int) -> HttpResponse:
    """The yearly summary for the form 2044."""
    return render(request, "client/letting/income.html", {"page": income_or_404(request, public_id, year)})


@require_safe
def income_pdf(request: ViewerRequest, public_id: str, year: int) -> HttpResponse:
    page = income_or_404(request, public_id, year)
    day = paris_day(timezone.now())
    paper = income_paper(page.summary, account=page.account, dwellings=page.dwellings, day=day)
    return pdf_answer(paper.pdf(), name=f"{year} Récapitulatif déclaration 2044")


@require_safe
def income_csv(request: ViewerRequest, public_id: str, year: int) -> HttpResponse:
    page = income_or_404(request, public_id, year)
    return csv_answer(to_csv(page.rows), name=f"{year} Récapitulatif déclaration 2044")


@require_safe
def charges(request: ViewerRequest, public_id: str) -> HttpResponse:
    """What of each charge of the building may be asked of the tenant."""
    account = account_or_404(request, public_id)
    page = charges_page(request.viewer, account, asked=request.GET.get("exercice", ""))
    return render(request, "client/letting/charges.html", {"page": page})


def account_or_404(request: ViewerRequest, public_id: str) -> Account:
    account = landlord_account(request.viewer, public_id)
    if account is None:
        raise Http404
    note_read(request, client_ids=[account.client_id], part=PARTS["letting"])
    return account


def statement_or_404(request: ViewerRequest, public_id: str, period: str) -> StatementPage:
    account = account_or_404(request, public_id)
    page = statement_page(request.viewer, account, slug=period, today=paris_day(timezone.now()))
    if page is None:
        raise Http404
    return page


def income_or_404(request: ViewerRequest, public_id: str, year: int) -> IncomePage:
    today = paris_day(timezone.now())
    page = income_page(request.viewer, account_or_404(request, public_id), year=year, today=today)
    if page is None:
        raise Http404
    return page
