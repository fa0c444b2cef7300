"""Sessions of a login: noted when they open, ended together when the password changes."""

from django.contrib.sessions.models import Session
from django.db import transaction

from parvis.journal.actions import record
from parvis.people.models import SignedInSession, User


def note_session(*, user: User, session_key: str) -> None:
    """Remember that this session is the login's. Sessions that no longer exist are forgotten on the way."""
    mine = SignedInSession.objects.filter(user=user)
    mine.exclude(session_key__in=Session.objects.values("session_key")).delete()
    SignedInSession.objects.create(user=user, session_key=session_key)


def end_sessions(user: User) -> int:
    """End every session of the login, on the server; return how many were open."""
    mine = SignedInSession.objects.filter(user=user)
    ended, _ = Session.objects.filter(session_key__in=list(mine.values_list("session_key", flat=True))).delete()
    mine.delete()
    return ended


@transaction.atomic
def sign_out(*, user: User, session_key: str) -> None:
    """Forget the session that its holder leaves, and journal it."""
    SignedInSession.objects.filter(session_key=session_key).delete()
    record(agency_id=user.agency_id, verb="session.ended", actor=("user", user.public_id))
