"""What a browser's session remembers of the entrance, and where a person goes once inside.

A first connection is not a login: the session holds a random token, nothing else, and the person stays anonymous.
"""

import datetime as dt
from typing import cast

from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from parvis.kit.refusals import Refusal
from parvis.people.actions import browsers, first_connection, opening, second_step
from parvis.people.actions.browsers import Visit
from parvis.people.actions.first_connection import Browser, Started
from parvis.people.actions.second_step import POSSESSION, Next
from parvis.people.actions.sessions import note_new_key, note_proof, note_session
from parvis.people.actions.ways_in import has_factor
from parvis.people.models import Activation, KnownBrowser, PendingSignIn, Proof, User
from parvis.people.user_agents import browser_name
from parvis.web.ui.staff_gate import OWN_FACTORS, open_gate

BACKEND = "parvis.people.backends.LoginBackend"
TOKEN = "first-connection"  # noqa: S105 -- the name of a key
CONFIRMED = "confirmed-by-link"
SECOND_STEP = "second-step"
PROOF = "proof"
SESSION_LASTS = dt.timedelta(hours=12)
STAFF_SESSION_LASTS = dt.timedelta(hours=8)
STAFF_HOME = "/gestion/"
BROWSER_LASTS_SECONDS = int(browsers.LASTS.total_seconds())
NOT_REMEMBERED = (Proof.SOCIAL,)


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
        return go_inside(request, opened, proof=Proof.PASSWORD, next_path=next_path)
    bind(request, opened)
    return go_on(request, opened.activation)


def go_on(request: HttpRequest, activation: Activation) -> HttpResponse:
    """The next step; after the last one, inside."""
    if activation.state == Activation.State.CONFIRMED and not activation.is_provisional:
        user = opening.open_with_own_password(activation=activation)
        return go_inside(request, user, proof=Proof.FIRST_CONNECTION)
    return redirect(next_step(activation))


def next_step(activation: Activation) -> str:
    """The name of the only page that a first connection may see now."""
    if activation.state == Activation.State.STARTED:
        return "entrance:first-connection-email"
    if activation.state == Activation.State.CONFIRMED and activation.is_provisional:
        return "entrance:new-password"
    return "entrance:check-mailbox"


def go_inside(request: HttpRequest, user: User, *, proof: Proof, next_path: str = "") -> HttpResponse:
    """The only way in: inside when `proof` is enough for that login in this browser, else to the second step."""
    browser = browsers.known_browser(user, visit=visit_of(request))
    proves_more = has_factor(user)
    leads_to = second_step.what_next(
        proof=proof, is_staff=user.is_staff, has_factor=proves_more, is_known_browser=browser is not None
    )
    if leads_to is Next.STEP:
        return ask_second_step(request, user, proof=proof, next_path=next_path, mails=not proves_more)
    return open_session(request, user, proof=proof, browser=browser, next_path=next_path)


def ask_second_step(request: HttpRequest, user: User, *, proof: Proof, next_path: str, mails: bool) -> HttpResponse:
    """Keep nothing in the browser but the token of the step; send a code to who has no other proof to show."""
    begun = second_step.begin(user=user, proof=proof, next_path=safe_path(request, next_path))
    request.session.flush()
    request.session[SECOND_STEP] = begun.token
    if mails and second_step.may_mail_code(begun.pending, has_factor=False):
        try:
            second_step.send_code(pending=begun.pending, device=visit_of(request).name)
        except Refusal as refusal:
            messages.warning(request, refusal.message)
    return redirect("entrance:second-step")


def pending_of(request: HttpRequest) -> PendingSignIn | None:
    """The second step that this browser is in the middle of."""
    return second_step.of_browser(request.session.get(SECOND_STEP, ""))


def complete(request: HttpRequest, user: User, *, proof: Proof, next_path: str) -> HttpResponse:
    """Inside, once `second_step` has ended the step with another proof: the browser is known from now on."""
    browser = browsers.known_browser(user, visit=visit_of(request))
    return open_session(request, user, proof=proof, browser=browser, next_path=next_path)


def open_session(
    request: HttpRequest, user: User, *, proof: Proof, browser: KnownBrowser | None, next_path: str
) -> HttpResponse:
    """Sign in, in a session of a new name; then the page that was asked for, else the first one."""
    visit, is_remembered = visit_of(request), proof not in NOT_REMEMBERED
    if is_remembered:
        browser, visit = browsers.remember(user, visit=visit)
    begin_session(request, user, proof=proof, name=visit.name, browser=browser)
    response = redirect(safe_path(request, next_path) or first_page(user, proof=proof))
    if is_remembered:
        keep_browser_token(response, visit.token)
    return response


def begin_session(request: HttpRequest, user: User, *, proof: Proof, name: str, browser: KnownBrowser | None) -> None:
    """A session that lasts 12 hours, 8 for who works at the agency, however much it is used."""
    request.session.flush()
    auth.login(request, user, backend=BACKEND)
    request.session.set_expiry(STAFF_SESSION_LASTS if user.is_staff else SESSION_LASTS)
    request.session[PROOF] = proof.value
    if proof in OWN_FACTORS:
        open_gate(request)
    request.session.save()
    note_session(user=user, session_key=str(request.session.session_key), name=name, proof=proof, browser=browser)


def prove_again(request: HttpRequest, *, proof: Proof) -> None:
    """The signed-in person has just proven again who they are: the session says so, under a new key.

    A password typed again does not take away what a stronger proof opened. Also after a change of password.
    """
    former_key = str(request.session.session_key)
    auth.update_session_auth_hash(request, cast(User, request.user))
    if proof in POSSESSION:
        request.session[PROOF] = proof.value
    note_proof(former_key=former_key, session_key=str(request.session.session_key), proof=request.session[PROOF])


def renew_key(request: HttpRequest) -> None:
    """Give the session another key; its holder finds it in their list as before."""
    former_key = str(request.session.session_key)
    request.session.cycle_key()
    note_new_key(former_key=former_key, session_key=str(request.session.session_key))


def visit_of(request: HttpRequest) -> Visit:
    """What the browser at hand says of itself; a cookie that this site did not sign says nothing."""
    token = request.get_signed_cookie(settings.BROWSER_COOKIE_NAME, default="", max_age=BROWSER_LASTS_SECONDS)
    return Visit(name=browser_name(request.headers.get("User-Agent", "")), token=str(token))


def keep_browser_token(response: HttpResponse, token: str) -> None:
    response.set_signed_cookie(
        settings.BROWSER_COOKIE_NAME,
        token,
        max_age=BROWSER_LASTS_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def first_page(user: User, *, proof: Proof) -> str:
    """After the first connection, once: how to come in more easily the next time."""
    return "entrance:factors-offer" if proof is Proof.FIRST_CONNECTION else home_of(user)


def home_of(user: User) -> str:
    return STAFF_HOME if user.is_staff else settings.LOGIN_REDIRECT_URL


def safe_path(request: HttpRequest, path: str) -> str:
    """The path, if it leads to a page of this site; else nothing."""
    is_ours = url_has_allowed_host_and_scheme(
        path, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return path if is_ours and path.startswith("/") else ""
