"""Addresses for the machines that watch the site; they tell nothing about anybody."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from parvis.web.public.health import page
from parvis.web.public.health.figures import exposition

RETRY_AFTER_SECONDS = 10


@login_not_required
@require_safe
def alive(_request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is asked, so that a slow database restarts nobody."""
    return JsonResponse({"etat": "vivante"})


@login_not_required
@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """200 where clients can be served, 503 where they cannot; late work is told in the body."""
    health = page.look(now=timezone.now())
    body = {
        "etat": health.summary,
        "base": health.database,
        "migrations": health.migrations,
        "travaux": health.jobs,
        "messages": health.messages,
    }
    if health.can_serve:
        return JsonResponse(body)
    return JsonResponse(body, status=503, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})


@login_not_required
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """For who holds METRICS_TOKEN; for anybody else there is no such page."""
    expected = f"Bearer {settings.METRICS_TOKEN}"
    if not settings.METRICS_TOKEN or not constant_time_compare(request.headers.get("Authorization", ""), expected):
        raise Http404
    return HttpResponse(exposition(now=timezone.now()), content_type=CONTENT_TYPE_LATEST)
