"""Whoever works at the agency sees nothing before a second proof of their own, at every sign-in."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.people.actions.ways_in import has_factor
from parvis.people.models import Proof, User

KEY = "proven-by-factor"
OWN_FACTORS = frozenset({Proof.PASSKEY, Proof.TOTP, Proof.RECOVERY})
REQUIRED = "entrance:factors-required"
# Where a first proof is added: closed too to whoever has one, and must show it.
ENROLMENT = frozenset({"passkey-add", "passkey-new-challenge", "authenticator-add", "confirm-again"})
ALWAYS_OPEN = frozenset({"factors-required"})

Next = Callable[[HttpRequest], HttpResponse]


def open_gate(request: HttpRequest) -> None:
    """Note in the session that its holder proved who they are by a factor of their own."""
    request.session[KEY] = True


def is_closed(request: HttpRequest) -> bool:
    """Whether this is a session of the staff without that proof."""
    user = request.user
    return isinstance(user, User) and user.is_staff and not request.session.get(KEY, False)


class StaffGateMiddleware:
    """Every page that needs a login leads such a session to where the proof is added. After authentication.

    Pages open to anybody stay so; they show what anybody sees.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:  # Any: as Django calls it
        if not getattr(view, "login_required", True) or not is_closed(request):
            return None
        match = request.resolver_match
        name = match.url_name if match is not None and match.app_name == "entrance" else ""
        if name in ALWAYS_OPEN or (name in ENROLMENT and not has_factor(cast(User, request.user))):
            return None
        return redirect(REQUIRED)
