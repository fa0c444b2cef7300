"""The papers of the gallery. Apart, so that a web server in production never loads what prints them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from parvis.web.ui import gallery_papers


@login_not_required
@require_safe
def letter(request: HttpRequest) -> HttpResponse:
    """The printed letter of an invented client."""
    return HttpResponse(gallery_papers.letter(), content_type="application/pdf")


@login_not_required
@require_safe
def message(request: HttpRequest) -> HttpResponse:
    """The confirmation message as a mailbox shows it; its styles are inline, as mailboxes want them."""
    response = HttpResponse(gallery_papers.message())
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response
