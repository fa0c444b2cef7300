"""Two addresses for the machines that watch the site; they tell nothing about anybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from parvis.web.public.health import page

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
