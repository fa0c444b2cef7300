"""Two pages to compare with: one that says who is signed in, and 10 kB of plain text for the browser."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

SENTENCE = "<p>Une page sans style ni image, pour savoir ce que le réseau et le navigateur prennent à eux seuls.</p>\n"
HEAD = '<!doctype html><html lang="fr"><head><title>Page</title><link rel="icon" href="data:,"></head><body>\n'
PLAIN = (HEAD + SENTENCE * 100).encode()[:10_000]


def who(request: HttpRequest) -> HttpResponse:
    """Two queries: the session and the user."""
    return HttpResponse(f"<!doctype html><title>Page</title><p>{request.user.get_username()}</p>")


def plain(_request: HttpRequest) -> HttpResponse:
    """10 kB, as they are."""
    return HttpResponse(PLAIN)


urlpatterns = [path("", who), path("page/", plain)]
