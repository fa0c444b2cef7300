"""Aide: nine categories, a search by keyword, one page an article. Open to all: the first one tells how to sign in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from parvis.agencies.models import Agency
from parvis.help import actions
from parvis.help.rules import Article, Category
from parvis.help.shelf import Shelf, body_html, shelf_of
from parvis.kit.refusals import Refusal
from parvis.web.public.help.forms import OpinionForm
from parvis.web.public.help.page import help_page
from parvis.web.ui.branding import branding_of
from parvis.web.ui.readonly import writes_on_get
from parvis.web.ui.visitors import visitor_address


@writes_on_get
@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The search; what found nothing is counted, of nobody in particular."""
    page = help_page(request.GET.get("q", ""), shelf=shelf_at(request))
    agency = agency_at(request) if page.is_vain else None
    if agency is not None:
        actions.note_vain_search(agency=agency, query=page.query, address=visitor_address(request))
    return render(request, "public/help/index.html", {"page": page})


@login_not_required
@require_safe
def category(request: HttpRequest, slug: str) -> HttpResponse:
    if slug not in list(Category):
        raise Http404
    shown = Category(slug)
    return render(
        request, "public/help/category.html", {"category": shown, "articles": shelf_at(request).articles_in(shown)}
    )


@login_not_required
@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    found = article_or_404(request, slug)
    context = {"article": found, "body": body_html(found), "may_answer": bool(branding_of(request).agency_id)}
    return render(request, "public/help/article.html", context)


@login_not_required
@require_POST
def opinion(request: HttpRequest, slug: str) -> HttpResponse:
    """« Oui », « Non », and what was missing: kept without a name."""
    found, form = article_or_404(request, slug), OpinionForm(request.POST)
    agency = agency_at(request)
    if agency is None or not form.is_valid():
        return redirect("public:help-article", slug)
    answer, missing = form.cleaned_data["answer"], form.cleaned_data["missing"]
    try:
        actions.give_opinion(
            agency=agency,
            article=found,
            has_helped=answer == "oui",
            missing=missing,
            address=visitor_address(request),
        )
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, "Merci, votre avis est transmis à votre agence.")
    return redirect("public:help-article", slug)


def agency_at(request: HttpRequest) -> Agency | None:
    return Agency.objects.filter(pk=branding_of(request).agency_id).first()


def shelf_at(request: HttpRequest) -> Shelf:
    return shelf_of(branding_of(request).agency_id)


def article_or_404(request: HttpRequest, slug: str) -> Article:
    found = shelf_at(request).article_of(slug)
    if found is None:
        raise Http404
    return found
