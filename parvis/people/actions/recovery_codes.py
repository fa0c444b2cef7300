"""Ten codes on paper for whoever lost their telephone: drawn together, shown once, each used once."""

import datetime as dt
import secrets

from django.db import transaction

from parvis.journal.actions import record
from parvis.kit.clock import database_now
from parvis.mail.actions import queue_written
from parvis.people import emails
from parvis.people.actions import objections
from parvis.people.actions.codes import WrongCode, counted_try
from parvis.people.actions.locks import hold_login
from parvis.people.hashers import hash_secret, is_secret
from parvis.people.models import AccessFreeze, RecoveryCode, User
from parvis.people.rules import (
    RECOVERY_CODES,
    RECOVERY_LENGTH,
    RECOVERY_SIGNS,
    read_recovery_code,
    show_recovery_code,
)


def renew(*, user: User) -> list[str]:
    """Draw ten codes in place of those of before, and tell the login's address.

    They are returned as they are printed: nobody can read them again.
    """
    drawn = {number: draw_signs() for number in range(1, RECOVERY_CODES + 1)}
    hashes = {number: hash_secret(signs) for number, signs in drawn.items()}
    with transaction.atomic():
        hold_login(user)
        RecoveryCode.objects.filter(user=user).delete()
        now = database_now()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(agency_id=user.agency_id, user=user, number=number, code_hash=hashed, made_at=now)
            for number, hashed in hashes.items()
        )
        tell_drawn(user, at=now)
        record(agency_id=user.agency_id, verb="recovery-codes.drawn", actor=("user", user.public_id))
    return [show_recovery_code(number=number, signs=signs) for number, signs in drawn.items()]


def draw_signs() -> str:
    """40 random bits."""
    return "".join(secrets.choice(RECOVERY_SIGNS) for _ in range(RECOVERY_LENGTH))


def use(*, user: User, typed: str) -> int:
    """Use up the code of that number, and tell the login's address; return how many are left.

    One hash is computed, whatever was typed: the code says its number. Refuses with WrongCode or CodesClosed.
    """
    with counted_try(user):
        read = read_recovery_code(typed)
        number, signs = read or (0, "")
        kept = RecoveryCode.objects.left().filter(user=user, number=number).first()
        if not is_secret(signs, encoded=kept.code_hash if kept else "") or kept is None:
            raise WrongCode
        now = database_now()
        with transaction.atomic():
            if not RecoveryCode.objects.left().filter(pk=kept.pk).update(used_at=now):
                raise WrongCode
            left = RecoveryCode.objects.left().filter(user=user).count()
            tell_used(user, left=left)
            record(
                agency_id=user.agency_id,
                verb="recovery-code.used",
                actor=("user", user.public_id),
                subject=("recovery-code", kept.public_id),
            )
    return left


def tell_used(user: User, *, left: int) -> None:
    if user.email:
        url = objections.of_login(user, trigger=AccessFreeze.Trigger.FACTOR_CHANGED, email=user.email)
        written = emails.recovery_code_used(user=user, left=left, at=database_now(), not_me_url=url)
        queue_written(agency=user.agency, kind="recovery-code-used", to_address=user.email, written=written)


def tell_drawn(user: User, *, at: dt.datetime) -> None:
    if user.email:
        url = objections.of_login(user, trigger=AccessFreeze.Trigger.FACTOR_CHANGED, email=user.email)
        written = emails.recovery_codes_drawn(user=user, at=at, not_me_url=url)
        queue_written(agency=user.agency, kind="recovery-codes-drawn", to_address=user.email, written=written)
