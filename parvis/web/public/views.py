"""Legal pages: the same for everyone, in the colours of the agency of the host or of the person."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


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
def unsupported_browser(request: HttpRequest) -> HttpResponse:
    return render(request, "public/unsupported_browser.html")


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """No search engine has anything to look for here."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")
