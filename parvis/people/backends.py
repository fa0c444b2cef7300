"""How a request finds its session, and the session its login: one prepared statement each."""

import datetime as dt
import re
from typing import Any, cast

from django.contrib import auth
from django.contrib.auth.backends import BaseBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from parvis.kit.prepared import prepared
from parvis.people.models import Grant, HouseholdAccess, User

SESSION_KEY = re.compile(r"[a-z0-9]{32}")
SEEN = "seen"
IDLE_AFTER_SECONDS = 30 * 60
SEEN_EVERY_SECONDS = 5 * 60


@prepared
def live_sessions(key: str, now: dt.datetime) -> "QuerySet[Session]":
    return Session.objects.filter(session_key=key, expire_date__gt=now)


@prepared
def open_grants(user_id: int) -> "QuerySet[Grant]":
    return Grant.objects.of_login(user_id)


@prepared
def household_of(user_id: int) -> "QuerySet[HouseholdAccess]":
    return HouseholdAccess.objects.of_login(user_id)


class SessionStore(db.SessionStore):
    """Django's, but for how the row is read, which every request does, and for who stays away half an hour.

    A signed-in session says when it was last used: each save notes it, and use brings a save every five minutes.
    """

    was_idle = False

    def load(self) -> dict[str, Any]:  # Any: what a session holds
        """What the session holds; nothing, from then on, once it was left idle."""
        held: dict[str, Any] = super().load()
        if auth.SESSION_KEY not in held:
            return held
        unused = unused_seconds(held)
        if unused > IDLE_AFTER_SECONDS:
            self.was_idle, self._session_key = True, None
            return {}
        self.modified = self.modified or unused > SEEN_EVERY_SECONDS
        return held

    def create_model_instance(self, data: dict[str, Any]) -> Session:  # Any: what a session holds
        made = super().create_model_instance(data | seen_now() if auth.SESSION_KEY in data else data)
        return cast(Session, made)

    def _get_session_from_db(self) -> Session | None:
        """A key that this site cannot have given is nobody's: the database is not asked."""
        key = self.session_key or ""
        found = live_sessions(key, timezone.now()) if SESSION_KEY.fullmatch(key) else []
        if not found:
            self._session_key = None
        return found[0] if found else None


def seen_now() -> dict[str, int]:
    return {SEEN: int(timezone.now().timestamp())}


def unused_seconds(held: dict[str, Any]) -> float:
    """For how long a signed-in session was not used; one that does not say so is of before, and too old."""
    return timezone.now().timestamp() - float(held.get(SEEN, 0))


def used_at(session: Session) -> dt.datetime | None:
    """When a signed-in session was last used, to five minutes; nothing once it was left idle."""
    held = session.get_decoded()
    if unused_seconds(held) > IDLE_AFTER_SECONDS:
        return None
    return dt.datetime.fromtimestamp(held[SEEN], tz=dt.UTC)


class LoginBackend(BaseBackend):
    """Signing in is the entrance's business (`people.actions`); this only loads who is signed in."""

    def get_user(self, user_id: int) -> User | None:
        """Return the open login, its `agency`, its `open_grants` and what it reads of a `household` loaded.

        None, so that its sessions end, once it acts for nobody: no client left, and no post at the agency.
        """
        grants = open_grants(int(user_id))
        household = household_of(int(user_id)) if may_be_of_household(grants) else []
        found: list[Grant | HouseholdAccess] = [*grants, *household]
        user = found[0].user if found else _without_client(user_id)
        if user is None or not user.is_active or not (found or user.is_staff):
            return None
        user.open_grants, user.household = grants, household
        return user


def may_be_of_household(grants: list[Grant]) -> bool:
    """Whether the login may read another's affairs as somebody of the household; its grants say so, where it has."""
    return not grants or any(grant.is_of_household for grant in grants)


def _without_client(user_id: int) -> User | None:
    user: User | None = User.objects.select_related("agency", "staffmember").filter(pk=user_id).first()
    return user
