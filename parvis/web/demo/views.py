"""What the demonstration's mail server received, for people and for programs."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from parvis.demo import mailbox, telephones

SHOWN = 30


@login_not_required
@never_cache
@require_safe
def mailbox_index(request: HttpRequest) -> HttpResponse:
    context = {"received": mailbox.messages()[:SHOWN], "telephones": telephones.codes_now()}
    return render(request, "demo/mailbox.html", context)


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


@login_not_required
@never_cache
@require_safe
def telephone_codes(_request: HttpRequest) -> HttpResponse:
    return JsonResponse({each.email: each.code for each in telephones.codes_now()})
