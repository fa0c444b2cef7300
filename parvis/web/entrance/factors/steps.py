"""What follows when a proof was added."""

from django.http import HttpResponse
from django.shortcuts import redirect

from parvis.people.models import Proof, RecoveryCode
from parvis.web.entrance.session import home_of, prove_again
from parvis.web.ui.requests import ViewerRequest
from parvis.web.ui.staff_gate import is_closed, open_gate


def after_adding(request: ViewerRequest, *, proof: Proof) -> HttpResponse:
    """On paper too, if nothing is: a telephone gets lost. The staff may then see their pages."""
    was_closed = is_closed(request)
    prove_again(request, proof=proof)
    open_gate(request)
    if not RecoveryCode.objects.visible_to(request.viewer).left().exists():
        return redirect("entrance:recovery-codes")
    return redirect(home_of(request.user) if was_closed else "entrance:security")
