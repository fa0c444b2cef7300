"""How a request finds its session, and the session its login: one prepared statement each."""

import datetime as dt
import re

from django.contrib.auth.backends import BaseBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from parvis.kit.prepared import prepared
from parvis.people.models import Grant, User

SESSION_KEY = re.compile(r"[a-z0-9]{32}")


@prepared
def live_sessions(key: str, now: dt.datetime) -> "QuerySet[Session]":
    return Session.objects.filter(session_key=key, expire_date__gt=now)


@prepared
def open_grants(user_id: int) -> "QuerySet[Grant]":
    return Grant.objects.of_login(user_id)


class SessionStore(db.SessionStore):
    """Django's, but for how the row is read: every request of everybody does it."""

    def _get_session_from_db(self) -> Session | None:
        """A key that this site cannot have given is nobody's: the database is not asked."""
        key = self.session_key or ""
        found = live_sessions(key, timezone.now()) if SESSION_KEY.fullmatch(key) else []
        if not found:
            self._session_key = None
        return found[0] if found else None


class LoginBackend(BaseBackend):
    """Signing in is the entrance's business (`people.actions`); this only loads who is signed in."""

    def get_user(self, user_id: int) -> User | None:
        """Return the open login, its `agency` and its `open_grants` loaded.

        None, so that its sessions end, once it acts for nobody: no client left, and no post at the agency.
        """
        grants = open_grants(int(user_id))
        user = grants[0].user if grants else _without_client(user_id)
        if user is None or not user.is_active or not (grants or user.is_staff):
            return None
        user.open_grants = grants
        return user


def _without_client(user_id: int) -> User | None:
    user: User | None = User.objects.select_related("agency", "staffmember").filter(pk=user_id).first()
    return user
