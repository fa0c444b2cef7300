"""Articles de l'aide: the shipped ones, and the agency's own words over them, with a preview."""

import dataclasses

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.help.actions import restore, rewrite
from parvis.help.rules import Article
from parvis.help.shelf import body_html, shelf_of
from parvis.people.rules import Duty
from parvis.web.staff.access import staff_only
from parvis.web.staff.settings.help_forms import ArticleForm, initial_of
from parvis.web.ui.requests import ViewerRequest

PREVIEW = "apercu"


@require_safe
@staff_only(Duty.SETTINGS)
def index(request: ViewerRequest) -> HttpResponse:
    shelf = shelf_of(request.viewer.agency_id)
    return render(request, "staff/settings/help.html", {"articles": shelf.articles, "own": shelf.own})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.SETTINGS)
def article(request: ViewerRequest, slug: str) -> HttpResponse:
    """One article: the words of the agency, or ours to begin with."""
    shelf = shelf_of(request.viewer.agency_id)
    found = shelf.article_of(slug)
    if found is None:
        raise Http404
    form = ArticleForm(request.POST or None, initial=initial_of(found))
    context: dict[str, object] = {"form": form, "article": found, "is_own": slug in shelf.own}
    if form.is_valid():
        if PREVIEW not in request.POST and kept(request, form, slug=slug):
            messages.success(request, "L’article est enregistré. Les clients de l’agence lisent vos mots.")
            return redirect("staff:settings-help")
        context |= previewed(found, form)
    return render(request, "staff/settings/article.html", context)


@require_POST
@staff_only(Duty.SETTINGS)
def back_to_ours(request: ViewerRequest, slug: str) -> HttpResponse:
    """The shipped words again."""
    restore(agency=request.user.agency, slug=slug, by=author_of(request))
    messages.success(request, "L’article d’origine est rétabli.")
    return redirect("staff:settings-help")


def kept(request: ViewerRequest, form: ArticleForm, *, slug: str) -> bool:
    """Whether what was typed is kept; why not stands on the form."""
    agency = request.user.agency

    def now() -> dict[str, str]:
        found = shelf_of(agency.pk).article_of(slug)
        return initial_of(found) if found else {}

    with form.kept_as_shown(agency, now=now) as is_same:
        if is_same:
            rewrite(agency=agency, slug=slug, words=form.cleaned_data, by=author_of(request))
    return is_same


def previewed(found: Article, form: ArticleForm) -> dict[str, object]:
    shown = dataclasses.replace(found, **form.cleaned_data)
    return {"shown": shown, "shown_body": body_html(shown)}


def author_of(request: ViewerRequest) -> tuple[str, str]:
    return ("user", request.user.public_id)
