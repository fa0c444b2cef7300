"""The address of a message. Asking for it never uses it: mail scanners open every link; a person presses a button."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from parvis.kit.refusals import Refusal
from parvis.people.actions import confirmation, sign_in
from parvis.people.actions.doors import admit_request, admit_visitor
from parvis.people.actions.links import OF_A_PROCESS, LinkRefused, LinkState, ReadLink, read_link
from parvis.people.models import Activation, EmailLink
from parvis.people.rules import mask_email
from parvis.people.tokens import read_token
from parvis.web.entrance.dead_links import dead_link
from parvis.web.entrance.link.forms import PasswordAgainForm
from parvis.web.entrance.pages import entrance_page, page_of, posted, refusals_on
from parvis.web.entrance.session import browser_of, enter, go_on, next_step, remember_confirmation
from parvis.web.ui.requests import PageRequest
from parvis.web.ui.visitors import visitor_address

CONFIRMED = "Votre adresse est confirmée."


@entrance_page
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: PageRequest, token: str) -> HttpResponse:
    """« Confirmer mon adresse email »; a link for a new password goes to its own page."""
    read = read_link(token)
    if read.link is None or read.link.purpose not in OF_A_PROCESS or read.state is not LinkState.USABLE:
        return go_on_from_used(request, read) or dead_link(request, read)
    if read.link.purpose == EmailLink.Purpose.RESET_PASSWORD:
        return redirect("entrance:reset", token=read_token(token))
    if request.method == "POST":
        return confirm(request, read.link, token=token)
    return render(request, "entrance/link/confirm.html", {"address": read.link.email, "path": request.path})


def confirm(request: PageRequest, used: EmailLink, *, token: str) -> HttpResponse:
    """Use the link. The browser that began goes on; any other asks for the password first."""
    try:
        activation = confirmation.confirm_address(link=used)
    except LinkRefused:
        read = read_link(token)
        return go_on_from_used(request, read) or dead_link(request, read)
    if confirmation.began_in(browser_of(request), activation):
        return go_on(request, activation)
    remember_confirmation(request, activation)
    return redirect("entrance:confirmed")


def go_on_from_used(request: PageRequest, read: ReadLink) -> HttpResponse | None:
    """Pressed twice, or opened again, in a browser that is in the middle of it: its next step."""
    activation = read.link.activation if read.link else None
    if read.state is not LinkState.USED or activation is None or activation.state != Activation.State.CONFIRMED:
        return None
    browser = browser_of(request)
    if confirmation.began_in(browser, activation):
        return redirect(next_step(activation))
    return redirect("entrance:confirmed") if browser.confirmed == activation.public_id else None


@entrance_page
@require_http_methods(["GET", "HEAD", "POST"])
def confirmed(request: PageRequest) -> HttpResponse:
    """The address is confirmed here, the first connection began elsewhere: the password, before anything else."""
    starts = Activation.objects.current().select_related("client__agency")
    activation = starts.filter(public_id=browser_of(request).confirmed or None).first()
    if activation is None:
        messages.info(request, CONFIRMED)
        return redirect("entrance:sign-in")
    form = PasswordAgainForm(posted(request))
    if form.is_valid():
        client = activation.client
        typed = sign_in.Typed(
            host=client.agency.host, identifier=client.customer_reference, secret=form.cleaned_data["password"]
        )
        with refusals_on(form):
            admit_visitor(visitor_address(request))
            return enter(request, sign_in.sign_in(typed=typed, browser=browser_of(request)))
    return page_of(request, "entrance/link/confirmed.html", {"form": form})


@entrance_page
@require_POST
def renew(request: PageRequest, token: str) -> HttpResponse:
    """« Recevoir un nouveau lien », at the same address."""
    read = read_link(token)
    if read.link is None or read.state is not LinkState.EXPIRED:
        return dead_link(request, read)
    try:
        admit_request(visitor_address(request))
        confirmation.renew(link=read.link, host=request.get_host())
    except Refusal as refusal:
        return dead_link(request, read_link(token), refusal=refusal.message)
    return render(request, "entrance/link/renewed.html", {"address": mask_email(read.link.email)})
