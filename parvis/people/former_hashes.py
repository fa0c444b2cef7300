"""How the former portal hashed a password: read its notation, compute the same digest again.

Nothing here is stored: the digest is hashed once more with Argon2id (`actions/former.py`).
"""

import base64
import binascii
import dataclasses
import hashlib
import json
import re
from collections.abc import Callable
from typing import Self

import argon2
import bcrypt

LONGEST_SCHEME = 300
# A hash dearer than these would let one sign-in hold the server; no known portal goes so far.
HIGHEST_BCRYPT_COST = 14
MOST_ITERATIONS = 3_000_000
MOST_MEMORY_BYTES = 128 * 1024 * 1024
MOST_LANES = 16
MOST_PASSES = 10
BCRYPT_READS_BYTES = 72


@dataclasses.dataclass(frozen=True, kw_only=True)
class Scheme:
    """Everything of an old hash but its digest. `cost` and `salt` mean what the kind says."""

    kind: str
    digest: str = ""
    cost: tuple[int, ...] = ()
    salt: str = ""
    length: int = 0

    def to_text(self) -> str:
        return json.dumps(dataclasses.asdict(self), separators=(",", ":"))

    @classmethod
    def from_text(cls, text: str) -> Self:
        fields = json.loads(text)
        return cls(**{**fields, "cost": tuple(fields["cost"])})

    def apply_to(self, password: str) -> bytes:
        """Compute what the former portal would have stored for `password`."""
        return KINDS[self.kind](self, password.encode())


class UnknownNotation(ValueError):
    """The old hash has a notation or a cost that cannot be taken over."""


def parse(old_hash: str) -> tuple[Scheme, bytes]:
    """Split an old hash into its scheme and its digest, or raise `UnknownNotation`."""
    for pattern, read in NOTATIONS:
        match = pattern.fullmatch(old_hash.strip())
        if match:
            return read_checked(match, read)
    raise UnknownNotation


def read_checked(match: re.Match[str], read: Callable[[re.Match[str]], tuple[Scheme, bytes]]) -> tuple[Scheme, bytes]:
    try:
        scheme, digest = read(match)
    except (binascii.Error, ValueError) as error:
        raise UnknownNotation from error
    if not is_affordable(scheme) or not digest or len(scheme.to_text()) > LONGEST_SCHEME:
        raise UnknownNotation
    return scheme, digest


def is_affordable(scheme: Scheme) -> bool:
    """Whether one comparison stays within what a sign-in may cost."""
    if scheme.kind == "pbkdf2":
        return 0 < scheme.cost[0] <= MOST_ITERATIONS
    if scheme.kind in ("bcrypt", "bcrypt_sha256"):
        return scheme.cost[0] <= HIGHEST_BCRYPT_COST
    if scheme.kind == "scrypt":
        n, r, p = scheme.cost
        return n > 1 and n & (n - 1) == 0 and 0 < p <= MOST_LANES and 0 < 128 * n * r <= MOST_MEMORY_BYTES
    if scheme.kind == "argon2":
        kibibytes, passes, lanes, _version = scheme.cost
        return kibibytes * 1024 <= MOST_MEMORY_BYTES and 0 < passes <= MOST_PASSES and 0 < lanes <= MOST_LANES
    return True


# What each kind computes


def pbkdf2(scheme: Scheme, password: bytes) -> bytes:
    return hashlib.pbkdf2_hmac(scheme.digest, password, unpack(scheme.salt), scheme.cost[0], scheme.length)


def bcrypt_alone(scheme: Scheme, password: bytes) -> bytes:
    """bcrypt reads 72 bytes and no further; `salt` is its own prefix, « $2b$12$ » and 22 signs."""
    return bcrypt.hashpw(password[:BCRYPT_READS_BYTES], scheme.salt.encode())[len(scheme.salt) :]


def bcrypt_after_sha256(scheme: Scheme, password: bytes) -> bytes:
    return bcrypt_alone(scheme, hashlib.sha256(password).hexdigest().encode())


def scrypt(scheme: Scheme, password: bytes) -> bytes:
    n, r, p = scheme.cost
    return hashlib.scrypt(
        password, salt=unpack(scheme.salt), n=n, r=r, p=p, maxmem=2 * MOST_MEMORY_BYTES, dklen=scheme.length
    )


def argon2_any(scheme: Scheme, password: bytes) -> bytes:
    kibibytes, passes, lanes, version = scheme.cost
    return argon2.low_level.hash_secret_raw(
        password,
        unpack(scheme.salt),
        time_cost=passes,
        memory_cost=kibibytes,
        parallelism=lanes,
        hash_len=scheme.length,
        type=argon2.low_level.Type[scheme.digest],
        version=version,
    )


def salt_then_password(scheme: Scheme, password: bytes) -> bytes:
    return hashlib.new(scheme.digest, unpack(scheme.salt) + password, usedforsecurity=False).digest()


def password_then_salt(scheme: Scheme, password: bytes) -> bytes:
    return hashlib.new(scheme.digest, password + unpack(scheme.salt), usedforsecurity=False).digest()


KINDS: dict[str, Callable[[Scheme, bytes], bytes]] = {
    "pbkdf2": pbkdf2,
    "bcrypt": bcrypt_alone,
    "bcrypt_sha256": bcrypt_after_sha256,
    "scrypt": scrypt,
    "argon2": argon2_any,
    "salt_first": salt_then_password,
    "salt_last": password_then_salt,
}


# How each notation is read


