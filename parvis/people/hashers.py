"""Argon2id, twice at a time in a process: a queue of sign-ins never takes all the memory of a small server."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.hashers import Argon2PasswordHasher

AT_ONCE = 2
LONGEST_WAIT_SECONDS = 0.7

# A hash of the right shape and cost that no password opens: what is compared when there is nothing to compare.
NO_PASSWORD = f"argon2$argon2id$v=19$m=19456,t=2,p=1${'A' * 22}${'A' * 43}"

slots = threading.BoundedSemaphore(AT_ONCE)


class TooBusy(Exception):
    """Too many passwords are being compared now: the page says so (503) and asks to come back."""

    retry_after_seconds = 2


@contextmanager
def hashing_slot() -> Iterator[None]:
    """Wait for one of the process's places to compute a password hash, 0.7 s at most, or raise `TooBusy`."""
    if not slots.acquire(timeout=LONGEST_WAIT_SECONDS):
        raise TooBusy
    try:
        yield
    finally:
        slots.release()


class Argon2idHasher(Argon2PasswordHasher):
    """Argon2id at 19 MiB, 2 passes, 1 lane (OWASP's second choice); Django's own takes 100 MiB and 8 lanes."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        with hashing_slot():
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with hashing_slot():
            return super().verify(password, encoded)


def hash_secret(secret: str) -> str:
    """Return the Argon2id hash of a password or of a letter's code, in Django's notation."""
    hasher = Argon2idHasher()
    return hasher.encode(secret, hasher.salt())


def is_outdated(encoded: str) -> bool:
    """Whether a hash was made at another cost than today's."""
    return Argon2idHasher().must_update(encoded)


def is_secret(typed: str, *, encoded: str) -> bool:
    """Whether `typed` is the secret of that hash. An empty hash costs as much and is never right."""
    return Argon2idHasher().verify(typed, encoded or NO_PASSWORD) and bool(encoded)
