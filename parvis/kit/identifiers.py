"""Random public identifiers: what stands in a URL is never a sequence (128 bits)."""

import base64
import secrets

PUBLIC_ID_LENGTH = 26


def new_public_id() -> str:
    """Return 128 random bits as 26 lower-case base32 signs."""
    return base64.b32encode(secrets.token_bytes(16)).decode("ascii").rstrip("=").lower()
