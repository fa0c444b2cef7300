"""« Confirmez que c’est vous », for who is signed in, by a passkey or the code of an application."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from parvis.kit.refusals import Refusal
from parvis.people.actions import authenticators
from parvis.people.models import Proof
from parvis.web.entrance.factors import ceremony
from parvis.web.entrance.factors.forms import CodeForm
from parvis.web.entrance.pages import page_of, posted, refusals_on
from parvis.web.entrance.session import prove_again, safe_path
from parvis.web.ui.requests import ViewerRequest


@require_POST
def by_passkey(request: ViewerRequest) -> HttpResponse:
    """The device answered; the passkey must be the login's own."""
    next_path = safe_path(request, request.POST.get("next", ""))
    try:
        ceremony.prove(request, user=request.user)
    except Refusal as refusal:
        messages.warning(request, refusal.message)
        return redirect("entrance:security")
    prove_again(request, proof=Proof.PASSKEY)
    return redirect(next_path or "entrance:security")


@require_http_methods(["GET", "HEAD", "POST"])
def by_application(request: ViewerRequest) -> HttpResponse:
    """The 6 digits that the application shows, then the page that asked for them."""
    form = CodeForm(posted(request))
    next_path = safe_path(request, request.POST.get("next") or request.GET.get("next", ""))
    if form.is_valid():
        with refusals_on(form, field="code"):
            authenticators.use(user=request.user, typed=form.cleaned_data["code"])
            prove_again(request, proof=Proof.TOTP)
            return redirect(next_path or "entrance:security")
    return page_of(request, "entrance/factors/confirm_application.html", {"form": form, "next": next_path})
