"""Pages that wait while a login is on hold."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import HttpResponse
from django.shortcuts import render

from parvis.people.actions.hold import Held, check_not_held
from parvis.people.models import SensitiveAction
from parvis.web.ui.requests import ViewerRequest

HeldView = Callable[Concatenate[ViewerRequest, ...], HttpResponse]


def waits_while_held(action: SensitiveAction) -> Callable[[HeldView], HeldView]:
    """Say until when the page waits, instead of showing it, for 72 hours after a login was opened or changed."""

    def wrap(view: HeldView) -> HeldView:
        @wraps(view)
        def checked(request: ViewerRequest, **kwargs: str) -> HttpResponse:
            try:
                check_not_held(request.user, action)
            except Held as held:
                return render(request, "errors/held.html", {"reason": held.message}, status=403)
            return view(request, **kwargs)

        return checked

    return wrap
