"""Random public identifiers: what stands in a URL is never a sequence (128 bits)."""

import base64
import secrets

PUBLIC_ID_LENGTH = 26
SIGNS = b"abcdefghijklmnopqrstuvwxyz234567"
# Eight bytes for each sign: all signs are equally likely.
SIGN_OF_BYTE = bytes(SIGNS[byte % len(SIGNS)] for byte in range(256))


def new_public_id() -> str:
    """Return 128 random bits as 26 lower-case base32 signs."""
    return base64.b32encode(secrets.token_bytes(16)).decode("ascii").rstrip("=").lower()


def new_public_ids(count: int) -> list[str]:
    """Return that many public ids, drawn at once: each as unguessable as one alone."""
    drawn = secrets.token_bytes(count * PUBLIC_ID_LENGTH).translate(SIGN_OF_BYTE).decode("ascii")
    return [drawn[start : start + PUBLIC_ID_LENGTH] for start in range(0, len(drawn), PUBLIC_ID_LENGTH)]
