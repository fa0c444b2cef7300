"""The addresses that a browser asks for by itself: manifest, icon, service worker; and the page shown offline."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from parvis.web.public.app.page import icon, kept, manifest, release
from parvis.web.ui.branding import branding_at

A_DAY = "public, max-age=86400"


@login_not_required
@require_safe
def app_manifest(request: HttpRequest) -> HttpResponse:
    described = manifest(branding_at(request))
    response = JsonResponse(described, json_dumps_params={"ensure_ascii": False})
    response.headers["Content-Type"] = "application/manifest+json; charset=utf-8"
    response.headers["Cache-Control"] = A_DAY
    return response


@login_not_required
@require_safe
def app_icon(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(icon(branding_at(request)), content_type="image/svg+xml")
    response.headers["Cache-Control"] = A_DAY
    return response


@login_not_required
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that answers when the network does not. Asked again at each visit, so that it never lingers."""
    branding = branding_at(request)
    context = {"release": release(branding), "kept": kept(branding)}
    response = render(request, "public/app/service_worker.js", context, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """« Vous n’êtes pas connecté à internet », as the device keeps it: of the host's agency, whoever asks."""
    return render(request, "public/app/offline.html", {"branding": branding_at(request)})
