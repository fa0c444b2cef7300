"""Connexion et sécurité: how one signs in, where one is signed in, and an end to it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.people.actions import browsers, sessions
from parvis.people.actions.own_password import change_password
from parvis.people.actions.passwords import client_of, has_password
from parvis.people.models import KnownBrowser, Proof, SignedInSession
from parvis.people.social_catalogue import offered
from parvis.web.entrance.factors.page import factors_section
from parvis.web.entrance.pages import busy_page, page_of, posted, refusals_on
from parvis.web.entrance.security.forms import ChangePasswordForm
from parvis.web.entrance.security.page import known_browsers, open_devices
from parvis.web.entrance.session import prove_again, visit_of
from parvis.web.entrance.surroundings import names_around
from parvis.web.ui.requests import ViewerRequest


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    here = browsers.known_browser(request.user, visit=visit_of(request))
    context = {
        "login": request.user,
        "has_password": has_password(request.user),
        "providers": offered(),
        "devices": open_devices(request.viewer, session_key=str(request.session.session_key)),
        "browsers": known_browsers(request.viewer),
        "here": here.public_id if here else "",
        "factors": factors_section(request),
    }
    return render(request, "entrance/security/index.html", context)


@busy_page
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: ViewerRequest) -> HttpResponse:
    """Changer de mot de passe: the present one, the new one twice; every other device is signed out."""
    form = ChangePasswordForm(posted(request))
    if form.is_valid():
        with refusals_on(form, field="password"):
            change_password(
                user=request.user,
                present=form.cleaned_data["password"],
                password=form.cleaned_data["new_password"],
                session_key=str(request.session.session_key),
                surroundings=names_around(client_of(request.user)),
            )
            prove_again(request, proof=Proof.PASSWORD)
            messages.success(request, "Votre mot de passe est enregistré.")
            return redirect("entrance:security")
    context = {"form": form, "username": request.user.email, "has_password": has_password(request.user)}
    return page_of(request, "entrance/security/password.html", context)


@require_POST
def end_session(request: ViewerRequest, public_id: str) -> HttpResponse:
    """« Déconnecter » one device."""
    session = get_object_or_404(SignedInSession.objects.visible_to(request.viewer), public_id=public_id)
    if session.session_key == request.session.session_key:
        messages.info(request, "Pour cet appareil, choisissez «\u00a0Se déconnecter\u00a0».")
        return redirect("entrance:security")
    sessions.end_one(session, by=request.user)
    messages.success(request, f"{session.name} est déconnecté.")
    return redirect("entrance:security")


@require_POST
def end_other_sessions(request: ViewerRequest) -> HttpResponse:
    """« Déconnecter tous les autres appareils »."""
    sessions.end_others(by=request.user, session_key=str(request.session.session_key))
    messages.success(request, "Tous les autres appareils sont déconnectés.")
    return redirect("entrance:security")


@require_POST
def forget_browser(request: ViewerRequest, public_id: str) -> HttpResponse:
    """« Oublier »: the next password there is completed by a code again; its sessions end, but the one at hand."""
    browser = get_object_or_404(KnownBrowser.objects.visible_to(request.viewer), public_id=public_id)
    browsers.revoke(browser, by=request.user, session_key=str(request.session.session_key))
    messages.success(request, f"{browser.name} n’est plus reconnu.")
    return redirect("entrance:security")
