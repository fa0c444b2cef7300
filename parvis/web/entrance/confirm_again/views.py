"""« Confirmez que c’est vous », before something sensitive: a session left open is not enough for it."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from parvis.people.actions.passwords import has_password
from parvis.people.actions.social import check_password_again
from parvis.people.models import Proof
from parvis.web.entrance.factors.ways import ways_of
from parvis.web.entrance.forms import PresentPasswordForm
from parvis.web.entrance.pages import busy_page, page_of, posted, refusals_on
from parvis.web.entrance.session import prove_again, safe_path
from parvis.web.ui.requests import ViewerRequest


@busy_page
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_again(request: ViewerRequest) -> HttpResponse:
    """The password once more, then the page that asked for it."""
    form = PresentPasswordForm(posted(request))
    next_path = safe_path(request, request.POST.get("next") or request.GET.get("next", ""))
    if form.is_valid():
        with refusals_on(form, field="password"):
            check_password_again(user=request.user, password=form.cleaned_data["password"])
            prove_again(request, proof=Proof.PASSWORD)
            return redirect(next_path or "entrance:security")
    context = {
        "form": form,
        "next": next_path,
        "has_password": has_password(request.user),
        "ways": ways_of(request, request.user),
    }
    return page_of(request, "entrance/confirm_again/confirm_again.html", context)
