"""« Fermer mon accès en ligne »: the login is over, the records stay, post goes on."""

import pytest

from parvis.journal.models import Record
from parvis.mail.models import OutboxMessage
from parvis.people.actions.closing import OfTheAgency, close_own_access
from parvis.people.actions.letters import draw_letter
from parvis.people.backends import LoginBackend
from parvis.people.models import Client, DeliveryChoice, Grant, HouseholdAccess, Passkey, ProfileChange, SignedInSession
from tests.factories import GrantFactory, StaffMemberFactory
from tests.people.factories import HouseholdAccessFactory

pytestmark = pytest.mark.django_db
Kind = DeliveryChoice.Kind


@pytest.fixture
def alice(db):
    return GrantFactory(user__password="secret")


def close(grant):
    close_own_access(user=grant.user, kinds={grant.client_id: [Kind.CALLS]})


def test_login_is_erased_and_opens_nothing_while_the_client_stays(alice):
    SignedInSession.objects.create(
        user=alice.user, session_key="a" * 32, name="Firefox", proof="password", proved_at=alice.started_at
    )
    Passkey.objects.create(
        agency=alice.client.agency,
        user=alice.user,
        name="Téléphone",
        rp_id="testserver",
        credential_id="AAAA",
        public_key="AAAA",
        added_at=alice.started_at,
    )

    close(alice)

    alice.user.refresh_from_db()
    assert LoginBackend().get_user(alice.user_id) is None
    assert (alice.user.is_active, alice.user.password, alice.user.email) == (False, "", "")
    assert not SignedInSession.objects.exists()
    assert not Passkey.objects.exists()
    assert Client.objects.filter(pk=alice.client_id).exists()


def test_household_loses_its_access_at_once(alice):
    access = HouseholdAccessFactory(client=alice.client, given_by=alice.user)

    close(alice)

    access.refresh_from_db()
    assert access.ending == HouseholdAccess.Ending.HOLDER_GONE
    assert LoginBackend().get_user(access.user_id) is None


def test_post_goes_on_and_the_agency_knows(alice):
    close(alice)

    assert ProfileChange.objects.get().subject == ProfileChange.Subject.ACCESS_CLOSED
    assert (DeliveryChoice.objects.get().kind, DeliveryChoice.objects.get().channel) == ("calls", "post")
    assert OutboxMessage.objects.get(kind="access-closed-for-agency").to_address == alice.client.agency.email
    assert OutboxMessage.objects.get(kind="own-access-closed").to_address == alice.user.email
    assert Record.objects.filter(verb="access.closed-by-holder").count() == 1


def test_new_letter_opens_it_again(alice):
    close(alice)

    draw_letter(client=alice.client)

    assert not Grant.objects.filter(client=alice.client, ended_at=None).exists()
    assert alice.client.letters.filter(ended_at=None).count() == 1


def test_access_of_the_staff_is_not_closed_here(alice):
    StaffMemberFactory(agency=alice.client.agency, user=alice.user)

    with pytest.raises(OfTheAgency):
        close(alice)

    assert LoginBackend().get_user(alice.user_id) == alice.user
