"""The application of codes of a login (RFC 6238): added with a first code, each code accepted once, removed."""

import datetime as dt

import pyotp
import pyotp.exceptions
from django.db import transaction

from parvis.journal.actions import record
from parvis.kit.clock import database_now
from parvis.kit.sealing import seal, unseal
from parvis.mail.actions import queue_written
from parvis.people import emails
from parvis.people.actions import objections
from parvis.people.actions.codes import WrongCode, counted_try
from parvis.people.actions.locks import hold_login
from parvis.people.actions.ways_in import keep_a_factor
from parvis.people.models import AccessFreeze, Authenticator, User
from parvis.people.rules import normalise_digits

SEALED_FOR = "authenticator secret"
NEIGHBOURS = 1  # half-minutes before and after: clocks differ, people are slow


def draw_secret() -> str:
    """160 random bits, as the 32 base32 signs that an application takes."""
    return pyotp.random_base32(length=32)


def address_of(secret: str, *, user: User, label: str) -> str:
    """What the QR code holds: `otpauth://…`, with the agency and the login that the application shows."""
    return pyotp.TOTP(secret).provisioning_uri(name=label, issuer_name=user.agency.name)


def half_minute_of(typed: str, *, secret: str, at: dt.datetime) -> int:
    """The half-minute of that code, counted from 1970: the present one or a neighbour; else WrongCode."""
    try:
        return pyotp.TOTP(secret).verify_and_get_timecode(normalise_digits(typed), for_time=at, valid_window=NEIGHBOURS)
    except pyotp.exceptions.OTPVerificationError:
        raise WrongCode from None


def add(*, user: User, secret: str, typed: str) -> Authenticator:
    """Give the login this application, which showed its first code; another one it had is forgotten.

    Refuses a wrong code (`WrongCode`), and whoever typed too many (`CodesClosed`).
    """
    with counted_try(user):
        now = database_now()
        step = half_minute_of(typed, secret=secret, at=now)
    with transaction.atomic():
        hold_login(user)
        kept, _ = Authenticator.objects.update_or_create(
            user=user,
            defaults={
                "agency_id": user.agency_id,
                "sealed_secret": seal(secret, purpose=SEALED_FOR),
                "last_step": step,
                "confirmed_at": now,
                "last_used_at": None,
            },
        )
        tell(user, "added", at=now)
        journal("authenticator.added", kept, user=user)
    return kept


def use(*, user: User, typed: str) -> None:
    """Accept the code of the login's application, once: that code and those before it open nothing more."""
    with counted_try(user):
        kept = Authenticator.objects.filter(user=user).first()
        if kept is None:
            raise WrongCode
        now = database_now()
        step = half_minute_of(typed, secret=unseal(kept.sealed_secret, purpose=SEALED_FOR), at=now)
        fresh = Authenticator.objects.filter(pk=kept.pk, sealed_secret=kept.sealed_secret, last_step__lt=step)
        if not fresh.update(last_step=step, last_used_at=now):
            raise WrongCode


@transaction.atomic
def remove(*, user: User, authenticator: Authenticator) -> None:
    """Forget the application. Refuses the last factor of a member of the staff."""
    keep_a_factor(user, without=authenticator)
    if Authenticator.objects.filter(pk=authenticator.pk, user=user).delete()[0]:
        tell(user, "removed", at=database_now())
        journal("authenticator.removed", authenticator, user=user)


def tell(user: User, change: str, *, at: dt.datetime) -> None:
    if user.email:
        url = objections.of_login(user, trigger=AccessFreeze.Trigger.FACTOR_CHANGED, email=user.email)
        written = emails.factor_changed(
            user=user, factor="L’application de codes", is_added=change == "added", at=at, not_me_url=url
        )
        queue_written(agency=user.agency, kind=f"authenticator-{change}", to_address=user.email, written=written)


def journal(verb: str, authenticator: Authenticator, *, user: User) -> None:
    record(
        agency_id=user.agency_id,
        verb=verb,
        actor=("user", user.public_id),
        subject=("authenticator", authenticator.public_id),
    )
