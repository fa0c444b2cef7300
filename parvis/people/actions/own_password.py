"""The password that a signed-in person puts in place of their own."""

from collections.abc import Iterable

from django.db import transaction

from parvis.people.actions.locks import hold_login
from parvis.people.actions.passwords import check_new_password, client_of, journal_change, set_password
from parvis.people.actions.social import WrongPassword, check_password_again
from parvis.people.hashers import hash_secret
from parvis.people.models import User
from parvis.people.rules import normalise_secret


def change_password(
    *, user: User, present: str, password: str, session_key: str, surroundings: Iterable[str] = ()
) -> User:
    """Give the login this password; every session but the one of that key ends, its addresses are told.

    Refuses a wrong present password, too many of them, and a new one against the rules.
    """
    check_password_again(user=user, password=present)
    check_new_password(password, client=client_of(user), surroundings=surroundings)
    password_hash = hash_secret(normalise_secret(password))
    with transaction.atomic():
        if not hold_login(user).is_active:
            raise WrongPassword
        set_password(user, password_hash=password_hash, but_session=session_key)
        journal_change(user)
    return user
