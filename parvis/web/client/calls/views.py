"""Appels: those of an account, « Pourquoi ce montant ? » on the page, as PDF and as CSV, the charges of two years."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from parvis.kit.days import paris_day
from parvis.kit.spreadsheets import to_csv
from parvis.ledger.explanation_document import explanation_pdf, explanation_rows
from parvis.ledger.models import Account, AccountQuerySet, Call
from parvis.people.models import Viewer
from parvis.web.client.calls.charges import charges_page, charges_rows
from parvis.web.client.calls.page import CallPage, call_page, calls_page
from parvis.web.ui.papers import csv_answer, pdf_answer
from parvis.web.ui.reads import PARTS, note_read
from parvis.web.ui.requests import ViewerRequest


def accounts_of(viewer: Viewer) -> AccountQuerySet:
    return Account.objects.visible_to(viewer).select_related("building", "lot", "client", "agency", "creditor")


def account_with_charges(request: ViewerRequest, account_id: str) -> Account:
    """An account with a syndicat: what an ASL spends, nobody tells."""
    account = get_object_or_404(accounts_of(request.viewer).with_syndicats(), public_id=account_id)
    note_read(request, client_ids=[account.client_id], part=PARTS["calls"])
    return account


def page_of(request: ViewerRequest, account_id: str, public_id: str) -> CallPage:
    calls = Call.objects.visible_to(request.viewer).filter(account__public_id=account_id)
    calls = calls.select_related(
        *("account__building", "account__lot", "account__client", "account__agency", "account__creditor")
    )
    call = get_object_or_404(calls, public_id=public_id)
    note_read(request, client_ids=[call.account.client_id], part=PARTS["calls"])
    return call_page(request.viewer, call)


@require_safe
def index(request: ViewerRequest, account_id: str) -> HttpResponse:
    account = get_object_or_404(accounts_of(request.viewer), public_id=account_id)
    note_read(request, client_ids=[account.client_id], part=PARTS["calls"])
    page = calls_page(request.viewer, account, today=paris_day(timezone.now()))
    return render(request, "client/calls/index.html", {"page": page})


@require_safe
def detail(request: ViewerRequest, account_id: str, public_id: str) -> HttpResponse:
    return render(request, "client/calls/detail.html", {"page": page_of(request, account_id, public_id)})


@require_safe
def pdf(request: ViewerRequest, account_id: str, public_id: str) -> HttpResponse:
    page = page_of(request, account_id, public_id)
    if page.explanation is None:
        raise Http404
    paper = explanation_pdf(page.call, page.explanation, agency=page.head.account.agency, states=page.states)
    return pdf_answer(paper, name=f"appel-{page.call.due_on:%Y-%m-%d}")


@require_safe
def csv(request: ViewerRequest, account_id: str, public_id: str) -> HttpResponse:
    page = page_of(request, account_id, public_id)
    if page.explanation is None:
        raise Http404
    return csv_answer(to_csv(explanation_rows(page.explanation)), name=f"appel-{page.call.due_on:%Y-%m-%d}")


@require_safe
def charges(request: ViewerRequest, account_id: str) -> HttpResponse:
    account = account_with_charges(request, account_id)
    page = charges_page(request.viewer, account, today=paris_day(timezone.now()))
    return render(request, "client/calls/charges.html", {"page": page})


@require_safe
def charges_csv(request: ViewerRequest, account_id: str) -> HttpResponse:
    account = account_with_charges(request, account_id)
    page = charges_page(request.viewer, account, today=paris_day(timezone.now()))
    if not page.years:
        raise Http404
    return csv_answer(to_csv(charges_rows(page)), name=f"charges-{page.years[0].name}")
