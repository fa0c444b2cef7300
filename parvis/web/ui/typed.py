"""What somebody typed in a long form is not lost when their session ended meanwhile.

The form carries a ticket that only its own page had. Posted without a session, the view's keeper notes what was typed
for the login of the ticket; the sign-in then leads back to the form, which offers it again.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponseRedirect, QueryDict

from parvis.people.models import User

SALT = "typed"
TICKET = "ticket"
TICKET_LASTS_SECONDS = 24 * 3600

View = Callable[..., Any]  # Any: Django calls a view with what its URL gives
Keeper = Callable[[User, QueryDict], None]


def ticket_of(user: User) -> str:
    """What the form carries: whose page it is, signed, for a day."""
    return TimestampSigner(salt=SALT).sign(user.public_id)


def keeps_typed(keeper: Keeper) -> Callable[[View], View]:
    """Mark a view: what is posted to it without a session goes to `keeper`."""

    def marked(view: View) -> View:
        view.keep_typed = keeper  # type: ignore[attr-defined]  # read by the middleware below
        return view

    return marked


class LoginRequired(LoginRequiredMiddleware):
    """Django's; before it leads to the sign-in page, what was typed is kept."""

    def handle_no_permission(self, request: HttpRequest, view_func: View) -> HttpResponseRedirect:
        keeper: Keeper | None = getattr(view_func, "keep_typed", None)
        user = holder_of(request.POST.get(TICKET, "")) if keeper and request.method == "POST" else None
        if keeper and user:
            keeper(user, request.POST)
        return super().handle_no_permission(request, view_func)


def holder_of(ticket: str) -> User | None:
    """The open login of a ticket of ours, of today."""
    try:
        public_id = TimestampSigner(salt=SALT).unsign(ticket, max_age=TICKET_LASTS_SECONDS)
    except BadSignature:
        return None
    found: User | None = User.objects.filter(public_id=public_id, is_active=True).first()
    return found
