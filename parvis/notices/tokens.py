"""The token of a « ne plus recevoir » link: which login, which kind, sealed so that nobody can make another's."""

import base64
import binascii

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from parvis.kit.sealing import keys
from parvis.notices.models import Notice

PURPOSE = "unsubscribe"
LOGIN_BYTES = 5
TOKEN_LENGTH = 36
KIND_OF_BYTE = {
    1: Notice.Kind.DOCUMENT,
    2: Notice.Kind.DUE,
    3: Notice.Kind.INTERVENTION,
    4: Notice.Kind.MEETING,
    5: Notice.Kind.APPLICATION,
    6: Notice.Kind.MESSAGE,
}
BYTE_OF_KIND = {kind: byte for byte, kind in KIND_OF_BYTE.items()}


def unsubscribe_token(*, user_id: int, kind: str) -> str:
    """36 lower-case letters and digits, always the same ones: a message sent twice is the same message."""
    plain = user_id.to_bytes(LOGIN_BYTES, "big") + bytes([BYTE_OF_KIND[Notice.Kind(kind)]])
    sealed = boxes()[0].encrypt(plain, None)
    return base64.b32encode(sealed).decode("ascii").rstrip("=").lower()


def read_unsubscribe_token(token: str) -> tuple[int, Notice.Kind] | None:
    """The login and the kind of a token of ours, under the present secret key or a former one."""
    for box in boxes():
        try:
            plain = box.decrypt(base64.b32decode(token.upper() + "=" * (-len(token) % 8)), None)
        except (InvalidTag, binascii.Error, ValueError):
            continue
        return int.from_bytes(plain[:LOGIN_BYTES], "big"), KIND_OF_BYTE[plain[-1]]
    return None


def boxes() -> list[AESSIV]:
    return [AESSIV(base64.urlsafe_b64decode(key)) for key in keys(PURPOSE)]
