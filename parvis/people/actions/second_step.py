"""The second step of a sign-in: a right password from a browser not yet known is completed by another proof.

One row a step, bound to a browser by a random token. A new step of a login ends the one before, a new code the code
before. Nothing here opens a session: a person is signed in only once `finish` has ended their step.
"""

import dataclasses
import datetime as dt
import enum
import secrets

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from parvis.journal.actions import record
from parvis.kit import throttle
from parvis.kit.clock import database_now
from parvis.kit.refusals import Refusal
from parvis.mail.actions import queue_written
from parvis.people import emails
from parvis.people.actions import objections
from parvis.people.actions.doors import WRONG_CODES_OF_A_MONTH
from parvis.people.actions.first_connection import StepLost, TooSoon
from parvis.people.actions.locks import hold_login
from parvis.people.hashers import TooBusy, hash_secret, is_secret
from parvis.people.models import AccessFreeze, PendingSignIn, Proof, User
from parvis.people.models.browsers import LONGEST_PATH, WRONG_CODES_ALLOWED
from parvis.people.rules import wait_in_words
from parvis.people.tokens import new_token, token_digest

LASTS = dt.timedelta(minutes=30)
CODE_LASTS = dt.timedelta(minutes=10)
CODE_LENGTH = 8
RESEND_AFTER = dt.timedelta(seconds=60)
CODES_OF_AN_HOUR = throttle.Limit(name="sign-in-code-hour", allowed=5, seconds=3600)
CODES_OF_A_DAY = throttle.Limit(name="sign-in-code-day", allowed=10, seconds=24 * 3600)

# What each proof is worth by itself.
POSSESSION = frozenset((Proof.PASSKEY, Proof.TOTP, Proof.RECOVERY))
MAILBOX = frozenset((Proof.MAILED_CODE, Proof.FIRST_CONNECTION, Proof.RESET))


class Next(enum.Enum):
    """Where a proof leads."""

    INSIDE = enum.auto()
    STEP = enum.auto()
    ENROL = enum.auto()


class WrongCode(Refusal):
    """The code is another, too old, replaced, or was tried too often: the words never say which."""

    message = "Ce code n’est pas le bon, ou il n’est plus valable."


class TooManyCodes(Refusal):
    """At most 5 codes an hour and 10 a day for one login, whoever asks."""

    def __init__(self, *, wait_seconds: int) -> None:
        super().__init__(
            f"Trop de codes ont été demandés. Demandez-en un autre dans {wait_in_words(wait_seconds)}, "
            "ou appelez votre agence."
        )


@dataclasses.dataclass(frozen=True, kw_only=True)
class Begun:
    """A second step, and the token that binds it to this browser."""

    pending: PendingSignIn
    token: str = dataclasses.field(repr=False)


def what_next(*, proof: Proof, is_staff: bool, has_factor: bool, is_known_browser: bool) -> Next:
    """Decide where a proof leads. A reset never goes round a factor; who works at the agency always shows one."""
    if proof in POSSESSION:
        return Next.INSIDE
    if is_staff:
        return what_next_for_staff(proof=proof, has_factor=has_factor, is_known_browser=is_known_browser)
    if proof is Proof.RESET and has_factor and not is_known_browser:
        return Next.STEP
    if proof is Proof.PASSWORD and not is_known_browser:
        return Next.STEP
    return Next.INSIDE


def what_next_for_staff(*, proof: Proof, has_factor: bool, is_known_browser: bool) -> Next:
    """Their own factor at every sign-in; without one yet, the mailbox, then nothing but choosing one."""
    if has_factor:
        return Next.STEP
    return Next.ENROL if is_known_browser or proof in MAILBOX else Next.STEP


def may_mail_code(pending: PendingSignIn, *, has_factor: bool) -> bool:
    """Whether a code sent to the confirmed address completes this step.

    Not for staff who have a factor, nor after a link that the same mailbox received.
    """
    replaces_factor = has_factor and (pending.user.is_staff or pending.proof == Proof.RESET)
    return bool(pending.user.email) and not replaces_factor


@transaction.atomic
def begin(*, user: User, proof: Proof, next_path: str) -> Begun:
    """Wait for another proof in this browser; a step of the login under way elsewhere ends."""
    hold_login(user)
    end_steps(user)
    token, now = new_token(), database_now()
    pending = PendingSignIn.objects.create(
        user=user,
        token_hash=token_digest(token),
        proof=proof,
        next_path=next_path if is_kept(next_path) else "",
        started_at=now,
        expires_at=now + LASTS,
    )
    journal("second-step.started", user)
    return Begun(pending=pending, token=token)


def is_kept(path: str) -> bool:
    """Whether a page that was asked for can be written down, to be shown once the step is done."""
    return len(path) <= LONGEST_PATH and "\x00" not in path


def end_steps(user: User) -> None:
    """Whatever step of the login is under way ends: another has begun, or the password is another one."""
    PendingSignIn.objects.live().filter(user=user).update(ended_at=Now(), code_hash="")


def of_browser(token: str) -> PendingSignIn | None:
    """The live step bound to the browser that holds this token."""
    if not token:
        return None
    steps = PendingSignIn.objects.current().select_related("user__agency", "user__staffmember")
    return steps.filter(token_hash=token_digest(token)).first()


