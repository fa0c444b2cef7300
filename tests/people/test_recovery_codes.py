"""Recovery codes: ten on paper, shown once, used once each."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.journal.models import Record
from parvis.mail.models import OutboxMessage
from parvis.people import hashers
from parvis.people.actions import recovery_codes
from parvis.people.actions.codes import CodesClosed, WrongCode
from parvis.people.models import EmailLink, RecoveryCode
from parvis.people.rules import RECOVERY_SIGNS, read_recovery_code, show_recovery_code
from tests.factories import AgencyFactory, ClientFactory, GrantFactory, UserFactory
from tests.web.entrance.cast import text_of


@pytest.fixture
def alice(db):
    user = UserFactory(agency=AgencyFactory(), email="alice@exemple.fr")
    GrantFactory(user=user, client=ClientFactory(agency=user.agency))
    return user


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch):
    monkeypatch.setattr(hashers.Argon2idHasher, "time_cost", 1)
    monkeypatch.setattr(hashers.Argon2idHasher, "memory_cost", 8)


def test_ten_codes_are_shown_once_and_kept_hashed(alice):
    codes = recovery_codes.renew(user=alice)

    assert [code[:3] for code in codes] == [f"{number:02d}-" for number in range(1, 11)]
    assert len({code[3:] for code in codes}) == 10
    assert set(RECOVERY_SIGNS).isdisjoint("01IO")
    kept = list(RecoveryCode.objects.values_list("code_hash", flat=True))
    assert all(code_hash.startswith("argon2$argon2id$") for code_hash in kept)
    assert not any(code[3:].replace("-", "") in code_hash for code in codes for code_hash in kept)
    assert Record.objects.get().verb == "recovery-codes.drawn"


def test_code_serves_once_and_the_address_is_told(alice):
    code = recovery_codes.renew(user=alice)[2]

    assert recovery_codes.use(user=alice, typed=f" {code.lower().replace('-', ' ')} ") == 9
    with pytest.raises(WrongCode):
        recovery_codes.use(user=alice, typed=code)

    message = OutboxMessage.objects.get(kind="recovery-code-used")
    assert message.to_address == "alice@exemple.fr"
    assert Record.objects.filter(verb="recovery-code.used").count() == 1


def test_drawing_codes_is_told_to_the_address_which_may_object(alice):
    codes = recovery_codes.renew(user=alice)

    message = OutboxMessage.objects.get(kind="recovery-codes-drawn")
    assert message.to_address == "alice@exemple.fr"
    assert "Ce n’est pas moi" in text_of(message)
    assert not any(code in text_of(message) for code in codes)
    assert EmailLink.objects.get().purpose == EmailLink.Purpose.NOT_ME


def test_signs_of_another_number_are_wrong(alice):
    codes = recovery_codes.renew(user=alice)

    with pytest.raises(WrongCode):
        recovery_codes.use(user=alice, typed="01" + codes[1][2:])


def test_new_list_stops_the_former(alice):
    former = recovery_codes.renew(user=alice)
    recovery_codes.renew(user=alice)

    with pytest.raises(WrongCode):
        recovery_codes.use(user=alice, typed=former[0])
    assert RecoveryCode.objects.left().filter(user=alice).count() == 10


def test_code_of_somebody_else_is_wrong(alice):
    bob = UserFactory(agency=alice.agency)

    with pytest.raises(WrongCode):
        recovery_codes.use(user=bob, typed=recovery_codes.renew(user=alice)[0])


def test_one_hash_is_computed_whatever_is_typed(alice, monkeypatch):
    code = recovery_codes.renew(user=alice)[0]
    computed = []
    verify = hashers.Argon2idHasher.verify
    monkeypatch.setattr(hashers.Argon2idHasher, "verify", lambda *given: computed.append(1) or verify(*given))

    for typed in ("", "01-AAAA-AAAA", "99-AAAA-AAAA", "\ud800", code):
        computed.clear()
        with contextlib.suppress(WrongCode):
            recovery_codes.use(user=alice, typed=typed)
        assert computed == [1], typed


def test_wrong_codes_are_counted_with_those_of_the_application(alice):
    code = recovery_codes.renew(user=alice)[0]
    for _ in range(4):
        with pytest.raises(WrongCode):
            recovery_codes.use(user=alice, typed="01-AAAA-AAAA")

    for typed in ("01-AAAA-AAAA", code):
        with pytest.raises(CodesClosed):
            recovery_codes.use(user=alice, typed=typed)


def test_busy_server_counts_no_failure(alice, monkeypatch):
    code = recovery_codes.renew(user=alice)[0]

    def busy(*_given, **_named):
        raise hashers.TooBusy

    with monkeypatch.context() as patched:
        patched.setattr(recovery_codes, "is_secret", busy)
        for _ in range(6):
            with pytest.raises(hashers.TooBusy):
                recovery_codes.use(user=alice, typed=code)

    assert recovery_codes.use(user=alice, typed=code) == 9


@given(number=st.integers(1, 10), signs=st.text(RECOVERY_SIGNS, min_size=8, max_size=8))
def test_code_is_read_as_it_is_shown(number, signs):
    assert read_recovery_code(show_recovery_code(number=number, signs=signs)) == (number, signs)


@given(typed=st.text())
def test_anything_typed_is_read_or_refused(typed):
    read = read_recovery_code(typed)

    assert read is None or (1 <= read[0] <= 10 and len(read[1]) == 8)
