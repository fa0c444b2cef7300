"""Random tokens that stand in a short address or in a session: only their digest is stored."""

import hashlib
import secrets

ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
TOKEN_LENGTH = 26


def new_token() -> str:
    """Return 130 random bits as 26 lower-case base32 signs: letters and digits only, so that no relay cuts them."""
    return "".join(secrets.choice(ALPHABET) for _ in range(TOKEN_LENGTH))


def token_digest(token: str) -> str:
    """Return what is stored of a token (SHA-256: 130 random bits need no slow hash)."""
    return hashlib.sha256(token.encode()).hexdigest()


def read_token(typed: str) -> str:
    """Return the token of a pasted address, whatever case or signs the way here added; empty when it is cut."""
    kept = "".join(sign for sign in typed.lower() if sign in ALPHABET)
    return kept if len(kept) == TOKEN_LENGTH else ""
