"""Passkeys (WebAuthn): made by a device for one host, then a way in without a password.

A challenge answers once. User verification is always asked: the device knows its holder (fingerprint, face, code).
"""

import dataclasses
import json
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from django.db import IntegrityError, transaction
from django.db.models import Q
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    decode_credential_public_key,
    decoded_public_key_to_cryptography,
    options_to_json_dict,
    parse_authentication_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AttestationFormat,
    AuthenticationCredential,
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from parvis.journal.actions import record
from parvis.kit import throttle
from parvis.kit.clock import database_now
from parvis.kit.refusals import Refusal
from parvis.mail.actions import queue_written
from parvis.people import emails
from parvis.people.access import agencies_at, logins_at
from parvis.people.actions import objections
from parvis.people.actions.locks import hold_login
from parvis.people.actions.ways_in import keep_a_factor, keep_a_way_in
from parvis.people.models import AccessFreeze, Passkey, User

Options = dict[str, Any]  # Any: what the browser's interface takes, as JSON

CHALLENGE_LASTS_SECONDS = 300
ONCE = throttle.Limit(name="passkey-challenge", allowed=1, seconds=2 * CHALLENGE_LASTS_SECONDS)
WARNINGS_OF_A_DAY = throttle.Limit(name="passkey-warning", allowed=3, seconds=24 * 3600)
MOST_PASSKEYS = 20
NAME_LENGTH = 60
TRANSPORTS = frozenset(kind.value for kind in AuthenticatorTransport)
# What the library lets rise from bytes that are no answer of a browser.
MALFORMED = (
    WebAuthnException,
    UnsupportedAlgorithm,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    RecursionError,
)


class PasskeyRefused(Refusal):
    """Whatever is amiss with an answer: the page never says what."""

    message = "Votre appareil n’a pas été reconnu. Réessayez, ou connectez-vous autrement."


class PasskeyNotAdded(Refusal):
    message = "La clé d’accès n’est pas ajoutée. Réessayez."


class AlreadyAdded(Refusal):
    message = "Cet appareil a déjà une clé d’accès."


class TooManyPasskeys(Refusal):
    message = f"Vous avez déjà {MOST_PASSKEYS}\u00a0clés d’accès. Supprimez-en une d’abord."


@dataclasses.dataclass(frozen=True, kw_only=True)
class Place:
    """The site as a passkey knows it: the host that it is made for, the origin of the pages, whose portal it is."""

    rp_id: str
    origin: str
    name: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Expected:
    """What an answer must fit: the challenge that this browser was given, and where."""

    challenge: str
    place: Place


@dataclasses.dataclass(frozen=True, kw_only=True)
class Asked:
    """What the browser is asked, and the challenge to remember."""

    options: Options
    challenge: str


def asked(options: Options) -> Asked:
    return Asked(options=options, challenge=options["challenge"])


def ask_for_new(*, user: User, place: Place, label: str) -> Asked:
    """Ask a device for a passkey of that login; one that has made one here already is left out.

    `label` is how the device will name the account to its holder.
    """
    known = Passkey.objects.filter(user=user).at(place.rp_id)
    options = generate_registration_options(
        rp_id=place.rp_id,
        rp_name=place.name,
        user_id=user.public_id.encode(),
        user_name=label,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(row.credential_id)) for row in known],
        timeout=1000 * CHALLENGE_LASTS_SECONDS,
    )
    return asked(options_to_json_dict(options))


def ask_for_proof(place: Place) -> Asked:
    """Ask a device for any passkey that it has for this host: it says whose it is."""
    options = generate_authentication_options(
        rp_id=place.rp_id,
        user_verification=UserVerificationRequirement.REQUIRED,
        timeout=1000 * CHALLENGE_LASTS_SECONDS,
    )
    return asked(options_to_json_dict(options))


def add(*, user: User, answer: str, expected: Expected, name: str) -> Passkey:
    """Keep the passkey that a device made, and tell the login's address.

    Refuses an answer that does not fit (`PasskeyNotAdded`), a device that has one here, a twenty-first passkey.
    """
    answer_once(expected)
    made = verified_new(answer, expected=expected)
    try:
        return keep(made, user=user, place=expected.place, name=name, transports=transports_in(answer))
    except IntegrityError:
        raise AlreadyAdded from None


@transaction.atomic
def keep(made: VerifiedRegistration, *, user: User, place: Place, name: str, transports: list[str]) -> Passkey:
    hold_login(user)
    if Passkey.objects.filter(user=user).count() >= MOST_PASSKEYS:
        raise TooManyPasskeys
    now = database_now()
    passkey = Passkey.objects.create(
        agency_id=user.agency_id,
        user=user,
        name=name.strip()[:NAME_LENGTH] or "Clé d’accès",
        rp_id=place.rp_id,
        credential_id=bytes_to_base64url(made.credential_id),
        public_key=bytes_to_base64url(made.credential_public_key),
        sign_count=made.sign_count,
        transports=transports,
        is_backed_up=made.credential_backed_up,
        added_at=now,
    )
    tell_changed(user, passkey, is_added=True)
    journal("passkey.added", passkey, user=user)
    return passkey


def verified_new(answer: str, *, expected: Expected) -> VerifiedRegistration:
    """Check what the device made, and that its key is one that this site can check signatures with."""
    try:
        made = verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(expected.challenge),
            expected_rp_id=expected.place.rp_id,
            expected_origin=expected.place.origin,
            require_user_verification=True,
        )
        decoded_public_key_to_cryptography(decode_credential_public_key(made.credential_public_key))
    except MALFORMED:
        raise PasskeyNotAdded from None
    if made.fmt not in (AttestationFormat.NONE, AttestationFormat.PACKED):
        raise PasskeyNotAdded  # no other one was asked for
    return made


