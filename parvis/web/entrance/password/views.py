"""Mot de passe oublié: the answer is the same for everybody, the message goes to an address already known."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from parvis.people.actions import passwords
from parvis.people.actions.doors import admit_request
from parvis.people.actions.links import LinkRefused, LinkState, read_link
from parvis.people.models import EmailLink, Proof
from parvis.web.entrance.dead_links import dead_link
from parvis.web.entrance.forms import NewPasswordForm
from parvis.web.entrance.pages import entrance_page, page_of, posted, refusals_on
from parvis.web.entrance.password.forms import ForgottenForm
from parvis.web.entrance.session import go_inside, visit_of
from parvis.web.entrance.surroundings import names_around
from parvis.web.ui.requests import PageRequest
from parvis.web.ui.visitors import visitor_address


@entrance_page
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: PageRequest) -> HttpResponse:
    """Ask for a link. Only writes down what was typed: a job looks it up later."""
    form = ForgottenForm(posted(request))
    if form.is_valid():
        with refusals_on(form):
            admit_request(visitor_address(request))
            passwords.request_new_password(host=request.get_host(), typed=form.cleaned_data["identifier"])
            return redirect("entrance:forgotten-sent")
    return page_of(request, "entrance/password/forgotten.html", {"form": form})


@entrance_page
@require_safe
def forgotten_sent(request: PageRequest) -> HttpResponse:
    """The same words whether the account exists or not."""
    return render(request, "entrance/password/forgotten_sent.html")


@entrance_page
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: PageRequest, token: str) -> HttpResponse:
    """The page of the link: another password, which ends every session and signs in here."""
    read = read_link(token)
    is_reset = read.link is not None and read.link.purpose == EmailLink.Purpose.RESET_PASSWORD
    if read.link is None or read.link.user is None or not is_reset or read.state is not LinkState.USABLE:
        return dead_link(request, read)
    form = NewPasswordForm(posted(request))
    if form.is_valid():
        with refusals_on(form, field="new_password"):
            return use(request, read.link, form, token=token)
    return page_of(request, "entrance/password/reset.html", {"form": form, "username": read.link.email})


def use(request: PageRequest, link: EmailLink, form: NewPasswordForm, *, token: str) -> HttpResponse:
    """Give the login its new password, then sign in."""
    client = passwords.client_of(link.user) if link.user else None
    try:
        user = passwords.reset_password(
            link=link,
            password=form.cleaned_data["new_password"],
            visit=visit_of(request),
            surroundings=names_around(client),
        )
    except LinkRefused:
        return dead_link(request, read_link(token))
    messages.success(request, "Votre mot de passe est enregistré.")
    return go_inside(request, user, proof=Proof.RESET)


@entrance_page
@require_safe
def no_address(request: PageRequest) -> HttpResponse:
    """« Nous n’avons pas votre adresse mail »: the phone, or a form to print."""
    return render(request, "entrance/password/no_address.html")


@entrance_page
@require_safe
def no_address_form(request: PageRequest) -> HttpResponse:
    """The form to print, fill in and post."""
    return render(request, "entrance/password/no_address_form.html")
