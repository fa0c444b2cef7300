"""Codes that a person types as their second proof: tried a few times only, whichever kind they are."""

from collections.abc import Iterator
from contextlib import contextmanager

from parvis.journal.actions import record
from parvis.kit import throttle
from parvis.kit.refusals import Refusal
from parvis.people import rules
from parvis.people.actions.doors import CLOSED_SECONDS, DoorClosed
from parvis.people.hashers import TooBusy
from parvis.people.models import User

WRONG_CODES = throttle.Lock(
    name="second-proof",
    waits=rules.WAITS,
    longest=rules.LONGEST_WAIT_SECONDS,
    closed_after=rules.FAILURES_BEFORE_CLOSING,
)


class WrongCode(Refusal):
    """Wrong, too old, or used before: never said which."""

    message = "Ce code n’est pas le bon, ou il n’est plus valable."


class CodesClosed(DoorClosed):
    """Too many wrong codes of one login, at all doors together."""

    def __init__(self, *, wait_seconds: int) -> None:
        self.wait_seconds = wait_seconds
        self.is_for_good = wait_seconds > CLOSED_SECONDS
        when = "appelez votre agence" if self.is_for_good else f"réessayez dans {rules.wait_in_words(wait_seconds)}"
        Refusal.__init__(self, f"Trop de codes faux. Par sécurité, {when}.")


@contextmanager
def counted_try(user: User) -> Iterator[None]:
    """Count a try as wrong before it is made; a right one starts again from nothing.

    Not inside a transaction: a refusal must not take the count back.
    """
    may_try, wait = throttle.reserve_try(WRONG_CODES, key=str(user.pk))
    if not may_try:
        raise CodesClosed(wait_seconds=wait)
    try:
        yield
    except TooBusy:
        throttle.give_back(WRONG_CODES, key=str(user.pk))
        raise
    except WrongCode:
        record(agency_id=user.agency_id, verb="second-proof.refused", subject=("user", user.public_id))
        if wait:
            raise CodesClosed(wait_seconds=wait) from None
        raise
    reopen_codes(user)


def reopen_codes(user: User) -> None:
    """Forget the wrong codes of a login: its holder showed who they are."""
    throttle.forget(WRONG_CODES, str(user.pk))
