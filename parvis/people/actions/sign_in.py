"""Signing in, at whichever door: who is it, and where do they go from there?"""

import dataclasses
import enum
import functools
import math
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Now

from parvis.agencies.models import Agency
from parvis.journal.actions import record
from parvis.kit import throttle
from parvis.kit.refusals import Refusal
from parvis.people import access
from parvis.people.actions import first_connection, shield
from parvis.people.actions.doors import FAILURES, DoorClosed
from parvis.people.actions.first_connection import Browser, Started
from parvis.people.actions.former import is_former_password, old_digest
from parvis.people.actions.locks import hold_clients
from parvis.people.hashers import TooBusy, hash_secret, is_outdated, is_secret
from parvis.people.letter_secrets import is_key
from parvis.people.models import Client, FormerPassword, KnownBrowser, Letter, User
from parvis.people.models.entrance import WRONG_TRIES_ALLOWED
from parvis.people.rules import LONGEST_SECRET_TYPED, is_code, normalise_secret
from parvis.people.tokens import token_digest

Opened = TypeVar("Opened")

# A refusal leaves at the next multiple of this, so that its time does not tell which hashes were compared.
ANSWER_EVERY_SECONDS = 0.5
# A refusal that waits holds a thread. So many people stand at the doors of one process, the others are asked to come
# back: whoever floods the doors never takes the threads that answer everybody else.
AT_THE_DOORS = 4
places = threading.BoundedSemaphore(AT_THE_DOORS)


class WrongSecret(Refusal):
    """Nothing opens. The words are the same whether the identifiant exists or not."""

    message = "Identifiant ou mot de passe incorrect."


class KeyMissing(Refusal):
    """Six digits were typed where the key of the letter is wanted too: they opened nothing, and spend no letter."""

    message = "Avec un mot de passe provisoire, il faut aussi la clé imprimée à côté de votre identifiant."


class CodeDead(Refusal):
    """The code of the client's latest letter, but too late: said only to who typed the right one."""

    message = "Votre mot de passe provisoire n’est plus valable."

    def __init__(self, *, is_activated: bool) -> None:
        self.is_activated = is_activated
        super().__init__()


@dataclasses.dataclass(frozen=True, kw_only=True)
class Typed:
    """What a person gave at a door, or their browser for them.

    `letter_token` is that of the short link or QR code they came by, `browser_token` that of a browser known already.
    """

    host: str
    identifier: str
    secret: str = dataclasses.field(repr=False)
    key: str = dataclasses.field(default="", repr=False)
    letter_token: str = dataclasses.field(default="", repr=False)
    browser_token: str = dataclasses.field(default="", repr=False)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Attempt:
    """One try at a door: what was typed, the counter it falls under, the letter whose link led here, if any."""

    typed: Typed
    agencies: list[Agency]
    door: str
    letter: Letter | None
    counted: shield.CountedCode

    @property
    def lacks_key(self) -> bool:
        return self.counted.needs_key and not self.typed.key


class Match(enum.Enum):
    """What the secret turned out to be."""

    OWN = enum.auto()
    FORMER = enum.auto()
    CODE = enum.auto()
    NOTHING = enum.auto()


# What a right secret leads to, here or at another door.
Opening = Callable[[access.Holder, Match, Attempt], Opened]


def sign_in(*, typed: Typed, browser: Browser) -> User | Started:
    """Open the door to whoever knows the secret: their login, or the next step of their first connection.

    Refuses with WrongSecret, CodeDead or DoorClosed; raises TooBusy when too many hashes are being computed.
    """
    return pass_door(typed=typed, opening=functools.partial(enter, browser=browser))


def pass_door(*, typed: Typed, opening: Opening[Opened]) -> Opened:
    """What `opening` makes of the right secret. Every door comes by here: one count, one time, the same words."""
    started = time.monotonic()
    if not places.acquire(blocking=False):
        raise TooBusy
    try:
        return try_door(typed=typed, opening=opening)
    except Refusal:
        hold_answer(since=started)
        raise
    finally:
        places.release()


def hold_answer(*, since: float) -> None:
    """Wait until the next multiple of ANSWER_EVERY_SECONDS."""
    if ANSWER_EVERY_SECONDS:
        spent = time.monotonic() - since
        time.sleep(math.ceil(spent / ANSWER_EVERY_SECONDS) * ANSWER_EVERY_SECONDS - spent)


