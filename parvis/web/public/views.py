"""Legal pages: the same for everyone, in the colours of the agency of the host or of the person."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from parvis.agencies.models import AgencyLogo

KEPT = "public, max-age=31536000, immutable"


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "public/about.html", {"version": settings.VERSION, "source_url": settings.SOURCE_URL})


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "public/accessibility.html")


@login_not_required
@require_safe
def legal(request: HttpRequest) -> HttpResponse:
    context = {"hosting": settings.SITE_HOSTING, "director": settings.SITE_DIRECTOR}
    return render(request, "public/legal.html", context)


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "public/privacy.html", {"data_protection_contact": settings.DATA_PROTECTION_CONTACT})


@login_not_required
@require_safe
def logo(_request: HttpRequest, digest: str) -> HttpResponse:
    """An agency's logo, under the digest of its bytes: whoever has it keeps it."""
    found = AgencyLogo.objects.filter(digest=digest).order_by("pk").first()
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.content), content_type="image/jpeg")
    response.headers["Cache-Control"] = KEPT
    return response


@login_not_required
@require_safe
def unsupported_browser(request: HttpRequest) -> HttpResponse:
    return render(request, "public/unsupported_browser.html")


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """No search engine has anything to look for here."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")
