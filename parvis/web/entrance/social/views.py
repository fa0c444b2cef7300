"""To a provider and back. What a person comes back for was decided before they left, in the same browser."""

import logging

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.kit.refusals import Refusal
from parvis.people.actions import social
from parvis.people.actions.doors import admit_visitor
from parvis.people.models import Activation, Proof, SocialAccount
from parvis.people.social_catalogue import LABELS, Provider, offered
from parvis.people.social_protocol import Profile, ProviderFailed
from parvis.web.entrance.forms import PresentPasswordForm
from parvis.web.entrance.pages import busy_page, entrance_page, page_of, refusals_on
from parvis.web.entrance.session import activation_of, go_inside, go_on, renew_key
from parvis.web.entrance.social.trip import FIRST_CONNECTION, LINK, SIGN_IN, Trip, come_back, forget_trip, set_out
from parvis.web.entrance.steps import step_lost
from parvis.web.ui.fresh_proof import fresh_proof_required
from parvis.web.ui.readonly import writes_on_get
from parvis.web.ui.requests import PageRequest, ViewerRequest
from parvis.web.ui.visitors import visitor_address

logger = logging.getLogger("parvis.web.social")
OTHER_WAYS = {
    FIRST_CONNECTION: "Réessayez, ou renseignez un courriel.",
    SIGN_IN: "Réessayez, ou saisissez votre identifiant.",
    LINK: "Réessayez dans quelques minutes.",
}
PAGES = {
    FIRST_CONNECTION: "entrance:first-connection-email",
    SIGN_IN: "entrance:sign-in",
    LINK: "entrance:social-accounts",
}


@entrance_page
@require_POST
def start(request: PageRequest, provider: str) -> HttpResponse:
    """« Continuer avec Google », at a door or at step 2 of the first connection."""
    chosen = provider_named(provider)
    if request.POST.get("purpose") != FIRST_CONNECTION:
        return leave(request, chosen, purpose=SIGN_IN)
    activation = activation_of(request)
    if activation is None:
        return step_lost(request)
    return leave(request, chosen, purpose=FIRST_CONNECTION, whose=activation.public_id)


@writes_on_get
@entrance_page
@require_safe
def callback(request: PageRequest, provider: str) -> HttpResponse:
    """The browser is back. The trip serves once."""
    chosen, trip = provider_named(provider), forget_trip(request)
    purpose = trip.purpose if trip else SIGN_IN
    try:
        profile = come_back(trip, provider=chosen, answer=request.GET.dict())
        admit_visitor(visitor_address(request))
        return ARRIVALS[purpose](request, profile, trip)
    except ProviderFailed as failure:
        return came_to_nothing(request, chosen, purpose=purpose, failure=failure)
    except Refusal as refusal:
        messages.warning(request, refusal.message)
        return redirect(PAGES[purpose])


def sign_in(request: PageRequest, profile: Profile, _trip: Trip | None) -> HttpResponse:
    """Inside, with an account that a client linked; an unknown one opens nothing."""
    user = social.find_login(profile, host=request.get_host())
    if user is not None:
        return go_inside(request, user, proof=Proof.SOCIAL)
    return render(request, "entrance/social/unknown.html", {"label": provider_named(profile.provider).label})


def go_on_first_connection(request: PageRequest, profile: Profile, trip: Trip | None) -> HttpResponse:
    """The next step of the first connection that left, if this browser is still in the middle of it."""
    activation = activation_of(request)
    if activation is None or trip is None or trip.whose != activation.public_id:
        return step_lost(request)
    row = social.take_for_first_connection(activation=activation, profile=profile, host=request.get_host())
    if row.state == Activation.State.STARTED:
        label = provider_named(profile.provider).label
        messages.info(request, f"Votre compte {label} est reconnu. Il ne donne pas de courriel : renseignez-en un.")
    return go_on(request, row)


def link_to_login(request: PageRequest, profile: Profile, trip: Trip | None) -> HttpResponse:
    """One more way in for the signed-in person who left."""
    user = request.user
    if not user.is_authenticated or trip is None or trip.whose != user.public_id:
        raise ProviderFailed("another login")
    social.link(user=user, profile=profile, host=request.get_host())
    renew_key(request)
    messages.success(request, f"Votre compte {provider_named(profile.provider).label} est associé.")
    return redirect("entrance:social-accounts")


ARRIVALS = {SIGN_IN: sign_in, FIRST_CONNECTION: go_on_first_connection, LINK: link_to_login}


@require_safe
def accounts(request: ViewerRequest) -> HttpResponse:
    """Comptes associés: those of the login, and those that it may link."""
    linked = [(account, LABELS[account.provider]) for account in SocialAccount.objects.visible_to(request.viewer)]
    names = {account.provider for account, _ in linked}
    others = [provider for provider in offered() if provider.name not in names]
    return render(request, "entrance/social/accounts.html", {"linked": linked, "others": others})


@busy_page
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: ViewerRequest, provider: str) -> HttpResponse:
    """Associer: the password again, then the provider."""
    chosen, form = provider_named(provider), PresentPasswordForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form, field="password"):
            social.check_password_again(user=request.user, password=form.cleaned_data["password"])
            return leave(request, chosen, purpose=LINK, whose=request.user.public_id)
    return page_of(request, "entrance/social/link.html", {"form": form, "provider": chosen})


@fresh_proof_required
@require_POST
def unlink(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Dissocier."""
    account = get_object_or_404(SocialAccount.objects.visible_to(request.viewer), public_id=public_id)
    try:
        social.unlink(user=request.user, account=account)
        messages.success(request, f"Votre compte {LABELS[account.provider]} n’est plus associé.")
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    return redirect("entrance:social-accounts")


def provider_named(name: str) -> Provider:
    """The configured provider of that name, or 404."""
    for provider in offered():
        if provider.name == name:
            return provider
    raise Http404


def leave(request: PageRequest, provider: Provider, *, purpose: str, whose: str = "") -> HttpResponse:
    try:
        return HttpResponseRedirect(set_out(request, provider, purpose=purpose, whose=whose))
    except ProviderFailed as failure:
        return came_to_nothing(request, provider, purpose=purpose, failure=failure)


def came_to_nothing(request: PageRequest, provider: Provider, *, purpose: str, failure: ProviderFailed) -> HttpResponse:
    """The provider is down, refused, or said something amiss: the page says so and shows the other way."""
    logger.warning("sign-in with %s came to nothing: %s", provider.name, failure)
    messages.warning(request, f"La connexion avec {provider.label} n’a pas abouti. {OTHER_WAYS[purpose]}")
    return redirect(PAGES[purpose])
