"""Text sealed with the secret key: what a copy of the database alone must not tell."""

import base64
from collections.abc import Iterator

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def seal(text: str, *, purpose: str) -> str:
    """Encrypt and authenticate `text`; only `unseal` with the same purpose opens it."""
    return box(purpose).encrypt(text.encode()).decode("ascii")


def unseal(sealed: str, *, purpose: str) -> str:
    """Return what was sealed, under the present secret key or one of its fallbacks.

    Raises `cryptography.fernet.InvalidToken` when the text was altered or sealed for another purpose.
    """
    return box(purpose).decrypt(sealed.encode("ascii")).decode()


def reseal(sealed: str, *, purpose: str) -> str:
    """Seal again under the present secret key what it, or a former one, sealed. Raises as `unseal` does."""
    return box(purpose).rotate(sealed.encode("ascii")).decode("ascii")


def box(purpose: str) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys(purpose)])


def keys(purpose: str) -> Iterator[bytes]:
    """One key for each secret key, the present one first; a purpose never shares its key."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"parvis {purpose}".encode())
        yield base64.urlsafe_b64encode(derivation.derive(secret.encode()))
