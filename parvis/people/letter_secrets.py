"""The secrets of a letter that a person types: a code, and a key beside it. Only their hashes are kept."""

import secrets

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from parvis.people.rules import CODE_LENGTH

# Base 32 without the signs that an eye takes for another: 0 and O, 1 and I.
KEY_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
KEY_LENGTH = 4
KEY_PURPOSE = "parvis.people.letter_key"


def draw_code() -> str:
    """Six digits; « 000000 » is as likely as any other."""
    return f"{secrets.randbelow(10**CODE_LENGTH):0{CODE_LENGTH}d}"


def draw_key() -> str:
    """Four signs, 20 bits: asked besides the code when somebody tries codes at random."""
    return "".join(secrets.choice(KEY_SIGNS) for _ in range(KEY_LENGTH))


def key_digest(key: str, *, client_id: int, secret: str | None = None) -> str:
    """The keyed digest of a key as typed: four signs alone would be found again by trying them all."""
    signs = "".join(sign for sign in key.upper() if sign in KEY_SIGNS)
    return salted_hmac(KEY_PURPOSE, f"{client_id}:{signs}", secret=secret, algorithm="sha256").hexdigest()


def is_key(typed: str, *, client_id: int, digest: str) -> bool:
    """Whether `typed` is the key of that letter, under the present secret key or a former one."""
    known = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    right = [constant_time_compare(key_digest(typed, client_id=client_id, secret=secret), digest) for secret in known]
    return any(right)
