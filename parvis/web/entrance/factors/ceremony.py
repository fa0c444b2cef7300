"""What a browser was asked of a passkey, as its session remembers it: once, for five minutes."""

import dataclasses
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest

from parvis.kit.clock import database_now
from parvis.people.access import agencies_at
from parvis.people.actions import passkeys
from parvis.people.actions.passkeys import CHALLENGE_LASTS_SECONDS, Asked, Expected, PasskeyRefused, Place
from parvis.people.models import Passkey, User
from parvis.web.ui.visitors import is_address

KEY = "passkey-challenge"
NEW = "new"
PROOF = "proof"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Remembered:
    """A challenge, what for, where, and when (seconds since 1970, by the database's clock)."""

    challenge: str
    purpose: str
    place: dict[str, str]
    asked_at: float


def place_of(request: HttpRequest) -> Place | None:
    """The site as its passkeys know it: a host that an agency configured, never one of a request.

    None where there can be no passkey: by the number of a machine, or at an address that is not configured.
    """
    host = request.get_host()
    agencies = agencies_at(host)
    if not agencies:
        return None
    origin = agencies[0].link("", asked_host=host)
    rp_id = urlsplit(origin).hostname or ""
    if origin != f"{request.scheme}://{host}" or is_address(rp_id):
        return None
    return Place(rp_id=rp_id, origin=origin, name=agencies[0].name)


def offers_passkeys(request: HttpRequest) -> bool:
    """Whether somebody may sign in with a passkey here: one was made for this host."""
    place = place_of(request)
    return place is not None and Passkey.objects.at(place.rp_id).exists()


def remember(request: HttpRequest, asked: Asked, *, purpose: str, place: Place) -> dict[str, Any]:  # Any: JSON
    """Remember the challenge in place of any other; return what the browser is asked."""
    kept = Remembered(
        challenge=asked.challenge,
        purpose=purpose,
        place=dataclasses.asdict(place),
        asked_at=database_now().timestamp(),
    )
    request.session[KEY] = dataclasses.asdict(kept)
    return asked.options


def expected_of(request: HttpRequest, *, purpose: str) -> Expected:
    """What an answer must fit. The challenge never serves again; refused when there is none, or an old one."""
    kept: dict[str, Any] | None = request.session.pop(KEY, None)  # Any: what JSON holds
    read = Remembered(**kept) if kept else None
    if read is None or read.purpose != purpose:
        raise PasskeyRefused
    if database_now().timestamp() - read.asked_at > CHALLENGE_LASTS_SECONDS:
        raise PasskeyRefused
    return Expected(challenge=read.challenge, place=Place(**read.place))


def prove(request: HttpRequest, *, user: User | None = None) -> User:
    """Whose passkey answered the form that was sent; `user` when it must be theirs. Refuses with PasskeyRefused."""
    return passkeys.prove(
        answer=request.POST.get("answer", ""),
        expected=expected_of(request, purpose=PROOF),
        host=request.get_host(),
        user=user,
    )
