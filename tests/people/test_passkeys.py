"""Passkeys: made for one host, proven by their device alone, once for each challenge."""

import dataclasses
import json

import cbor2
import pytest

from parvis.journal.models import Record
from parvis.kit.clock import database_now
from parvis.mail.models import OutboxMessage
from parvis.people.actions import passkeys
from parvis.people.actions.passkeys import (
    AlreadyAdded,
    Expected,
    PasskeyNotAdded,
    PasskeyRefused,
    Place,
    TooManyPasskeys,
)
from parvis.people.actions.ways_in import LastFactor, LastWayIn
from parvis.people.models import Passkey, SocialAccount, User
from tests.factories import AgencyFactory, ClientFactory, GrantFactory, StaffMemberFactory, UserFactory
from tests.people.software_authenticator import PRESENT, SoftwareAuthenticator, text

pytestmark = pytest.mark.django_db
PLACE = Place(rp_id="testserver", origin="http://testserver", name="Cabinet des Tilleuls")


@pytest.fixture
def agency():
    return AgencyFactory(host="testserver")


@pytest.fixture
def alice(agency):
    user = UserFactory(agency=agency, email="alice@exemple.fr", password="argon2$x")
    GrantFactory(user=user, client=ClientFactory(agency=agency))
    return user


@pytest.fixture
def phone():
    return SoftwareAuthenticator()


def added(user, device, *, place=PLACE, name="Téléphone", **changes):
    asked = passkeys.ask_for_new(user=user, place=place, label="10427835")
    answer = device.makes(asked.options, **changes)
    return passkeys.add(user=user, answer=answer, expected=Expected(challenge=asked.challenge, place=place), name=name)


def proven(device, *, place=PLACE, host="testserver", user=None, **changes):
    asked = passkeys.ask_for_proof(place)
    answer = device.proves(asked.options, **changes)
    expected = Expected(challenge=asked.challenge, place=place)
    return passkeys.prove(answer=answer, expected=expected, host=host, user=user)


def test_passkey_is_a_way_in(alice, phone):
    passkey = added(alice, phone)

    assert proven(phone) == alice
    passkey.refresh_from_db()
    assert passkey.sign_count == 1
    assert passkey.last_used_at is not None
    assert passkey.transports == ["hybrid", "internal"]
    assert passkey.is_backed_up


def test_device_that_does_not_count_signs_again_and_again(alice):
    device = SoftwareAuthenticator(signs=None)
    added(alice, device)

    assert [proven(device), proven(device)] == [alice, alice]


def test_options_ask_for_a_discoverable_key_the_holder_verified_and_no_attestation(alice, phone):
    added(alice, phone)

    options = passkeys.ask_for_new(user=alice, place=PLACE, label="10427835").options
    proof = passkeys.ask_for_proof(PLACE).options

    assert options["rp"] == {"id": "testserver", "name": "Cabinet des Tilleuls"}
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == proof["userVerification"] == "required"
    assert options["attestation"] == "none"
    assert [known["id"] for known in options["excludeCredentials"]] == [text(phone.credential_id)]
    assert proof["allowCredentials"] == []


@pytest.mark.parametrize(
    "lie",
    [
        {"origin": "https://testserver.exemple.fr"},
        {"origin": "http://testserver:8000"},
        {"challenge": text(b"x" * 64)},
        {"type": "webauthn.create"},
    ],
)
def test_proof_from_another_page_is_refused(alice, phone, lie):
    added(alice, phone)

    with pytest.raises(PasskeyRefused):
        proven(phone, **lie)


def test_proof_for_another_site_is_refused(alice, phone):
    added(alice, phone)
    phone.rp_id = "exemple.fr"

    with pytest.raises(PasskeyRefused):
        proven(phone)


def test_proof_without_user_verification_is_refused(alice, phone):
    added(alice, phone)
    phone.flags = PRESENT

    with pytest.raises(PasskeyRefused):
        proven(phone)


