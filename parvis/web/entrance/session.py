"""What a browser's session remembers of the entrance, and where a person goes once inside.

A first connection is not a login: the session holds a random token, nothing else, and the person stays anonymous.
"""

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from parvis.people.actions import first_connection, opening
from parvis.people.actions.first_connection import Browser, Started
from parvis.people.actions.sessions import note_session
from parvis.people.models import Activation, User

BACKEND = "parvis.people.backends.LoginBackend"
TOKEN = "first-connection"  # noqa: S105 -- the name of a key
CONFIRMED = "confirmed-by-link"
SESSION_LASTS = 12 * 3600
STAFF_HOME = "/gestion/"


def browser_of(request: HttpRequest) -> Browser:
    """What this browser proves: the start it began, the start whose link it used."""
    session = request.session
    return Browser(token=session.get(TOKEN, ""), confirmed=session.get(CONFIRMED, ""))


def activation_of(request: HttpRequest) -> Activation | None:
    """The first connection that this browser is in the middle of."""
    return first_connection.of_browser(browser_of(request).token)


def bind(request: HttpRequest, started: Started) -> None:
    """Give the browser the token of its start, in a session of a new name and with nothing else in it."""
    request.session.flush()
    request.session[TOKEN] = started.token


def remember_confirmation(request: HttpRequest, activation: Activation) -> None:
    """This browser used the link: with the password, it may go on in place of the one that began."""
    request.session.cycle_key()
    request.session[CONFIRMED] = activation.public_id


def enter(request: HttpRequest, opened: User | Started, *, next_path: str = "") -> HttpResponse:
    """Go where the right secret leads: inside, or to the next step of the first connection."""
    if isinstance(opened, User):
        return go_inside(request, opened, next_path=next_path)
    bind(request, opened)
    return go_on(request, opened.activation)


def go_on(request: HttpRequest, activation: Activation) -> HttpResponse:
    """The next step; after the last one, inside."""
    if activation.state == Activation.State.CONFIRMED and not activation.is_provisional:
        return go_inside(request, opening.open_with_own_password(activation=activation))
    return redirect(next_step(activation))


def next_step(activation: Activation) -> str:
    """The name of the only page that a first connection may see now."""
    if activation.state == Activation.State.STARTED:
        return "entrance:first-connection-email"
    if activation.state == Activation.State.CONFIRMED and activation.is_provisional:
        return "entrance:new-password"
    return "entrance:check-mailbox"


def go_inside(request: HttpRequest, user: User, *, next_path: str = "") -> HttpResponse:
    """Sign in, in a session of a new name, for 12 hours; then the page that was asked for, else the first one."""
    request.session.flush()
    auth.login(request, user, backend=BACKEND)
    request.session.set_expiry(SESSION_LASTS)
    request.session.save()
    note_session(user=user, session_key=str(request.session.session_key))
    return redirect(safe_path(request, next_path) or home_of(user))


def home_of(user: User) -> str:
    return STAFF_HOME if user.is_staff else settings.LOGIN_REDIRECT_URL


def safe_path(request: HttpRequest, path: str) -> str:
    """The path, if it leads to a page of this site; else nothing."""
    is_ours = url_has_allowed_host_and_scheme(
        path, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return path if is_ours and path.startswith("/") else ""
