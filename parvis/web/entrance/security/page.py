"""What « Connexion et sécurité » shows."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.sessions.models import Session
from django.utils import timezone

from parvis.kit.days import paris_day
from parvis.kit.french_dates import recent_instant
from parvis.people.backends import used_at
from parvis.people.models import KnownBrowser, SignedInSession, Viewer


@dataclass(frozen=True, kw_only=True)
class Device:
    """An open session, as its holder sees it: « Safari sur iPhone, aujourd’hui à 9 h 12 – cet appareil »."""

    public_id: str
    name: str
    used: str
    is_this_one: bool


def open_devices(viewer: Viewer, *, session_key: str) -> list[Device]:
    """The sessions that are open now, the one at hand first, then the last used first."""
    held = {session.session_key: session for session in SignedInSession.objects.visible_to(viewer)}
    now = timezone.now()
    rows = Session.objects.filter(session_key__in=list(held), expire_date__gt=now)
    used = [(moment, held[row.session_key]) for row in rows if (moment := used_at(row)) is not None]
    used.sort(key=lambda pair: (pair[1].session_key == session_key, pair[0]), reverse=True)
    return [device_of(session, moment, now=now, session_key=session_key) for moment, session in used]


def device_of(session: SignedInSession, moment: dt.datetime, *, now: dt.datetime, session_key: str) -> Device:
    is_this_one = session.session_key == session_key
    return Device(
        public_id=session.public_id,
        name=session.name,
        used=recent_instant(now if is_this_one else moment, today=paris_day(now)),
        is_this_one=is_this_one,
    )


def known_browsers(viewer: Viewer) -> list[KnownBrowser]:
    """The browsers where the password alone is enough."""
    return list(KnownBrowser.objects.visible_to(viewer).current())