def read_pbkdf2(match: re.Match[str]) -> tuple[Scheme, bytes]:
    """Django: pbkdf2_sha256$iterations$salt$base64. Werkzeug: pbkdf2:sha256:iterations$salt$hexadecimal."""
    written = match["digest_value"]
    digest = bytes.fromhex(written) if match["separator"] == ":" else unpack(written)
    return pbkdf2_scheme(match, salt=match["salt"].encode(), digest=digest)


def read_modular_pbkdf2(match: re.Match[str]) -> tuple[Scheme, bytes]:
    """$pbkdf2-sha256$iterations$salt$digest, in the base64 that writes a dot for a plus."""
    return pbkdf2_scheme(match, salt=from_dotted(match["salt"]), digest=from_dotted(match["digest_value"]))


def pbkdf2_scheme(match: re.Match[str], *, salt: bytes, digest: bytes) -> tuple[Scheme, bytes]:
    scheme = Scheme(
        kind="pbkdf2",
        digest=match["digest"] or "sha1",
        cost=(int(match["iterations"]),),
        salt=pack(salt),
        length=len(digest),
    )
    return scheme, digest


def read_bcrypt(match: re.Match[str]) -> tuple[Scheme, bytes]:
    kind = "bcrypt_sha256" if match["prehash"] == "bcrypt_sha256$" else "bcrypt"
    return Scheme(kind=kind, cost=(int(match["cost"]),), salt=match["prefix"]), match["digest_value"].encode()


def read_scrypt(match: re.Match[str]) -> tuple[Scheme, bytes]:
    digest = unpack(match["digest_value"])
    cost = (int(match["n"]), int(match["r"]), int(match["p"]))
    return Scheme(kind="scrypt", cost=cost, salt=pack(match["salt"].encode()), length=len(digest)), digest


def read_argon2(match: re.Match[str]) -> tuple[Scheme, bytes]:
    digest = unpack(match["digest_value"])
    cost = (int(match["memory"]), int(match["passes"]), int(match["lanes"]), int(match["version"]))
    salt = pack(unpack(match["salt"]))
    return Scheme(kind="argon2", digest=match["variety"].upper(), cost=cost, salt=salt, length=len(digest)), digest


def read_salted(match: re.Match[str]) -> tuple[Scheme, bytes]:
    """Django's sha1$salt$hexadecimal and its likes: the salt comes before the password."""
    salt = pack(match["salt"].encode())
    return Scheme(kind="salt_first", digest=match["digest"], salt=salt), hashed(match, bytes.fromhex(match["value"]))


def read_ldap(match: re.Match[str]) -> tuple[Scheme, bytes]:
    """RFC 2307 and its likes, {SSHA}base64(digest + salt): the salt comes after the password."""
    name = f"sha{match['size'] or '1'}"
    both = unpack(match["value"])
    size = hashlib.new(name, usedforsecurity=False).digest_size
    if len(both) < size:
        raise UnknownNotation
    return Scheme(kind="salt_last", digest=name, salt=pack(both[size:])), both[:size]


def hashed(match: re.Match[str], digest: bytes) -> bytes:
    """The digest, if it has the length of its algorithm."""
    if len(digest) != hashlib.new(match["digest"], usedforsecurity=False).digest_size:
        raise UnknownNotation
    return digest


def pack(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def unpack(text: str) -> bytes:
    """Base64 with or without its padding; anything else raises `binascii.Error`."""
    return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)


def from_dotted(text: str) -> bytes:
    return unpack(text.replace(".", "+"))


NOTATIONS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[Scheme, bytes]]], ...] = (
    (
        re.compile(
            r"pbkdf2(?P<separator>[_:])(?P<digest>sha1|sha256|sha512)[:$](?P<iterations>\d{1,8})"
            r"\$(?P<salt>[^$]*)\$(?P<digest_value>[A-Za-z0-9+/=]+)"
        ),
        read_pbkdf2,
    ),
    (
        re.compile(
            r"\$pbkdf2(?:-(?P<digest>sha1|sha256|sha512))?\$(?P<iterations>\d{1,8})"
            r"\$(?P<salt>[A-Za-z0-9./]*)\$(?P<digest_value>[A-Za-z0-9./]+)"
        ),
        read_modular_pbkdf2,
    ),
    (
        re.compile(
            r"(?P<prehash>bcrypt_sha256\$|bcrypt\$)?(?P<prefix>\$2[abxy]\$(?P<cost>\d\d)\$[A-Za-z0-9./]{22})"
            r"(?P<digest_value>[A-Za-z0-9./]{31})"
        ),
        read_bcrypt,
    ),
    (
        re.compile(r"scrypt\$(?P<n>\d{1,8})\$(?P<salt>[^$]*)\$(?P<r>\d{1,3})\$(?P<p>\d{1,3})\$(?P<digest_value>\S+)"),
        read_scrypt,
    ),
    (
        re.compile(
            r"(?:argon2)?\$argon2(?P<variety>i|d|id)\$v=(?P<version>16|19)\$m=(?P<memory>\d{1,8}),t=(?P<passes>\d{1,3}),"
            r"p=(?P<lanes>\d{1,3})\$(?P<salt>[A-Za-z0-9+/]+)\$(?P<digest_value>[A-Za-z0-9+/]+)"
        ),
        read_argon2,
    ),
    (re.compile(r"(?P<digest>md5|sha1|sha256|sha512)\$(?P<salt>[^$]*)\$(?P<value>[0-9a-fA-F]+)"), read_salted),
    (re.compile(r"\{SSHA(?P<size>256|512)?\}(?P<value>[A-Za-z0-9+/=]+)"), read_ldap),
)
