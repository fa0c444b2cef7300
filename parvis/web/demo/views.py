"""What the demonstration's mail server received, for people and for programs."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from parvis.demo import mailbox

SHOWN = 30


@login_not_required
@never_cache
@require_safe
def mailbox_index(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/mailbox.html", {"received": mailbox.messages()[:SHOWN]})


@login_not_required
@never_cache
@require_safe
def mailbox_messages(_request: HttpRequest) -> HttpResponse:
    received = [
        {
            "to": message.to,
            "subject": message.subject,
            "text": message.text,
            "html": message.html,
            "sent_at": message.sent_at.isoformat(),
        }
        for message in mailbox.messages()
    ]
    return JsonResponse(received, safe=False)
