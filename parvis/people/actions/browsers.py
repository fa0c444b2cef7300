"""Browsers from which a login was proven twice: the next password there is enough, for a year."""

import dataclasses
import datetime as dt

from django.db import transaction

from parvis.journal.actions import record
from parvis.kit.clock import database_now
from parvis.people.actions.sessions import end
from parvis.people.models import KnownBrowser, SignedInSession, User
from parvis.people.tokens import new_token, token_digest

LASTS = dt.timedelta(days=365)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Visit:
    """What the browser at hand says: the token of its cookie (empty when it has none), and its name."""

    name: str
    token: str = dataclasses.field(default="", repr=False)


def known_browser(user: User, *, visit: Visit) -> KnownBrowser | None:
    """The browser at hand, if the login was already proven twice there and its year is not over."""
    if not visit.token:
        return None
    return KnownBrowser.objects.current().filter(user=user, token_hash=token_digest(visit.token)).first()


@transaction.atomic
def remember(user: User, *, visit: Visit) -> tuple[KnownBrowser, Visit]:
    """Know the browser at hand for a year from now; a browser without a token is given one."""
    visit = visit if visit.token else dataclasses.replace(visit, token=new_token())
    now = database_now()
    browser, is_new = KnownBrowser.objects.update_or_create(
        user=user,
        token_hash=token_digest(visit.token),
        defaults={"name": visit.name, "last_seen_at": now, "expires_at": now + LASTS},
        create_defaults={
            "agency_id": user.agency_id,
            "name": visit.name,
            "first_seen_at": now,
            "last_seen_at": now,
            "expires_at": now + LASTS,
        },
    )
    if is_new:
        journal("browser.remembered", user=user, browser=browser)
    return browser, visit


@transaction.atomic
def revoke(browser: KnownBrowser, *, by: User, session_key: str) -> None:
    """Know the browser no more: its sessions end but the one at hand, the next password there is completed again."""
    end(SignedInSession.objects.filter(browser=browser).exclude(session_key=session_key))
    KnownBrowser.objects.filter(pk=browser.pk).delete()
    journal("browser.forgotten", user=by, browser=browser)


@transaction.atomic
def forget_others(user: User, *, kept: KnownBrowser | None = None) -> int:
    """Forget every browser of the login but `kept`; return how many."""
    _, erased = KnownBrowser.objects.filter(user=user).exclude(pk=kept.pk if kept else 0).delete()
    return erased.get(KnownBrowser._meta.label, 0)


def journal(verb: str, *, user: User, browser: KnownBrowser) -> None:
    record(
        agency_id=user.agency_id,
        verb=verb,
        actor=("user", user.public_id),
        subject=("browser", browser.public_id),
    )
