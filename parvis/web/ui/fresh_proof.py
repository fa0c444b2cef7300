"""What is sensitive asks a person who is signed in to prove again who they are, unless they just did."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from parvis.people.actions.sessions import is_freshly_proven
from parvis.web.ui.requests import ViewerRequest

View = Callable[..., HttpResponse]


def fresh_proof_required(view: View) -> View:
    """Open the view only in the ten minutes that follow a proof; else « Confirmez que c’est vous » comes first.

    A page is then shown as it was asked for; a button is pressed again, in « Connexion et sécurité ».
    """

    @wraps(view)
    def guarded(request: ViewerRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # Any: what the URL gives
        if is_freshly_proven(str(request.session.session_key)):
            return view(request, *args, **kwargs)
        shows = request.method in ("GET", "HEAD")
        after = request.get_full_path() if shows else reverse("entrance:security")
        return redirect(f"{reverse('entrance:confirm-again')}?{urlencode({'next': after})}")

    return guarded