def test_proof_by_another_key_under_the_same_name_is_refused(alice, phone):
    added(alice, phone)
    thief = SoftwareAuthenticator(credential_id=phone.credential_id, holder=phone.holder)

    with pytest.raises(PasskeyRefused):
        proven(thief)


def test_proof_that_says_another_holder_is_refused(alice, phone):
    added(alice, phone)
    phone.holder = text(UserFactory(agency=alice.agency).public_id.encode())

    with pytest.raises(PasskeyRefused):
        proven(phone)


def test_answer_serves_once(alice, phone):
    added(alice, phone)
    asked = passkeys.ask_for_proof(PLACE)
    answer = phone.proves(asked.options)
    expected = Expected(challenge=asked.challenge, place=PLACE)
    passkeys.prove(answer=answer, expected=expected, host="testserver")

    with pytest.raises(PasskeyRefused):
        passkeys.prove(answer=answer, expected=expected, host="testserver")


def test_passkey_of_somebody_else_is_no_second_step(alice, phone):
    added(alice, phone)
    bob = UserFactory(agency=alice.agency)

    with pytest.raises(PasskeyRefused):
        proven(phone, user=bob)


def test_passkey_opens_nothing_at_the_host_of_another_agency(alice, phone):
    AgencyFactory(host="ailleurs.exemple.fr")
    added(alice, phone)

    with pytest.raises(PasskeyRefused):
        proven(phone, host="ailleurs.exemple.fr")


def test_passkey_made_for_another_host_opens_nothing_here(alice, phone):
    elsewhere = dataclasses.replace(PLACE, rp_id="autre.exemple.fr", origin="https://autre.exemple.fr")
    phone.rp_id, phone.origin = elsewhere.rp_id, elsewhere.origin
    added(alice, phone, place=elsewhere)
    phone.rp_id, phone.origin = PLACE.rp_id, PLACE.origin

    with pytest.raises(PasskeyRefused):
        proven(phone)


def test_passkey_of_a_closed_login_opens_nothing(alice, phone):
    added(alice, phone)
    User.objects.update(is_active=False)

    with pytest.raises(PasskeyRefused):
        proven(phone)


def test_copied_passkey_is_refused_journalled_and_its_holder_told(alice, phone):
    added(alice, phone, name="Clé bleue")
    proven(phone)
    phone.signs = 0

    with pytest.raises(PasskeyRefused):
        proven(phone)

    assert Record.objects.filter(verb="passkey.refused").count() == 1
    assert OutboxMessage.objects.get(kind="passkey-refused").to_address == "alice@exemple.fr"
    assert Passkey.objects.get().sign_count == 1


def test_holder_of_a_copied_passkey_is_told_three_times_a_day_at_most(alice, phone):
    phone.signs = 90
    added(alice, phone)
    phone.signs = 0

    for _ in range(5):
        with pytest.raises(PasskeyRefused):
            proven(phone)

    assert OutboxMessage.objects.filter(kind="passkey-refused").count() == 3
    assert Record.objects.filter(verb="passkey.refused").count() == 5


@pytest.mark.parametrize(
    "lie", [{"origin": "https://autre.exemple.fr"}, {"challenge": text(b"x" * 64)}, {"type": "webauthn.get"}]
)
def test_new_passkey_from_another_page_is_refused(alice, phone, lie):
    with pytest.raises(PasskeyNotAdded):
        added(alice, phone, **lie)

    assert not Passkey.objects.exists()


@pytest.mark.parametrize("change", [{"flags": PRESENT}, {"rp_id": "autre.exemple.fr"}])
def test_new_passkey_without_verification_or_for_another_site_is_refused(alice, change):
    with pytest.raises(PasskeyNotAdded):
        added(alice, SoftwareAuthenticator(**change))


def test_device_is_added_once_whoever_asks(alice, phone):
    added(alice, phone)
    bob = UserFactory(agency=alice.agency)

    for user in (alice, bob):
        with pytest.raises(AlreadyAdded):
            added(user, phone)


