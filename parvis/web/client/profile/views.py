"""Mon profil: what the agency knows of the client, how pages look, the way out."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from parvis.web.client.profile.forms import ThemeForm
from parvis.web.client.profile.page import profile_page
from parvis.web.ui.requests import ViewerRequest
from parvis.web.ui.themes import THEMES

ONE_YEAR = 365 * 24 * 3600


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    context = {"page": profile_page(request.viewer), "login": request.user, "themes": THEMES}
    return render(request, "client/profile/index.html", context)


@require_POST
def theme(request: ViewerRequest) -> HttpResponse:
    """Remember the choice in this browser."""
    form = ThemeForm(request.POST)
    response = redirect("client:profile-index")
    if form.is_valid():
        response.set_cookie(
            "theme",
            form.cleaned_data["theme"],
            max_age=ONE_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        messages.success(request, "Votre choix d’affichage est enregistré sur cet appareil.")
    return response
