"""Many at the same instant: a code, a challenge, a code on paper each open once; the last ways in stay."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pyotp
import pytest
from django.db import connection

from parvis.kit.clock import database_now
from parvis.kit.refusals import Refusal
from parvis.people import hashers
from parvis.people.actions import authenticators, passkeys, recovery_codes
from parvis.people.actions.codes import reopen_codes
from parvis.people.actions.passkeys import Expected
from parvis.people.models import Passkey
from tests.factories import AgencyFactory, ClientFactory, GrantFactory, UserFactory
from tests.people.software_authenticator import SoftwareAuthenticator
from tests.people.test_passkeys import PLACE, added

pytestmark = [pytest.mark.load, pytest.mark.django_db(transaction=True)]
TIMES = 8


@pytest.fixture(autouse=True)
def nobody_is_sent_away(monkeypatch):
    """Here the queue for hashes may be as long as the test needs."""
    monkeypatch.setattr(hashers, "LONGEST_WAIT_SECONDS", 60)


@pytest.fixture
def alice():
    user = UserFactory(agency=AgencyFactory(host="testserver"), email="alice@exemple.fr", password="argon2$x")
    GrantFactory(user=user, client=ClientFactory(agency=user.agency))
    return user


def at_once(*gestures):
    """Do them all at the same instant; how many were not refused."""
    start = threading.Barrier(len(gestures))

    def one(gesture):
        start.wait()
        try:
            gesture()
        except Refusal:
            return 0
        finally:
            connection.close()
        return 1

    with ThreadPoolExecutor(len(gestures)) as pool:
        return sum(pool.map(one, gestures))


def test_code_of_an_application_opens_once(alice):
    secret = authenticators.draw_secret()
    shown = pyotp.TOTP(secret)
    authenticators.add(user=alice, secret=secret, typed=shown.at(database_now(), counter_offset=-1))
    code = shown.at(database_now(), counter_offset=1)

    opened = at_once(*[lambda: authenticators.use(user=alice, typed=code)] * TIMES)

    assert opened == 1


def test_code_on_paper_opens_once(alice):
    code = recovery_codes.renew(user=alice)[0]

    opened = at_once(*[lambda: recovery_codes.use(user=alice, typed=code)] * TIMES)

    assert opened == 1
    assert alice.recovery_codes.left().count() == 9


def test_wrong_codes_are_all_counted(alice):
    code = recovery_codes.renew(user=alice)[0]

    at_once(*[lambda: recovery_codes.use(user=alice, typed="01-AAAA-AAAA")] * 5)

    with pytest.raises(Refusal):
        recovery_codes.use(user=alice, typed=code)
    reopen_codes(alice)
    assert recovery_codes.use(user=alice, typed=code) == 9


def test_challenge_is_answered_once_even_by_a_device_that_does_not_count(alice):
    device = SoftwareAuthenticator(signs=None)
    added(alice, device)
    asked = passkeys.ask_for_proof(PLACE)
    answer, expected = device.proves(asked.options), Expected(challenge=asked.challenge, place=PLACE)

    opened = at_once(
        *[lambda: passkeys.prove(answer=answer, expected=expected, host="testserver")] * TIMES,
    )

    assert opened == 1


def test_of_two_last_ways_in_removed_together_one_stays(alice):
    first, second = added(alice, SoftwareAuthenticator()), added(alice, SoftwareAuthenticator())
    alice.set_unusable_password()
    alice.save()

    removed = at_once(
        lambda: passkeys.remove(user=alice, passkey=first), lambda: passkeys.remove(user=alice, passkey=second)
    )

    assert removed == 1
    assert Passkey.objects.count() == 1
