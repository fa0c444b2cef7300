"""Passwords of the former portal: taken over at the import, opened once, then replaced by our own hash."""

import base64
import dataclasses

from parvis.kit.refusals import Refusal
from parvis.people import former_hashes
from parvis.people.hashers import hash_secret, hashing_slot, is_secret
from parvis.people.models import FormerPassword


class FormerHashRefused(Refusal):
    """The notation of an old hash is not one that can be taken over."""

    message = (
        "Cette empreinte de mot de passe n’est pas reconnue. Formats acceptés : ceux de Django, bcrypt, PBKDF2, "
        "SHA salé (sha256$sel$hexadécimal ou {SSHA})."
    )


@dataclasses.dataclass(frozen=True)
class WrappedHash:
    """The two columns of `FormerPassword`."""

    scheme: str
    wrapped: str


def wrap_former_hash(old_hash: str) -> WrappedHash:
    """Hash an old hash with Argon2id, so that no row ever holds a weaker one alone. Costs some 25 ms.

    Refuses (`FormerHashRefused`) a notation that is not known, or dearer than a sign-in may be.
    """
    try:
        scheme, digest = former_hashes.parse(old_hash)
    except former_hashes.UnknownNotation as error:
        raise FormerHashRefused from error
    return WrappedHash(scheme=scheme.to_text(), wrapped=hash_secret(as_secret(digest)))


def is_former_password(typed: str, *, former: FormerPassword) -> bool:
    """Whether `typed` is the password of the former portal. Costs the old hash, then one Argon2id."""
    return is_secret(as_secret(old_digest(typed, former=former)), encoded=former.wrapped)


def old_digest(typed: str, *, former: FormerPassword) -> bytes:
    """What the former portal would have made of `typed` for that client; may be dear."""
    scheme = former_hashes.Scheme.from_text(former.scheme)
    with hashing_slot():
        return scheme.apply_to(typed)


def as_secret(digest: bytes) -> str:
    return base64.b64encode(digest).decode()
