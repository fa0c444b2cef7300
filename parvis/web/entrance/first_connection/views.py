"""From the secret of a letter to an access: courriel, mailbox, password."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.kit.french_dates import clock
from parvis.people.actions import first_connection, opening
from parvis.people.models import Activation, Proof
from parvis.people.rules import likely_email, mask_email, normalise_email
from parvis.people.social_catalogue import offered
from parvis.web.entrance.first_connection.forms import EmailForm, ResendForm
from parvis.web.entrance.first_connection.page import mailbox
from parvis.web.entrance.forms import NewPasswordForm
from parvis.web.entrance.pages import entrance_page, page_of, posted, refusals_on
from parvis.web.entrance.session import activation_of, go_inside, go_on
from parvis.web.entrance.steps import first_connection_step
from parvis.web.entrance.surroundings import names_around
from parvis.web.ui.requests import PageRequest

SAVED = "Votre mot de passe est enregistré."


@first_connection_step(*Activation.LIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def email(request: PageRequest, activation: Activation) -> HttpResponse:
    """Step 2: the courriel, typed or the one that the agency knows. Also « Modifier mon adresse »."""
    form = EmailForm(posted(request))
    known = activation.client.known_email
    address = known if "use_known" in request.POST else typed_address(form)
    suggestion = likely_email(address) if address != known else ""
    if address and (not suggestion or request.POST.get("as_typed") == address):
        with refusals_on(form):
            first_connection.give_address(activation=activation, email=address, host=request.get_host())
            return redirect("entrance:check-mailbox")
    context = {
        "form": form,
        "known": mask_email(known) if known else "",
        "suggestion": suggestion,
        "typed": address,
        "providers": offered(),
    }
    return page_of(request, "entrance/first_connection/email.html", context)


def typed_address(form: EmailForm) -> str:
    """The address typed in the form, when it is one."""
    return normalise_email(form.cleaned_data["email"]) if form.is_bound and form.is_valid() else ""


@first_connection_step(Activation.State.ADDRESS_GIVEN, Activation.State.CONFIRMED)
@require_http_methods(["GET", "HEAD", "POST"])
def check_mailbox(request: PageRequest, activation: Activation) -> HttpResponse:
    """« Consultez votre boîte mail »; its button sends the message again."""
    form = ResendForm(posted(request))
    if form.is_valid():
        with refusals_on(form):
            sent = first_connection.send_again(activation=activation, host=request.get_host())
            messages.success(request, sent_again_at(sent))
            return redirect("entrance:check-mailbox")
    return page_of(request, "entrance/first_connection/mailbox.html", {"form": form, "mailbox": mailbox(activation)})


def sent_again_at(activation: Activation) -> str:
    at = clock(activation.last_message_at) if activation.last_message_at else ""
    return f"Nouveau message envoyé à {at}. Le lien précédent n’est plus valable."


@entrance_page
@require_safe
def mailbox_status(request: PageRequest) -> HttpResponse:
    """For the page that waits: whether the address was confirmed, perhaps on another device."""
    activation = activation_of(request)
    return JsonResponse({"confirmed": activation is not None and activation.state == Activation.State.CONFIRMED})


@first_connection_step(*Activation.LIVE)
@require_POST
def go_on_after_link(request: PageRequest, activation: Activation) -> HttpResponse:
    """« Continuer », once the link was used elsewhere."""
    return go_on(request, activation)


@first_connection_step(Activation.State.CONFIRMED)
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request: PageRequest, activation: Activation) -> HttpResponse:
    """Step 3, for a provisional password: the client's own."""
    if not activation.is_provisional:
        return redirect("entrance:check-mailbox")
    form = NewPasswordForm(posted(request))
    if form.is_valid():
        with refusals_on(form, field="new_password"):
            user = opening.open_with_new_password(
                activation=activation,
                password=form.cleaned_data["new_password"],
                surroundings=names_around(activation.client),
            )
            messages.success(request, SAVED)
            return go_inside(request, user, proof=Proof.FIRST_CONNECTION)
    context = {"form": form, "username": activation.client.customer_reference}
    return page_of(request, "entrance/first_connection/new_password.html", context)
