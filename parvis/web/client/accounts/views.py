"""Comptes: the list, those that owe first; one account with its entries and how to pay it."""

import datetime as dt
from dataclasses import replace
from itertools import islice

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect

from parvis.kit.days import paris_day
from parvis.kit.money import format_whole
from parvis.kit.spreadsheets import csv_lines
from parvis.ledger.statement_document import MOST_PRINTED, MOST_WRITTEN, Statement, statement_pdf, statement_rows
from parvis.web.client.accounts.listing import listed_accounts
from parvis.web.client.accounts.page import Found, account_page, found_account
from parvis.web.client.accounts.statement import entries_within, statement_of
from parvis.web.ui.papers import csv_stream, pdf_answer
from parvis.web.ui.reads import note_read
from parvis.web.ui.requests import ViewerRequest

TOO_LONG_TO_PRINT = (
    f"Ce relevé compte plus de {format_whole(MOST_PRINTED)}\u00a0opérations\u00a0: choisissez une période plus courte, "
    "ou le format tableur."
)
TOO_LONG_TO_WRITE = (
    f"Cette période compte plus de {format_whole(MOST_WRITTEN)}\u00a0opérations\u00a0: choisissez-en une plus courte."
)


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    accounts = listed_accounts(request.viewer, today=paris_day(timezone.now()))
    settled = [each.card for each in accounts if each.card.is_settled]
    context = {"accounts": [each for each in accounts if not each.card.is_settled], "settled": settled}
    return render(request, "client/accounts/index.html", context)


@require_safe
def detail(request: ViewerRequest, public_id: str) -> HttpResponse:
    """What is refused is shown by the whole page, whoever asks for a part of it."""
    today = paris_day(timezone.now())
    found = found_or_404(request, public_id, today=today)
    page = account_page(request.viewer, found, asked=request.GET.dict(), today=today)
    note_read(request, client_ids=[found.row.client_id], part="Comptes")
    if request.htmx and page.selection and page.selection.is_refused:
        return HttpResponseClientRedirect(request.get_full_path())
    return render(request, "client/accounts/detail.html", {"page": page})


@require_safe
def statement(request: ViewerRequest, public_id: str) -> HttpResponse:
    """The statement of account as a PDF, of the entries that the address asks for."""
    stated = stated_or_page(request, public_id)
    if isinstance(stated, HttpResponse):
        return stated
    lines = list(islice(stated.shown, MOST_PRINTED + 1))
    if len(lines) > MOST_PRINTED:
        return refused(request, public_id, TOO_LONG_TO_PRINT)
    return pdf_answer(statement_pdf(replace(stated, shown=lines)), name=stated.name)


@require_safe
def spreadsheet(request: ViewerRequest, public_id: str) -> HttpResponseBase:
    """The same as CSV, sent while it is read."""
    stated = stated_or_page(request, public_id)
    if isinstance(stated, HttpResponse):
        return stated
    return csv_stream(csv_lines(statement_rows(stated)), name=stated.name)


def found_or_404(request: ViewerRequest, public_id: str, *, today: dt.date) -> Found:
    found = found_account(request.viewer, public_id=public_id, today=today)
    if found is None:
        raise Http404
    return found


def stated_or_page(request: ViewerRequest, public_id: str) -> Statement | HttpResponse:
    """What to state; the page of the account where the choice is refused, and nothing of a withheld account."""
    today = paris_day(timezone.now())
    found = found_or_404(request, public_id, today=today)
    if found.row.is_withheld:
        raise Http404
    selection = found.selection(request.GET.dict(), today=today)
    if selection.is_refused:
        return redirect(f"{reverse('client:accounts-detail', args=[public_id])}?{request.GET.urlencode()}")
    if entries_within(request.viewer, found.terms.id, selection.choice).count() > MOST_WRITTEN:
        return refused(request, public_id, TOO_LONG_TO_WRITE)
    return statement_of(request.viewer, found, selection, today=today)


def refused(request: ViewerRequest, public_id: str, words: str) -> HttpResponse:
    """Back to the page, which says why there is no file."""
    messages.warning(request, words)
    return redirect(f"{reverse('client:accounts-detail', args=[public_id])}?{request.GET.urlencode()}")
