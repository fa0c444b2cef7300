"""« Ce n’est pas moi »: the page of the link. Asking for it never acts; a person presses a button."""

import contextlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from parvis.people.actions import freezing
from parvis.people.actions.links import LinkRefused, LinkState, ReadLink, read_link
from parvis.people.models import AccessFreeze, EmailLink
from parvis.people.tokens import read_token
from parvis.web.entrance.pages import entrance_page
from parvis.web.ui.requests import PageRequest


@entrance_page
@require_http_methods(["GET", "HEAD", "POST"])
def not_me(request: PageRequest, token: str) -> HttpResponse:
    """What will happen, then « Bloquer l’accès »."""
    read = read_link(token)
    if read.link is None or read.link.purpose != EmailLink.Purpose.NOT_ME:
        return render(request, "entrance/not_me/dead.html", {"state": LinkState.UNKNOWN.value}, status=404)
    if read.state is LinkState.USABLE and request.method == "POST":
        return freeze(request, read.link, token=token)
    if read.state is LinkState.USABLE:
        return render(request, "entrance/not_me/ask.html", {"link": read.link, "is_attached": is_attached(read.link)})
    return render(request, "entrance/not_me/dead.html", {"state": read.state.value, "is_frozen": is_frozen(read)})


def freeze(request: PageRequest, link: EmailLink, *, token: str) -> HttpResponse:
    """Act, once, then show what was done; pressed twice, the second answer is the same."""
    with contextlib.suppress(LinkRefused):
        freezing.freeze(link=link)
    leave_if_ended(request)
    return redirect("entrance:not-me", token=read_token(token))


def leave_if_ended(request: HttpRequest) -> None:
    """This browser may have been inside: its session is over too."""
    key = request.session.session_key
    if key and not request.session.exists(key):
        request.session.flush()


def is_attached(link: EmailLink) -> bool:
    return link.trigger == AccessFreeze.Trigger.ATTACHED


def is_frozen(read: ReadLink) -> bool:
    """Whether the agency has not decided yet."""
    return read.link is not None and freezing.waiting_for(read.link).exists()
