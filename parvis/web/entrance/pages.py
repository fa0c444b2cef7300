"""What every page of the entrance shares: open to anyone, clear when the server is busy or a person refused."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from parvis.kit.refusals import Refusal
from parvis.people.actions.doors import DoorClosed, TooManyFromHere
from parvis.people.actions.first_connection import StepLost
from parvis.people.actions.passwords import PasswordRefused
from parvis.people.hashers import TooBusy
from parvis.web.ui.errors import error_page

View = Callable[..., HttpResponse]


def busy_page(view: View) -> View:
    """A page that says so when too many passwords or codes are being compared."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # Any: what the URL gives
        try:
            return view(request, *args, **kwargs)
        except TooBusy:
            response = error_page(request, "entrance/busy.html", status=503)
            response.headers["Retry-After"] = str(TooBusy.retry_after_seconds)
            return response

    return answered


def entrance_page(view: View) -> View:
    """The same, for a page that needs no login."""
    return login_not_required(busy_page(view))


def posted(request: HttpRequest) -> QueryDict | None:
    """What the form was sent with, were it empty; nothing when the page is only asked for."""
    return request.POST if request.method == "POST" else None


@contextmanager
def refusals_on(form: Form, *, field: str | None = None) -> Iterator[None]:
    """Show what an action refuses on the form, or on one of its fields; a lost step has no form to be shown on."""
    try:
        yield
    except StepLost:
        raise
    except PasswordRefused as refusal:
        form.add_error(field, refusal.reasons)
    except Refusal as refusal:
        form.add_error(field, refusal.message)
        form.refusal = refusal  # type: ignore[attr-defined]  # read by `page_of`


def page_of(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:  # Any: what a template takes
    """Render a form's page; too many tries answer 429 and say when to come back."""
    response = render(request, template, context)
    refusal = getattr(context.get("form"), "refusal", None)
    if isinstance(refusal, DoorClosed | TooManyFromHere):
        response.status_code = 429
        response.headers["Retry-After"] = str(refusal.wait_seconds)
    return response
