"""Sessions of a login: noted when they open, shown to their holder, ended one by one or together."""

import datetime as dt

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from parvis.journal.actions import record
from parvis.kit.clock import database_now
from parvis.people.models import KnownBrowser, Proof, SignedInSession, User

PROOF_STAYS_FRESH = dt.timedelta(minutes=10)


def note_session(
    *, user: User, session_key: str, name: str, proof: Proof, browser: KnownBrowser | None = None
) -> SignedInSession:
    """Remember that this session is the login's. Sessions that no longer exist are forgotten on the way."""
    mine = SignedInSession.objects.filter(user=user)
    mine.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return SignedInSession.objects.create(
        user=user, session_key=session_key, name=name, proof=proof, proved_at=database_now(), browser=browser
    )


def end(sessions: "QuerySet[SignedInSession]") -> int:
    """End these sessions, on the server; return how many were open."""
    ended, _ = Session.objects.filter(session_key__in=list(sessions.values_list("session_key", flat=True))).delete()
    sessions.delete()
    return ended


def end_sessions(user: User, *, but: str = "") -> int:
    """End every session of the login, or all but the one of that key; return how many were open."""
    return end(SignedInSession.objects.filter(user=user).exclude(session_key=but))


@transaction.atomic
def sign_out(*, user: User, session_key: str) -> None:
    """Forget the session that its holder leaves, and journal it."""
    SignedInSession.objects.filter(session_key=session_key).delete()
    record(agency_id=user.agency_id, verb="session.ended", actor=("user", user.public_id))


@transaction.atomic
def end_one(session: SignedInSession, *, by: User) -> None:
    """« Déconnecter »: a session that its holder left open on another device."""
    end(SignedInSession.objects.filter(pk=session.pk))
    journal_end(by, session=session)


@transaction.atomic
def end_others(*, by: User, session_key: str) -> int:
    """« Déconnecter tous les autres appareils »; return how many were open."""
    others = list(SignedInSession.objects.filter(user=by).exclude(session_key=session_key))
    ended = end_sessions(by, but=session_key)
    for session in others:
        journal_end(by, session=session)
    return ended


def journal_end(user: User, *, session: SignedInSession) -> None:
    record(
        agency_id=user.agency_id,
        verb="session.ended-from-another",
        actor=("user", user.public_id),
        subject=("session", session.public_id),
    )


def is_freshly_proven(session_key: str) -> bool:
    """Whether the holder of the session proved who they are in the last ten minutes (by the database's clock)."""
    proven = SignedInSession.objects.filter(proved_at__gt=database_now() - PROOF_STAYS_FRESH)
    return proven.filter(session_key=session_key).exists()


def note_proof(*, former_key: str, session_key: str, proof: str) -> None:
    """The holder of the session has proven again who they are; the session has a new key since."""
    mine = SignedInSession.objects.filter(session_key=former_key)
    mine.update(session_key=session_key, proof=proof, proved_at=Now())


def note_new_key(*, former_key: str, session_key: str) -> None:
    """The session has another key; what was proven, and when, stays."""
    SignedInSession.objects.filter(session_key=former_key).update(session_key=session_key)