def try_door(*, typed: Typed, opening: Opening[Opened]) -> Opened:
    """Count the try as a failure, compare, and forget the failures if it was none."""
    agencies = access.agencies_at(typed.host)
    letter = access.letter_of_link(typed.letter_token, identifier=typed.identifier)
    holder = access.find_holder(agencies=agencies, typed=typed.identifier)
    door = access.door_key(agencies=agencies, typed=typed.identifier) + place_of_its_own(holder, typed, letter=letter)
    may_try, wait = throttle.reserve_try(FAILURES, key=door)
    if not may_try:
        raise DoorClosed(wait_seconds=wait)
    is_counted = is_code(typed.secret) and letter is None
    counted = shield.count_code(agencies=agencies, door=door) if is_counted else shield.CountedCode(needs_key=False)
    attempt = Attempt(typed=typed, agencies=agencies, door=door, letter=letter, counted=counted)
    opened = open_or_count(holder, attempt=attempt, wait=wait, opening=opening)
    throttle.forget(FAILURES, door)
    shield.forgive(counted)
    return opened


def place_of_its_own(holder: access.Holder, typed: Typed, *, letter: Letter | None) -> str:
    """Whoever came by a letter's link, or from a browser that the login knows, is counted apart from all others.

    Somebody who only knows the identifiant may close the door to themselves, not to its holder (ASVS 5.0, 6.1.1).
    """
    if letter is not None:
        return f":{letter.public_id}"
    if holder.user is None or not typed.browser_token:
        return ""
    digest = token_digest(typed.browser_token)
    known = KnownBrowser.objects.current().filter(user=holder.user, token_hash=digest).first()
    return f":{known.public_id}" if known else ""


def open_or_count(holder: access.Holder, *, attempt: Attempt, wait: int, opening: Opening[Opened]) -> Opened:
    """Open, or note the refusal. `wait` is how long the door then stays closed."""
    stand_in = access.former_password_like(attempt.door)
    try:
        return open_with(holder, attempt=attempt, stand_in=stand_in, opening=opening)
    except TooBusy:
        throttle.give_back(FAILURES, key=attempt.door)
        shield.take_back(attempt.counted)
        raise
    except CodeDead:
        shield.forgive(attempt.counted)
        raise
    except WrongSecret:
        note_refusal(holder, attempt=attempt)
        if wait:
            raise DoorClosed(wait_seconds=wait) from None
        if attempt.lacks_key:
            raise KeyMissing from None
        raise


def open_with(
    holder: access.Holder, *, attempt: Attempt, stand_in: FormerPassword | None, opening: Opening[Opened]
) -> Opened:
    """Open with the secret, or refuse. `stand_in` makes a refusal as dear as that of a client of the former portal."""
    match = compare(holder, secret=attempt.typed.secret, stand_in=stand_in)
    if match is Match.CODE and not (holder.letter and may_use_code(holder.letter, attempt=attempt)):
        match = Match.NOTHING
    if match is Match.NOTHING:
        raise WrongSecret
    return opening(holder, match, attempt)


def enter(holder: access.Holder, match: Match, attempt: Attempt, *, browser: Browser) -> User | Started:
    """At the doors of the entrance: the login, or the first connection."""
    secret = attempt.typed.secret
    if match is Match.OWN and holder.user is not None:
        return welcome(holder.user, secret=secret)
    if match is Match.FORMER and holder.client is not None:
        return start_with_own_password(holder.client, secret=secret, browser=browser)
    if match is Match.CODE and holder.letter is not None:
        return start_with_letter(holder, letter=holder.letter, attempt=attempt, browser=browser)
    raise WrongSecret


def may_use_code(letter: Letter, *, attempt: Attempt) -> bool:
    """Whether the right code of that letter is enough: it is by its own link, else with its key where one is wanted."""
    if attempt.letter is not None:
        return attempt.letter.pk == letter.pk
    typed_key = attempt.typed.key
    return not attempt.counted.needs_key or is_key(typed_key, client_id=letter.client_id, digest=letter.key_hash)