def test_twenty_passkeys_at_most(alice, phone, monkeypatch):
    monkeypatch.setattr(passkeys, "MOST_PASSKEYS", 1)
    added(alice, phone)

    with pytest.raises(TooManyPasskeys):
        added(alice, SoftwareAuthenticator())


GARBAGE = ["", "{}", "[]", "null", "\x00", '{"id": 1}', "{" * 5000, '{"id": "é", "rawId": "é", "type": "public-key"}']
BROKEN_RESPONSES = [
    {"clientDataJSON": "é", "authenticatorData": "é", "signature": "é", "userHandle": "é"},
    {"clientDataJSON": "e30", "attestationObject": "oA"},
    {"clientDataJSON": "", "authenticatorData": "", "signature": "", "userHandle": "A"},
]


NO_ANSWERS = [
    *GARBAGE,
    *(json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": each}) for each in BROKEN_RESPONSES),
]


@pytest.mark.parametrize("answer", NO_ANSWERS)
def test_what_is_no_answer_of_a_browser_proves_nothing(answer):
    expected = Expected(challenge=text(bytes(64)), place=PLACE)

    with pytest.raises(PasskeyRefused):
        passkeys.prove(answer=answer, expected=expected, host="testserver")


@pytest.mark.parametrize("answer", NO_ANSWERS)
def test_what_is_no_answer_of_a_browser_adds_nothing(alice, answer):
    expected = Expected(challenge=text(bytes(64)), place=PLACE)

    with pytest.raises(PasskeyNotAdded):
        passkeys.add(user=alice, answer=answer, expected=expected, name="x")


@pytest.mark.parametrize("key", [{}, {1: 2, 3: -7, -1: 9, -2: b"x", -3: b"y"}, {1: 2, 3: -7, -1: 1, -2: 5, -3: 6}, [1]])
def test_device_that_gives_a_key_nobody_can_check_is_refused(alice, phone, key, monkeypatch):
    monkeypatch.setattr(phone, "public_key", lambda: cbor2.dumps(key))

    with pytest.raises(PasskeyNotAdded):
        added(alice, phone)


def test_last_way_in_is_kept(alice, phone):
    passkey = added(alice, phone)
    alice.set_unusable_password()
    alice.save()

    with pytest.raises(LastWayIn):
        passkeys.remove(user=alice, passkey=passkey)

    assert Passkey.objects.exists()


@pytest.mark.parametrize("other", ["passkey", "social"])
def test_passkey_is_removed_when_something_else_opens(alice, phone, other):
    passkey = added(alice, phone)
    alice.set_unusable_password()
    alice.save()
    if other == "passkey":
        added(alice, SoftwareAuthenticator())
    else:
        SocialAccount.objects.create(
            agency=alice.agency, user=alice, provider="google", issuer="i", subject="s", linked_at=database_now()
        )

    passkeys.remove(user=alice, passkey=passkey)

    assert not Passkey.objects.filter(pk=passkey.pk).exists()
    assert OutboxMessage.objects.filter(kind="passkey-removed").count() == 1


def test_staff_keep_one_factor(agency, phone):
    diane = UserFactory(agency=agency, email="diane@exemple.fr", password="argon2$x")
    StaffMemberFactory(agency=agency, user=diane)
    passkey = added(diane, phone)

    with pytest.raises(LastFactor):
        passkeys.remove(user=diane, passkey=passkey)


def test_each_change_is_told_and_journalled(alice, phone):
    passkey = added(alice, phone, name="iPhone de Jeanne")
    passkeys.rename(user=alice, passkey=passkey, name="Tablette")
    passkeys.remove(user=alice, passkey=Passkey.objects.get())

    verbs = list(Record.objects.order_by("position").values_list("verb", flat=True))
    assert verbs == ["passkey.added", "passkey.renamed", "passkey.removed"]
    subjects = list(OutboxMessage.objects.order_by("pk").values_list("subject", flat=True))
    assert "iPhone de Jeanne" in subjects[0]
    assert "Tablette" in subjects[1]
