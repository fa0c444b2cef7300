"""Passwords of the former portal, in the notations it used over the years."""

import base64
import hashlib

import bcrypt

from parvis.demo import dice
from parvis.demo.cast import Client

FIRST_WORDS = ("Tournesol", "Cerise", "Ardoise", "Marelle")
SECOND_WORDS = ("horloge", "boussole", "lanterne", "girouette")
SIGNS = "!?*+="
ITERATIONS = 60_000
BCRYPT_COST = 6
BCRYPT_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def own_password(reference: str) -> str:
    """The password that this person had chosen, on the former portal or here."""
    first, second = dice.pick(FIRST_WORDS, reference, 1), dice.pick(SECOND_WORDS, reference, 2)
    return f"{first}-{second}{dice.between(1000, 9999, reference, 'digits')}{dice.pick(SIGNS, reference, 'sign')}"


def former_hash(client: Client) -> str:
    """That password as the former portal kept it: PBKDF2, bcrypt, or SHA with a salt."""
    password, salt = own_password(client.reference).encode(), salt_of(client)
    notations = (pbkdf2, bcrypted, salted_sha256, salted_sha1_of_ldap)
    return dice.pick(notations, client.reference, "notation")(password, salt)


def salt_of(client: Client) -> str:
    return "".join(dice.pick(BCRYPT_ALPHABET, client.reference, "salt", rank) for rank in range(16))


def pbkdf2(password: bytes, salt: str) -> str:
    digest = hashlib.pbkdf2_hmac("sha256", password, salt.encode(), ITERATIONS)
    return f"pbkdf2_sha256${ITERATIONS}${salt}${base64.b64encode(digest).decode()}"


def bcrypted(password: bytes, salt: str) -> str:
    return bcrypt.hashpw(password, f"$2b${BCRYPT_COST:02d}${salt}AAAAAO".encode()).decode()


def salted_sha256(password: bytes, salt: str) -> str:
    return f"sha256${salt}${hashlib.sha256(salt.encode() + password).hexdigest()}"


def salted_sha1_of_ldap(password: bytes, salt: str) -> str:
    digest = hashlib.sha1(password + salt.encode(), usedforsecurity=False).digest()
    return "{SSHA}" + base64.b64encode(digest + salt.encode()).decode()
