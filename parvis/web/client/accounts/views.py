"""Comptes: the list, those that owe first; one account with its entries and how to pay it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect

from parvis.kit.days import paris_day
from parvis.web.client.accounts.page import account_page, found_account
from parvis.web.ui.account_cards import account_cards
from parvis.web.ui.requests import ViewerRequest


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    cards = account_cards(request.viewer, today=paris_day(timezone.now()))
    settled = [card for card in cards if card.is_settled]
    context = {"cards": [card for card in cards if not card.is_settled], "settled": settled}
    return render(request, "client/accounts/index.html", context)


@require_safe
def detail(request: ViewerRequest, public_id: str) -> HttpResponse:
    """What is refused is shown by the whole page, whoever asks for a part of it."""
    today = paris_day(timezone.now())
    found = found_account(request.viewer, public_id=public_id, today=today)
    if found is None:
        raise Http404
    page = account_page(request.viewer, found, asked=request.GET.dict(), today=today)
    if request.htmx and page.form and page.form.errors:
        return HttpResponseClientRedirect(request.get_full_path())
    return render(request, "client/accounts/detail.html", {"page": page})
