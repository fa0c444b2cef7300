"""A password of the former portal opens here, whatever its notation, and is never stored under a weak hash."""

import base64
import hashlib

import bcrypt
import pytest
from django.contrib.auth import hashers

from parvis.people.actions.former import FormerHashRefused, is_former_password, wrap_former_hash
from parvis.people.models import FormerPassword

PASSWORD = "Été-2019, rue des Lilas"
SALT = "q7Rk2mWz"


def ssha(name, salt=b"sel!"):
    return base64.b64encode(hashlib.new(name, PASSWORD.encode() + salt).digest() + salt).decode()


def dotted(raw):
    return base64.b64encode(raw).decode().rstrip("=").replace("+", ".")


def modular_pbkdf2(name):
    digest = hashlib.pbkdf2_hmac(name, PASSWORD.encode(), b"\xfb\xff salt", 1200)
    return "$".join(["", f"pbkdf2-{name}", "1200", dotted(b"\xfb\xff salt"), dotted(digest)])


OLD_HASHES = {
    "django pbkdf2_sha256": hashers.PBKDF2PasswordHasher().encode(PASSWORD, SALT, 1200),
    "django pbkdf2_sha1": hashers.PBKDF2SHA1PasswordHasher().encode(PASSWORD, SALT, 1200),
    "django argon2": hashers.Argon2PasswordHasher().encode(PASSWORD, SALT),
    "django bcrypt": hashers.BCryptPasswordHasher().encode(PASSWORD, bcrypt.gensalt(4)),
    "django bcrypt_sha256": hashers.BCryptSHA256PasswordHasher().encode(PASSWORD, bcrypt.gensalt(4)),
    "django scrypt": hashers.ScryptPasswordHasher().encode(PASSWORD, SALT, n=1024),
    "django md5": hashers.MD5PasswordHasher().encode(PASSWORD, SALT),
    "django sha1": f"sha1${SALT}${hashlib.sha1((SALT + PASSWORD).encode(), usedforsecurity=False).hexdigest()}",
    "sha256": f"sha256${SALT}${hashlib.sha256((SALT + PASSWORD).encode()).hexdigest()}",
    "sha512": f"sha512${SALT}${hashlib.sha512((SALT + PASSWORD).encode()).hexdigest().upper()}",
    "php bcrypt": bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode().replace("$2b$", "$2y$"),
    "werkzeug pbkdf2": "pbkdf2:sha256:1200$"
    + SALT
    + "$"
    + hashlib.pbkdf2_hmac("sha256", PASSWORD.encode(), SALT.encode(), 1200).hex(),
    "modular pbkdf2": modular_pbkdf2("sha512"),
    "ldap sha1": "{SSHA}" + ssha("sha1"),
    "ldap sha256": "{SSHA256}" + ssha("sha256"),
    "ldap sha512": "{SSHA512}" + ssha("sha512"),
}


@pytest.mark.parametrize("notation", OLD_HASHES)
def test_password_of_the_former_portal_opens_and_no_other_does(notation):
    wrapped = wrap_former_hash(OLD_HASHES[notation])

    former = FormerPassword(scheme=wrapped.scheme, wrapped=wrapped.wrapped)

    assert is_former_password(PASSWORD, former=former)
    assert not is_former_password(PASSWORD + " ", former=former)


@pytest.mark.parametrize("notation", OLD_HASHES)
def test_no_row_holds_the_old_digest(notation):
    old_hash = OLD_HASHES[notation]

    wrapped = wrap_former_hash(old_hash)

    assert wrapped.wrapped.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    digest = old_hash.rpartition("$")[2] if "$" in old_hash else old_hash.partition("}")[2][:20]
    assert digest[-31:] not in wrapped.scheme + wrapped.wrapped


@pytest.mark.parametrize(
    "old_hash",
    [
        "",
        "motdepasse",
        "5f4dcc3b5aa765d61d8327deb882cf99",
        "$6$rounds=5000$sel$x",
        "pbkdf2_sha256$1200$sel$",
        "pbkdf2_sha256$99999999$sel$" + "A" * 44,
        "$2b$31$" + "a" * 53,
        "scrypt$8388608$sel$8$1$" + "A" * 88,
        "scrypt$1000$sel$8$1$" + "A" * 88,
        "argon2$argon2id$v=19$m=9999999,t=2,p=1$" + "A" * 22 + "$" + "A" * 43,
        "sha256$sel$abcd",
        "{SSHA}AAAA",
        "sha1$" + "s" * 300 + "$" + "a" * 40,
    ],
)
def test_unknown_or_ruinous_notation_is_refused_in_french(old_hash):
    with pytest.raises(FormerHashRefused) as refusal:
        wrap_former_hash(old_hash)

    assert "n’est pas reconnue" in refusal.value.message


def test_bcrypt_reads_a_long_password_as_the_former_portal_did():
    password = "é" * 40 + "fin"
    wrapped = wrap_former_hash(bcrypt.hashpw(password.encode()[:72], bcrypt.gensalt(4)).decode())

    former = FormerPassword(scheme=wrapped.scheme, wrapped=wrapped.wrapped)

    assert is_former_password(password, former=former)
