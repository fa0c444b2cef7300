"""A right password from a browser not yet known: the code of the message, then inside."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from parvis.kit.french_dates import clock
from parvis.kit.refusals import Refusal
from parvis.people.actions import second_step as actions
from parvis.people.actions.doors import admit_visitor
from parvis.people.actions.first_connection import StepLost
from parvis.people.models import PendingSignIn, Proof
from parvis.web.entrance.factors.ways import ways_of
from parvis.web.entrance.pages import entrance_page, page_of, posted, refusals_on
from parvis.web.entrance.second_step.forms import CodeForm
from parvis.web.entrance.second_step.page import step_of
from parvis.web.entrance.session import complete, pending_of, visit_of
from parvis.web.entrance.steps import step_lost
from parvis.web.ui.requests import PageRequest
from parvis.web.ui.visitors import visitor_address

StepView = Callable[[PageRequest, PendingSignIn], HttpResponse]


def in_second_step(view: StepView) -> Callable[..., HttpResponse]:
    """Give the view the step that this browser is in the middle of; else lead to the door."""

    @wraps(view)
    def guarded(request: PageRequest) -> HttpResponse:
        pending = pending_of(request)
        if pending is None:
            return step_lost(request)
        try:
            return view(request, pending)
        except StepLost:
            return step_lost(request)

    return entrance_page(guarded)


@in_second_step
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: PageRequest, pending: PendingSignIn) -> HttpResponse:
    """« Confirmez que c’est vous »: the code that was sent."""
    form = CodeForm(posted(request))
    if form.is_valid():
        with refusals_on(form, field="code"):
            admit_visitor(visitor_address(request))
            user = actions.prove_by_code(pending=pending, typed=form.cleaned_data["code"])
            return complete(request, user, proof=Proof.MAILED_CODE, next_path=pending.next_path)
    context = {"form": form, "step": step_of(pending), "ways": ways_of(request, pending.user)}
    return page_of(request, "entrance/second_step/second_step.html", context)


@in_second_step
@require_POST
def send_code(request: PageRequest, pending: PendingSignIn) -> HttpResponse:
    """« Recevoir un code par courriel », « Renvoyer le code »."""
    if not step_of(pending).may_mail:
        raise StepLost
    try:
        sent = actions.send_code(pending=pending, device=visit_of(request).name)
        messages.success(request, sent_at(sent))
    except StepLost:
        raise
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    return redirect("entrance:second-step")


def sent_at(pending: PendingSignIn) -> str:
    at = clock(pending.code_sent_at) if pending.code_sent_at else ""
    is_first = pending.messages_sent == 1
    return f"Code envoyé à {at}." if is_first else f"Nouveau code envoyé à {at}. Le code précédent n’est plus valable."
