"""The stylesheet, and in development the gallery of components."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from parvis.web.ui import gallery_samples, stylesheet
from parvis.web.ui.gallery_pages import PAGES
from parvis.web.ui.icons import PATHS

FOR_EVER = "public, max-age=31536000, immutable"


@login_not_required
@require_safe
def style(request: HttpRequest, digest: str, hue: int) -> HttpResponse:
    """The stylesheet of signed-in pages. An address of another release gets today's, kept by nobody."""
    if hue > 360:
        raise Http404
    sheet = stylesheet.full(hue)
    accepted = request.headers.get("Accept-Encoding", "")
    encoding = next((name for name in ("br", "gzip") if name in accepted), "")
    response = HttpResponse(stylesheet.full_encoded(hue, encoding), content_type="text/css; charset=utf-8")
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = FOR_EVER if digest == sheet.digest else "no-store"
    return response


@login_not_required
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with its words, in each of its states."""
    context = gallery_samples.context() | {"icons": sorted(PATHS), "pages": list(PAGES)}
    return render(request, "gallery.html", context)


@login_not_required
@require_safe
def gallery_page(request: HttpRequest, name: str) -> HttpResponse:
    """A whole page with invented words in it."""
    if name not in PAGES:
        raise Http404
    template, context = PAGES[name]
    return render(request, template, context)
