"""Sensitive actions wait 72 hours after a login was opened, joined or moved to an address that nobody knew.

`SensitiveAction` (`people/models/safety.py`) is the one list of what waits; every page and action that does one of
them asks `check_not_held` first.
"""

import datetime as dt

from parvis.kit.clock import database_now
from parvis.kit.french_dates import long_instant
from parvis.kit.refusals import Refusal
from parvis.people.models import SensitiveAction, User

HOLD = dt.timedelta(hours=72)


class Held(Refusal):
    """The access is too new, or changed too lately, for that."""

    def __init__(self, *, action: SensitiveAction, until: dt.datetime) -> None:
        super().__init__(f"Par sécurité, {action.label} sera possible à partir du {long_instant(until)}.")


def begin_hold(user: User) -> None:
    """Have the sensitive actions of that login wait 72 hours from now."""
    user.sensitive_from = database_now() + HOLD
    user.save(update_fields=["sensitive_from"])


def check_not_held(user: User, action: SensitiveAction) -> None:
    """Refuse (`Held`) a sensitive action while the login is on hold, by the database's clock."""
    held_until = User.objects.filter(pk=user.pk).values_list("sensitive_from", flat=True).get()
    if held_until is not None and held_until > database_now():
        raise Held(action=action, until=held_until)
