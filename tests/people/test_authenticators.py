"""The application of codes: added with a code, each code accepted once, a few wrong ones only."""

import pyotp
import pytest

from parvis.journal.models import Record
from parvis.kit.clock import database_now
from parvis.mail.models import OutboxMessage
from parvis.people.actions import authenticators
from parvis.people.actions.codes import CodesClosed, WrongCode
from parvis.people.actions.ways_in import LastFactor, has_factor
from parvis.people.models import Authenticator
from tests.factories import AgencyFactory, ClientFactory, GrantFactory, StaffMemberFactory, UserFactory

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
OTHER = "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"


@pytest.fixture
def alice():
    user = UserFactory(agency=AgencyFactory(), email="alice@exemple.fr")
    GrantFactory(user=user, client=ClientFactory(agency=user.agency))
    return user


@pytest.fixture
def clock(monkeypatch):
    """A clock that tests push: the middle of a half-minute."""
    start = database_now().replace(second=15)
    times = {"now": start}
    monkeypatch.setattr(authenticators, "database_now", lambda: times["now"])
    return times


def code_at(clock, *, half_minutes=0, secret=SECRET):
    return pyotp.TOTP(secret).at(clock["now"], counter_offset=half_minutes)


def added(user, clock, *, secret=SECRET):
    """With the code of the half-minute before, so that the present one may still serve."""
    return authenticators.add(user=user, secret=secret, typed=code_at(clock, half_minutes=-1, secret=secret))


def test_application_is_added_by_its_first_code(alice, clock):
    added(alice, clock)

    assert has_factor(alice)
    assert Authenticator.objects.get().sealed_secret != SECRET
    assert SECRET not in Authenticator.objects.get().sealed_secret
    assert Record.objects.get().verb == "authenticator.added"
    assert OutboxMessage.objects.get().subject == "L’application de codes est ajoutée"


def test_wrong_first_code_adds_nothing(alice, clock):
    with pytest.raises(WrongCode):
        authenticators.add(user=alice, secret=SECRET, typed=code_at(clock, secret=OTHER))

    assert not has_factor(alice)


@pytest.mark.parametrize("half_minutes", [0, 1])
def test_code_of_the_present_or_a_neighbouring_half_minute_is_right(alice, clock, half_minutes):
    added(alice, clock)

    authenticators.use(user=alice, typed=code_at(clock, half_minutes=half_minutes))

    assert Authenticator.objects.get().last_used_at == clock["now"]


@pytest.mark.parametrize("half_minutes", [-2, 2])
def test_older_and_later_codes_are_wrong(alice, clock, half_minutes):
    added(alice, clock)

    with pytest.raises(WrongCode):
        authenticators.use(user=alice, typed=code_at(clock, half_minutes=half_minutes))


def test_code_is_read_as_people_type_it(alice, clock):
    added(alice, clock)
    code = code_at(clock)

    authenticators.use(user=alice, typed=f" {code[:3]}\u00a0{code[3:]} ")


def test_code_serves_once_and_those_before_it_no_more(alice, clock):
    added(alice, clock)
    authenticators.use(user=alice, typed=code_at(clock, half_minutes=1))

    for half_minutes in (1, 0):
        with pytest.raises(WrongCode):
            authenticators.use(user=alice, typed=code_at(clock, half_minutes=half_minutes))


def test_code_that_added_the_application_does_not_sign_in(alice, clock):
    authenticators.add(user=alice, secret=SECRET, typed=code_at(clock))

    with pytest.raises(WrongCode):
        authenticators.use(user=alice, typed=code_at(clock))


def test_five_wrong_codes_close_the_door_even_to_the_right_one(alice, clock):
    added(alice, clock)
    for _ in range(4):
        with pytest.raises(WrongCode) as refusal:
            authenticators.use(user=alice, typed="000000")
        assert not isinstance(refusal.value, CodesClosed)

    for typed in ("000000", code_at(clock)):
        with pytest.raises(CodesClosed, match="Trop de codes faux. Par sécurité, réessayez dans 1\u00a0minute."):
            authenticators.use(user=alice, typed=typed)
    assert Record.objects.filter(verb="second-proof.refused").count() == 5


def test_right_code_starts_the_count_again(alice, clock):
    added(alice, clock)
    for half_minutes in (0, 1):
        for _ in range(4):
            with pytest.raises(WrongCode):
                authenticators.use(user=alice, typed="000000")
        authenticators.use(user=alice, typed=code_at(clock, half_minutes=half_minutes))


def test_login_without_application_is_refused_alike(alice):
    with pytest.raises(WrongCode, match=WrongCode.message):
        authenticators.use(user=alice, typed="000000")


def test_new_telephone_replaces_the_former(alice, clock):
    added(alice, clock)
    added(alice, clock, secret=OTHER)

    with pytest.raises(WrongCode):
        authenticators.use(user=alice, typed=code_at(clock))
    authenticators.use(user=alice, typed=code_at(clock, secret=OTHER))


def test_removed_application_opens_nothing(alice, clock):
    authenticators.remove(user=alice, authenticator=added(alice, clock))

    with pytest.raises(WrongCode):
        authenticators.use(user=alice, typed=code_at(clock))
    assert OutboxMessage.objects.filter(kind="authenticator-removed").count() == 1


def test_staff_keep_one_factor(clock):
    diane = UserFactory(agency=AgencyFactory())
    StaffMemberFactory(agency=diane.agency, user=diane)
    kept = added(diane, clock)

    with pytest.raises(LastFactor, match="Ajoutez d’abord un autre moyen."):
        authenticators.remove(user=diane, authenticator=kept)


def test_address_of_the_qr_code_names_the_agency_and_the_login(alice):
    address = authenticators.address_of(SECRET, user=alice, label="10427835")

    assert address.startswith("otpauth://totp/Cabinet%20des%20Tilleuls:10427835?")
    assert f"secret={SECRET}" in address


def test_secrets_are_drawn_at_length():
    drawn = {authenticators.draw_secret() for _ in range(20)}

    assert len(drawn) == 20
    assert {len(secret) for secret in drawn} == {32}
