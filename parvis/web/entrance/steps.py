"""The pages of a first connection open only at their step, in the browser that is in the middle of it."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from parvis.people.actions.first_connection import StepLost
from parvis.people.models import Activation
from parvis.web.entrance.pages import entrance_page
from parvis.web.entrance.session import activation_of, next_step
from parvis.web.ui.requests import PageRequest

StepView = Callable[[PageRequest, Activation], HttpResponse]


def first_connection_step(*states: str) -> Callable[[StepView], Callable[..., HttpResponse]]:
    """Give the view its first connection, if it is in one of `states`; else lead to the step that is open."""

    def wrap(view: StepView) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: PageRequest) -> HttpResponse:
            activation = activation_of(request)
            if activation is None:
                return step_lost(request)
            if activation.state not in states:
                return redirect(next_step(activation))
            try:
                return view(request, activation)
            except StepLost:
                return step_lost(request)

        return entrance_page(guarded)

    return wrap


def step_lost(request: PageRequest) -> HttpResponse:
    """Back to the first door: what was typed there leads to the step again."""
    messages.info(request, StepLost.message)
    return redirect("entrance:sign-in")
