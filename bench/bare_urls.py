"""Pages to compare with: who is signed in, fifty entries of an account, 10 kB of plain text for the browser."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from parvis.ledger.models import Entry

SENTENCE = "<p>Une page sans style ni image, pour savoir ce que le réseau et le navigateur prennent à eux seuls.</p>\n"
HEAD = '<!doctype html><html lang="fr"><head><title>Page</title><link rel="icon" href="data:,"></head><body>\n'
PLAIN = (HEAD + SENTENCE * 100).encode()[:10_000]


def who(request: HttpRequest) -> HttpResponse:
    """Two queries: the session and the user."""
    return HttpResponse(f"<!doctype html><title>Page</title><p>{request.user.get_username()}</p>")


def entries(request: HttpRequest, account_id: int) -> HttpResponse:
    """The session, the user, and fifty rows as Django reads them."""
    newest = Entry.objects.filter(account_id=account_id).order_by("-booked_on", "-pk")[:50]
    lines = "".join(f"<p>{entry.booked_on} {entry.label} {entry.debit_cents}</p>" for entry in newest)
    return HttpResponse(f"<!doctype html><title>Page</title><p>{request.user.get_username()}</p>{lines}")


def plain(_request: HttpRequest) -> HttpResponse:
    """10 kB, as they are."""
    return HttpResponse(PLAIN)


urlpatterns = [path("", who), path("page/", plain), path("lignes/<int:account_id>/", entries)]
