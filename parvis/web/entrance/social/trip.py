"""A trip to a provider and back, as the session remembers it: once, for ten minutes, in this browser."""

import dataclasses
import time
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from parvis.people.access import agencies_at
from parvis.people.social_catalogue import Provider
from parvis.people.social_protocol import Expected, Profile, ProviderFailed, arrive, depart

KEY = "social-trip"
LASTS_SECONDS = 600

SIGN_IN = "sign-in"
FIRST_CONNECTION = "first-connection"
LINK = "link"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Trip:
    """Why the browser left, for which provider, and for whom: a first connection or a login, by public id."""

    provider: str
    purpose: str
    whose: str
    began_at: float
    expected: dict[str, str]


def set_out(request: HttpRequest, provider: Provider, *, purpose: str, whose: str = "") -> str:
    """Remember the trip in place of any other; return the address to go to. Raises ProviderFailed."""
    redirect_uri = return_address(request, provider)
    departure = depart(provider, redirect_uri=redirect_uri)
    expected = Expected(
        state=departure.state, nonce=departure.nonce, verifier=departure.verifier, redirect_uri=redirect_uri
    )
    trip = Trip(
        provider=provider.name,
        purpose=purpose,
        whose=whose,
        began_at=time.time(),
        expected=dataclasses.asdict(expected),
    )
    request.session[KEY] = dataclasses.asdict(trip)
    return departure.address


def return_address(request: HttpRequest, provider: Provider) -> str:
    """Where the provider sends the browser back: on a host that the agency configured, never one of a request."""
    host = request.get_host()
    path = reverse("entrance:social-callback", kwargs={"provider": provider.name})
    return agencies_at(host)[0].link(path, asked_host=host)


def forget_trip(request: HttpRequest) -> Trip | None:
    """The trip that this browser is back from; it never serves again, whatever becomes of it."""
    kept: dict[str, Any] | None = request.session.pop(KEY, None)  # Any: what JSON holds
    return Trip(**kept) if kept else None


def come_back(trip: Trip | None, *, provider: Provider, answer: dict[str, str]) -> Profile:
    """Who signed in at the provider. Raises ProviderFailed when this browser did not leave for there, or long ago."""
    if trip is None or trip.provider != provider.name or time.time() - trip.began_at > LASTS_SECONDS:
        raise ProviderFailed("no trip")
    return arrive(provider, expected=Expected(**trip.expected), answer=answer)
