"""Quittances et reçus: the rents of an account, the paper of a month, the attestation."""

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from parvis.kit.days import paris_day
from parvis.kit.refusals import Refusal
from parvis.ledger.actions.certificates import housing_aid_pdf
from parvis.ledger.actions.receipts import issue_on_request
from parvis.ledger.models import Account, RentReceipt
from parvis.ledger.receipt_document import receipt_pdf, title_of
from parvis.web.client.receipts.page import all_receipts, live_receipt, period_page, receipts_page, tenant_account
from parvis.web.ui.papers import pdf_answer
from parvis.web.ui.reads import PARTS, note_read
from parvis.web.ui.requests import ViewerRequest


@require_safe
def index(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Rents asked and paid, a year at a time."""
    account = account_or_404(request, public_id)
    page = receipts_page(
        request.viewer, account, asked_year=request.GET.get("annee", ""), today=paris_day(timezone.now())
    )
    return render(request, "client/receipts/index.html", {"page": page})


@require_safe
def mine(request: ViewerRequest) -> HttpResponse:
    """All of one's receipts: a joint tenant finds theirs here, though the account is another's."""
    note_read(request, client_ids=request.viewer.client_ids, part=PARTS["receipts"])
    return render(request, "client/receipts/mine.html", {"years": all_receipts(request.viewer)})


@require_http_methods(["GET", "HEAD", "POST"])
def month(request: ViewerRequest, public_id: str, month: dt.date) -> HttpResponse:
    """The quittance of a month at once; where it is not made yet, what is missing, or the button that makes it."""
    account = account_or_404(request, public_id)
    if request.method == "POST":
        return issued(request, account, month)
    receipt = live_receipt(request.viewer, account, month=month)
    if receipt:
        return paper_of(receipt)
    context = {"account": account, "month": month}
    period = period_page(account, month=month, today=paris_day(timezone.now()))
    return render(request, "client/receipts/month.html", context | {"period": period})


def issued(request: ViewerRequest, account: Account, month: dt.date) -> HttpResponse:
    try:
        if account.is_withheld:
            raise Refusal("Votre agence vérifie ce compte. Appelez-la pour obtenir votre quittance.")
        issue_on_request(account=account, month=month, by=("user", request.user.public_id))
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("client:receipts-index", account.public_id)
    return redirect("client:receipts-month", account.public_id, month)


@require_safe
def file(request: ViewerRequest, public_id: str) -> HttpResponse:
    """The paper of one receipt, cancelled or not."""
    receipts = RentReceipt.objects.visible_to(request.viewer).select_related("account", "agency")
    receipt = get_object_or_404(receipts, public_id=public_id)
    note_read(request, client_ids=[receipt.account.client_id], part=PARTS["receipts"])
    return paper_of(receipt)


@require_safe
def housing_aid(request: ViewerRequest, public_id: str) -> HttpResponse:
    """The attestation for the CAF or the MSA."""
    account = account_or_404(request, public_id)
    today = paris_day(timezone.now())
    pdf = None if account.is_withheld else housing_aid_pdf(account=account, day=today)
    if pdf is None:
        raise Http404
    return pdf_answer(pdf, name=f"{today.isoformat()} Attestation de loyer")


def account_or_404(request: ViewerRequest, public_id: str) -> Account:
    account = tenant_account(request.viewer, public_id)
    if account is None:
        raise Http404
    note_read(request, client_ids=[account.client_id], part=PARTS["receipts"])
    return account


def paper_of(receipt: RentReceipt) -> HttpResponse:
    name = f"{receipt.covers_from:%Y-%m} {title_of(receipt)}"
    return pdf_answer(receipt_pdf(receipt, agency=receipt.agency), name=name)