def compare(holder: access.Holder, *, secret: str, stand_in: FormerPassword | None) -> Match:
    """Compare the secret: with the own or former password (or none), then, if it is 6 digits, with the code (or none).

    The number of Argon2 comparisons depends on what was typed, never on who it names; while clients of the former
    portal remain, whoever is refused has cost one old hash too. A secret longer than any password is compared as an
    empty one.
    """
    typed = secret if len(secret) <= LONGEST_SECRET_TYPED and "\x00" not in secret else ""
    own = compare_password(holder, secret=typed)
    if own is Match.NOTHING and holder.former is None and stand_in is not None:
        old_digest(typed, former=stand_in)
    is_right_code = is_code(typed) and is_secret(typed, encoded=holder.letter.code_hash if holder.letter else "")
    if own is not Match.NOTHING:
        return own
    return Match.CODE if is_right_code else Match.NOTHING


def compare_password(holder: access.Holder, *, secret: str) -> Match:
    if holder.user is None and holder.former is not None:
        return Match.FORMER if is_former_password(secret, former=holder.former) else Match.NOTHING
    known = holder.user.password if holder.user is not None and holder.user.has_usable_password() else ""
    return Match.OWN if is_secret(normalise_secret(secret), encoded=known) else Match.NOTHING


def welcome(user: User, *, secret: str) -> User:
    """Journal the sign-in; hash the password again if today's cost is another than when it was chosen."""
    if is_outdated(user.password):
        user.password = hash_secret(normalise_secret(secret))
        user.save(update_fields=["password"])
    record(agency_id=user.agency_id, verb="sign-in.succeeded", actor=("user", user.public_id))
    return user


def start_with_own_password(client: Client, *, secret: str, browser: Browser) -> Started:
    own_password_hash = hash_secret(normalise_secret(secret))
    with transaction.atomic():
        return first_connection.begin(client=client, own_password_hash=own_password_hash, browser=browser)


@transaction.atomic
def start_with_letter(holder: access.Holder, *, letter: Letter, attempt: Attempt, browser: Browser) -> Started:
    hold_clients([letter.client_id])
    use_code(holder, letter=letter, attempt=attempt)
    return first_connection.begin(client=letter.client, own_password_hash="", browser=browser)


def use_code(holder: access.Holder, *, letter: Letter, attempt: Attempt) -> None:
    """Count the use of the right code; CodeDead when its letter has ended or its 30 days are over."""
    letters = Letter.objects.usable_by_link() if attempt.letter else Letter.objects.usable_by_code()
    alive = letters.filter(pk=letter.pk).update(uses=F("uses") + 1)
    if holder.user is not None or not alive:
        raise CodeDead(is_activated=holder.user is not None)


def count_wrong_try(letter: Letter | None, *, by_link: bool) -> None:
    """Count a wrong code against the letter, if any; five close that way to it, and both ways closed end it.

    One statement, so that none is lost. Codes typed by others never close the letter's own link.
    """
    tries, others = ("link_wrong_tries", "wrong_tries") if by_link else ("wrong_tries", "link_wrong_tries")
    last = Q(**{f"{tries}__gte": WRONG_TRIES_ALLOWED - 1, f"{others}__gte": WRONG_TRIES_ALLOWED})
    open_letters = Letter.objects.usable_by_link() if by_link else Letter.objects.usable_by_code()
    open_letters.filter(pk=letter.pk if letter else 0).update(
        **{tries: F(tries) + 1},
        ended_at=Case(When(last, then=Now()), default=None),
        ending=Case(When(last, then=Value(Letter.Ending.TRIES)), default=Value("")),
    )


@transaction.atomic
def note_refusal(holder: access.Holder, *, attempt: Attempt) -> None:
    """Count a wrong code, journal the wrong secret. Also for an identifiant of nobody: silence takes the same time."""
    agency_id = attempt.agencies[0].pk if attempt.agencies else 0
    if is_code(attempt.typed.secret) and not attempt.lacks_key:
        count_wrong_try(holder.letter if holder.user is None else None, by_link=attempt.letter is not None)
    subject = ("", "")
    if holder.client is not None:
        agency_id, subject = holder.client.agency_id, ("client", holder.client.public_id)
    elif holder.user is not None:
        agency_id, subject = holder.user.agency_id, ("user", holder.user.public_id)
    if agency_id:
        record(agency_id=agency_id, verb="sign-in.refused", subject=subject)
