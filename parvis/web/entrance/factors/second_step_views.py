"""The second step by a proof of one's own: a passkey, the code of an application, a code on paper."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from parvis.kit.refusals import Refusal
from parvis.people.actions import authenticators, recovery_codes, second_step
from parvis.people.actions.doors import admit_visitor
from parvis.people.models import PendingSignIn, Proof, User
from parvis.web.entrance.factors import ceremony
from parvis.web.entrance.factors.forms import CodeForm, RecoveryForm
from parvis.web.entrance.pages import page_of, posted, refusals_on
from parvis.web.entrance.second_step.views import in_second_step
from parvis.web.entrance.session import complete
from parvis.web.ui.requests import PageRequest
from parvis.web.ui.visitors import visitor_address


@in_second_step
@require_POST
def by_passkey(request: PageRequest, pending: PendingSignIn) -> HttpResponse:
    """The device answered; the passkey must be the login's own."""
    try:
        ceremony.prove(request, user=pending.user)
    except Refusal as refusal:
        messages.warning(request, refusal.message)
        return redirect("entrance:second-step")
    return passed(request, pending, proof=Proof.PASSKEY)


@in_second_step
@require_http_methods(["GET", "HEAD", "POST"])
def by_application(request: PageRequest, pending: PendingSignIn) -> HttpResponse:
    """The 6 digits that the application shows."""
    form = CodeForm(posted(request))
    response = try_code(request, pending, form, use=use_application, proof=Proof.TOTP)
    return response or page_of(request, "entrance/factors/second_step_application.html", {"form": form})


@in_second_step
@require_http_methods(["GET", "HEAD", "POST"])
def by_recovery(request: PageRequest, pending: PendingSignIn) -> HttpResponse:
    """A code on paper, for who lost their telephone."""
    form = RecoveryForm(posted(request))
    response = try_code(request, pending, form, use=use_recovery, proof=Proof.RECOVERY)
    return response or page_of(request, "entrance/factors/second_step_recovery.html", {"form": form})


def use_application(user: User, typed: str) -> None:
    authenticators.use(user=user, typed=typed)


def use_recovery(user: User, typed: str) -> None:
    recovery_codes.use(user=user, typed=typed)


def try_code(
    request: PageRequest,
    pending: PendingSignIn,
    form: CodeForm,
    *,
    use: Callable[[User, str], None],
    proof: Proof,
) -> HttpResponse | None:
    """Use the code that was typed; the answer if it opens, nothing if the form must be shown (again)."""
    if form.is_valid():
        with refusals_on(form, field="code"):
            admit_visitor(visitor_address(request))
            use(pending.user, form.cleaned_data["code"])
            return passed(request, pending, proof=proof)
    return None


def passed(request: PageRequest, pending: PendingSignIn, *, proof: Proof) -> HttpResponse:
    user = second_step.finish(pending=pending, proof=proof)
    return complete(request, user, proof=proof, next_path=pending.next_path)
