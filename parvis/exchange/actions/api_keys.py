"""The keys by which programs of the agency come in: made, shown once, recognised, revoked."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from parvis.agencies.models import Agency
from parvis.exchange.models import ApiKey
from parvis.exchange.models.api import PREFIX_LENGTH
from parvis.exchange.rules.scopes import Scope
from parvis.journal.actions import record
from parvis.kit.clock import database_now
from parvis.kit.refusals import Refusal

MARK = "prv_"
SECRET_BYTES = 20
LONGEST_LIFE = dt.timedelta(days=5 * 366)
# The hour of the last use is for people: to the minute is enough, and a busy program does not write at each request.
USE_NOTED_EVERY = dt.timedelta(minutes=1)
SYSTEM = ("system", "")


class KeyRefused(Refusal):
    """A key that would open nothing, or for ever."""


@transaction.atomic
def make_key(
    *,
    agency: Agency,
    name: str,
    scopes: Collection[Scope],
    lasts: dt.timedelta | None = None,
    by: tuple[str, str] = SYSTEM,
    by_name: str = "",
) -> tuple[ApiKey, str]:
    """Make a key with these rights; return its row and the key itself, which is shown once and never kept."""
    if not name.strip() or not scopes:
        raise KeyRefused("Une clé a un nom et au moins un droit.")
    if lasts is not None and not dt.timedelta(0) < lasts <= LONGEST_LIFE:
        raise KeyRefused("Une clé dure d’un jour à cinq ans.")
    token, now = MARK + secrets.token_hex(SECRET_BYTES), database_now()
    key: ApiKey = ApiKey.objects.create(
        agency=agency,
        name=name.strip(),
        prefix=token[:PREFIX_LENGTH],
        digest=digest_of(token),
        scopes=sorted(scope.value for scope in set(scopes)),
        made_at=now,
        made_by=by_name,
        expires_at=now + lasts if lasts is not None else None,
    )
    record(agency_id=agency.pk, verb="api-key.made", actor=by, subject=("api-key", key.public_id))
    return key, token


@transaction.atomic
def revoke(*, key: ApiKey, by: tuple[str, str] = SYSTEM) -> None:
    """The key opens nothing from now on. Once is enough."""
    if ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=Now()):
        record(agency_id=key.agency_id, verb="api-key.revoked", actor=by, subject=("api-key", key.public_id))


def key_of(token: str) -> ApiKey | None:
    """The key that opens with that token, if there is one today; its use is noted."""
    if not token.startswith(MARK):
        return None
    key = ApiKey.objects.opening().select_related("agency").filter(digest=digest_of(token)).first()
    if key is not None:
        note_use(key)
    return key


def note_use(key: ApiKey) -> None:
    now = database_now()
    if key.last_used_at is None or key.last_used_at <= now - USE_NOTED_EVERY:
        stale = Q(last_used_at=None) | Q(last_used_at__lte=now - USE_NOTED_EVERY)
        ApiKey.objects.filter(stale, pk=key.pk).update(last_used_at=now)


def digest_of(token: str) -> str:
    """160 random bits need no slow hash: nobody finds them by trying."""
    return hashlib.sha256(token.encode()).hexdigest()