def send_code(*, pending: PendingSignIn, device: str) -> PendingSignIn:
    """Send a new code of 8 digits to the confirmed address; the one before opens nothing any more.

    Refuses a second one within a minute, a sixth within an hour, an eleventh within a day.
    """
    code = "".join(secrets.choice("0123456789") for _ in range(CODE_LENGTH))
    code_hash = hash_secret(code)
    with transaction.atomic():
        row = locked(pending)
        wait = seconds_before_resend(row)
        if wait:
            raise TooSoon(wait_seconds=wait)
        admit_code(row.user)
        now = database_now()
        replace_code(row, code_hash=code_hash, at=now)
        mail_code(row.user, code=code, device=device, at=now)
    return row


def replace_code(row: PendingSignIn, *, code_hash: str, at: dt.datetime) -> None:
    """Have that code awaited from now on; StepLost when the step was ended meanwhile by the code before."""
    row.code_hash, row.wrong_tries, row.messages_sent = code_hash, 0, row.messages_sent + 1
    row.code_sent_at, row.code_expires_at, row.expires_at = at, at + CODE_LASTS, at + LASTS
    names = ("code_hash", "wrong_tries", "messages_sent", "code_sent_at", "code_expires_at", "expires_at")
    if not PendingSignIn.objects.current().filter(pk=row.pk).update(**{name: getattr(row, name) for name in names}):
        raise StepLost


def admit_code(user: User) -> None:
    waits = [throttle.admit(limit, key=str(user.pk)) for limit in (CODES_OF_AN_HOUR, CODES_OF_A_DAY)]
    if any(waits):
        raise TooManyCodes(wait_seconds=max(waits))


def mail_code(user: User, *, code: str, device: str, at: dt.datetime) -> None:
    url = objections.of_login(user, trigger=AccessFreeze.Trigger.SIGN_IN_CODE, email=user.email)
    written = emails.sign_in_code(
        user=user, code=code, device=device, at=at, expires_at=at + CODE_LASTS, not_me_url=url
    )
    queue_written(
        agency=user.agency,
        kind="sign-in-code",
        to_address=user.email,
        written=written,
        expires_at=at + CODE_LASTS,
    )
    journal("second-step.code-sent", user)


def seconds_before_resend(pending: PendingSignIn) -> int:
    """The wait before another code may leave; 0 when it may."""
    if pending.code_sent_at is None:
        return 0
    left = pending.code_sent_at + RESEND_AFTER - database_now()
    return max(0, -int(-left.total_seconds() // 1))


def prove_by_code(*, pending: PendingSignIn, typed: str) -> User:
    """End the step with the code of the message; spaces do not count. Refuses (`WrongCode`) anything else.

    The try is counted before it is compared, in one statement: of many at the same instant five are compared, and
    25 in a month for one login, unless one of them was right.
    """
    encoded = count_try(pending)
    if throttle.admit(WRONG_CODES_OF_A_MONTH, key=str(pending.user_id)):
        encoded = ""
    digits = "".join(sign for sign in typed if sign.isascii() and sign.isdecimal())
    try:
        is_right = is_secret(digits, encoded=encoded)
    except TooBusy:
        give_back_try(pending, encoded=encoded)
        raise
    if is_right and end(pending, code_hash=encoded):
        throttle.forget(WRONG_CODES_OF_A_MONTH, str(pending.user_id))
        return welcome(pending, proof=Proof.MAILED_CODE)
    journal("second-step.refused", pending.user)
    raise WrongCode


def count_try(pending: PendingSignIn) -> str:
    """Count a try as wrong; return the hash to compare it with, or nothing when no try is left."""
    row = PendingSignIn.objects.current().filter(pk=pending.pk).first()
    encoded = row.code_hash if row else ""
    tries = PendingSignIn.objects.current().filter(pk=pending.pk, code_hash=encoded, code_expires_at__gt=Now())
    counted = tries.filter(wrong_tries__lt=WRONG_CODES_ALLOWED).update(wrong_tries=F("wrong_tries") + 1)
    return encoded if counted else ""


def give_back_try(pending: PendingSignIn, *, encoded: str) -> None:
    """Take back a try that could not be compared."""
    tries = PendingSignIn.objects.current().filter(pk=pending.pk, code_hash=encoded, wrong_tries__gt=0)
    tries.exclude(code_hash="").update(wrong_tries=F("wrong_tries") - 1)


def finish(*, pending: PendingSignIn, proof: Proof) -> User:
    """End the step with a proof that was just checked elsewhere. Refuses (`StepLost`) one that is over."""
    if not end(pending):
        raise StepLost
    return welcome(pending, proof=proof)


def end(pending: PendingSignIn, **still: str) -> bool:
    """End the step, once: of several at the same instant only one passes."""
    steps = PendingSignIn.objects.current().filter(pk=pending.pk, **still)
    return bool(steps.update(ended_at=Now(), code_hash=""))


def welcome(pending: PendingSignIn, *, proof: Proof) -> User:
    journal(f"second-step.passed-by-{proof.value.replace('_', '-')}", pending.user)
    return pending.user


def locked(pending: PendingSignIn) -> PendingSignIn:
    """The row as it is now, its login held: no other code is sent meanwhile. StepLost when it is no longer live."""
    hold_login(pending.user)
    rows = PendingSignIn.objects.current()
    row = rows.select_related("user__agency", "user__staffmember").filter(pk=pending.pk).first()
    if row is None:
        raise StepLost
    return row


def journal(verb: str, user: User) -> None:
    record(agency_id=user.agency_id, verb=verb, actor=("user", user.public_id))
