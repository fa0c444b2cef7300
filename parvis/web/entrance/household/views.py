"""An invitation is accepted: with a password of one's own, or by the login that has that address already."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from parvis.kit.refusals import Refusal
from parvis.people.actions import household
from parvis.people.models import HouseholdAccess, Proof, User
from parvis.web.entrance.forms import NewPasswordForm
from parvis.web.entrance.pages import entrance_page, page_of, posted, refusals_on
from parvis.web.entrance.session import go_inside
from parvis.web.entrance.surroundings import names_around
from parvis.web.ui.requests import PageRequest


@entrance_page
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: PageRequest, token: str) -> HttpResponse:
    """Asking for the page never acts: a person chooses a password, or presses a button."""
    access = household.invitation_of(token)
    if access is None:
        return render(request, "entrance/household/dead.html", status=404)
    if household.is_held(access):
        return join(request, access)
    form = NewPasswordForm(posted(request))
    if form.is_valid():
        with refusals_on(form, field="new_password"):
            user = household.accept(
                access=access,
                password=form.cleaned_data["new_password"],
                surroundings=names_around(access.client),
            )
            return go_inside(request, user, proof=Proof.FIRST_CONNECTION)
    return page_of(request, "entrance/household/accept.html", {"form": form, "access": access})


def join(request: PageRequest, access: HouseholdAccess) -> HttpResponse:
    """For who has a login with that address: signed in there, they accept."""
    user = request.user if isinstance(request.user, User) else None
    may_join = user is not None and household.is_theirs(access, user=user)
    if user is not None and request.method == "POST":
        try:
            household.join(access=access, by=user)
            return redirect("client:home-index")
        except Refusal:
            may_join = False
    return render(request, "entrance/household/join.html", {"access": access, "may_join": may_join})