def transports_in(answer: str) -> list[str]:
    """How the browser says that the device is reached: « internal », « usb »… A hint, kept as such."""
    said = json.loads(answer)["response"].get("transports")
    return (
        sorted(TRANSPORTS.intersection(one for one in said if isinstance(one, str))) if isinstance(said, list) else []
    )


def prove(*, answer: str, expected: Expected, host: str, user: User | None = None) -> User:
    """The open login of this host whose passkey answered; `user` when it must be that one.

    Refuses (`PasskeyRefused`) an answer to another challenge, origin or host, without user verification, a second
    time, of an unknown passkey, and one that signed less often than before: it may have been copied.
    """
    answer_once(expected)
    passkey = passkey_of(answer, rp_id=expected.place.rp_id, host=host)
    if user is not None and passkey.user_id != user.pk:
        raise PasskeyRefused
    verified = verified_proof(answer, passkey=passkey, expected=expected)
    if not count(passkey, verified=verified):
        warn_of_copy(passkey)
        raise PasskeyRefused
    return passkey.user


def passkey_of(answer: str, *, rp_id: str, host: str) -> Passkey:
    """The passkey that the answer names, of an open login at this host; it must say whose it is, rightly."""
    named = read_proof(answer)
    rows = Passkey.objects.at(rp_id).filter(credential_id=named.id, user__in=logins_at(agencies_at(host)))
    passkey = rows.select_related("user__agency", "user__staffmember").first()
    if passkey is None or named.response.user_handle != passkey.user.public_id.encode():
        raise PasskeyRefused
    return passkey


def read_proof(answer: str) -> AuthenticationCredential:
    try:
        return parse_authentication_credential_json(answer)
    except MALFORMED:
        raise PasskeyRefused from None


def verified_proof(answer: str, *, passkey: Passkey, expected: Expected) -> VerifiedAuthentication:
    """Check the signature. How often the passkey signed is compared afterwards, by `count`, in one statement."""
    try:
        return verify_authentication_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(expected.challenge),
            expected_rp_id=passkey.rp_id,
            expected_origin=expected.place.origin,
            credential_public_key=base64url_to_bytes(passkey.public_key),
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    except MALFORMED:
        raise PasskeyRefused from None


def answer_once(expected: Expected) -> None:
    """Of two answers to one challenge at the same instant, only one passes."""
    if not expected.challenge or throttle.admit(ONCE, key=expected.challenge):
        raise PasskeyRefused


def count(passkey: Passkey, *, verified: VerifiedAuthentication) -> bool:
    """Note the use, unless the passkey signed less often than before. Devices that do not count always say 0."""
    signed = verified.new_sign_count
    grown = Q(sign_count__lt=signed) if signed else Q(sign_count=0)
    used = Passkey.objects.filter(grown, pk=passkey.pk).update(
        sign_count=signed, is_backed_up=verified.credential_backed_up, last_used_at=database_now()
    )
    return bool(used)


@transaction.atomic
def warn_of_copy(passkey: Passkey) -> None:
    """Journal the refused passkey and tell its holder, three times a day at most."""
    user = passkey.user
    if user.email and not throttle.admit(WARNINGS_OF_A_DAY, key=str(passkey.pk)):
        url = objections.of_login(user, trigger=AccessFreeze.Trigger.FACTOR_CHANGED, email=user.email)
        written = emails.passkey_refused(user=user, name=passkey.name, at=database_now(), not_me_url=url)
        queue_written(agency=user.agency, kind="passkey-refused", to_address=user.email, written=written)
    record(
        agency_id=user.agency_id,
        verb="passkey.refused",
        subject=("passkey", passkey.public_id),
    )


@transaction.atomic
def rename(*, user: User, passkey: Passkey, name: str) -> None:
    """Give the passkey the name by which its holder knows the device."""
    if Passkey.objects.filter(pk=passkey.pk, user=user).update(name=name.strip()[:NAME_LENGTH] or passkey.name):
        journal("passkey.renamed", passkey, user=user)


@transaction.atomic
def remove(*, user: User, passkey: Passkey) -> None:
    """Forget the passkey, and tell the login's address. Refuses the last way in, the last factor of the staff."""
    keep_a_way_in(user, without=passkey)
    keep_a_factor(user, without=passkey)
    if Passkey.objects.filter(pk=passkey.pk, user=user).delete()[0]:
        tell_changed(user, passkey, is_added=False)
        journal("passkey.removed", passkey, user=user)


def tell_changed(user: User, passkey: Passkey, *, is_added: bool) -> None:
    if user.email:
        factor = f"La clé d’accès «\u00a0{passkey.name}\u00a0»"
        url = objections.of_login(user, trigger=AccessFreeze.Trigger.FACTOR_CHANGED, email=user.email)
        written = emails.factor_changed(user=user, factor=factor, is_added=is_added, at=database_now(), not_me_url=url)
        kind = "passkey-added" if is_added else "passkey-removed"
        queue_written(agency=user.agency, kind=kind, to_address=user.email, written=written)


def journal(verb: str, passkey: Passkey, *, user: User) -> None:
    record(
        agency_id=user.agency_id,
        verb=verb,
        actor=("user", user.public_id),
        subject=("passkey", passkey.public_id),
    )
