"""A second person of the household: invited, joined, revoked; what stops the holder stops them."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from parvis.mail.models import OutboxMessage
from parvis.people.access import agencies_at, find_holder
from parvis.people.actions import hold, household
from parvis.people.actions.profile_changes import NotTheHolder
from parvis.people.backends import LoginBackend
from parvis.people.models import AccessFreeze, Client, Grant, HouseholdAccess, User, Viewer
from tests.factories import ClientFactory, GrantFactory, StaffMemberFactory
from tests.people.factories import HouseholdAccessFactory

pytestmark = pytest.mark.django_db
GOOD = "Promenade#Bleue41"
Right = HouseholdAccess.Right


@pytest.fixture
def alice(db):
    return GrantFactory()


def invite(grant, email="gaby@exemple.fr", right=Right.READ):
    return household.invite(client=grant.client, by=grant.user, name="Gaby Fontaine", email=email, right=right)


def person_of(grant, **options):
    return HouseholdAccessFactory(client=grant.client, given_by=grant.user, **options)


def opened(access):
    """The viewer that a session of that person opens; none when it is over."""
    user = LoginBackend().get_user(access.user_id)
    return Viewer.of(user) if user else None


def told(kind):
    return sorted(OutboxMessage.objects.filter(kind=kind).values_list("to_address", flat=True))


class TestReading:
    def test_person_reads_the_client_and_its_accounts_and_is_nobody_of_their_own(self, alice):
        viewer = opened(person_of(alice))

        assert viewer.client_ids == viewer.account_client_ids == (alice.client_id,)
        assert (viewer.own_client_ids, viewer.paying_client_ids) == ((), ())

    def test_person_may_be_given_the_right_to_pay(self, alice):
        assert opened(person_of(alice, right=Right.READ_AND_PAY)).paying_client_ids == (alice.client_id,)

    def test_holder_stays_the_login_of_the_client(self, alice):
        access = person_of(alice)
        found = find_holder(agencies=agencies_at(alice.client.agency.host), typed=alice.client.customer_reference)

        assert found.user == alice.user != access.user

    def test_person_signs_in_by_their_courriel(self, alice):
        access = person_of(alice)

        assert find_holder(agencies=agencies_at(access.agency.host), typed=access.email).user == access.user

    def test_client_who_is_also_of_a_household_reads_both_and_owns_one(self, alice):
        bob = GrantFactory(client=ClientFactory(agency=alice.client.agency))
        access = person_of(alice, user=bob.user, email=bob.user.email)

        viewer = opened(access)

        assert viewer.client_ids == (bob.client_id, alice.client_id)
        assert viewer.own_client_ids == (bob.client_id,)

    def test_invitation_that_waits_opens_nothing(self, alice):
        person_of(alice, is_waiting=True)

        assert not HouseholdAccess.objects.in_force().exists()


class TestStopping:
    def freeze(self, grant):
        return AccessFreeze.objects.create(
            agency=grant.client.agency, client=grant.client, trigger="access_opened", frozen_at=timezone.now()
        )

    def test_frozen_holder_stops_the_person_and_reopening_brings_them_back(self, alice):
        access, freeze = person_of(alice), self.freeze(alice)

        while_frozen = (opened(access), find_holder(agencies=agencies_at(alice.client.agency.host), typed=access.email))
        freeze.delete()

        assert while_frozen[0] is None
        assert while_frozen[1].user is None
        assert opened(access).client_ids == (alice.client_id,)

    def test_closed_login_of_the_holder_stops_the_person(self, alice):
        access = person_of(alice)
        User.objects.filter(pk=alice.user_id).update(is_active=False)

        assert opened(access) is None

    def test_client_attached_to_another_login_leaves_the_person_outside(self, alice):
        access = person_of(alice)
        Grant.objects.update(ended_at=timezone.now())
        GrantFactory(client=alice.client)

        assert opened(access) is None

    def test_nightly_job_ends_who_was_invited_by_a_holder_that_is_gone_and_erases_their_secrets(self, alice):
        access = person_of(alice, user__password="secret")
        Grant.objects.update(ended_at=timezone.now())

        assert household.end_orphans() == 1

        access.refresh_from_db()
        assert access.ending == HouseholdAccess.Ending.HOLDER_GONE
        assert (access.user.is_active, access.user.password, access.user.email) == (False, "", "")

    def test_nightly_job_leaves_the_others(self, alice):
        person_of(alice)

        assert household.end_orphans() == 0


class TestInviting:
    def test_person_the_holder_and_nobody_else_are_told(self, alice):
        invite(alice)

        assert told("household-invitation") == ["gaby@exemple.fr"]
        assert told("household-invited") == [alice.user.email]

    def test_link_is_kept_as_a_digest_for_seven_days(self, alice):
        access = invite(alice)

        assert access.expires_at - access.invited_at == dt.timedelta(days=7)
        assert len(access.token_hash) == 64

    def test_second_invitation_to_the_address_replaces_the_first(self, alice):
        first = invite(alice)
        second = invite(alice)

        first.refresh_from_db()
        assert first.ending == HouseholdAccess.Ending.REPLACED
        assert list(HouseholdAccess.objects.open()) == [second]

    def test_who_is_in_is_not_invited_again(self, alice):
        person_of(alice, email="gaby@exemple.fr")

        with pytest.raises(household.AlreadyIn):
            invite(alice)

    def test_sixth_person_is_refused_and_a_place_that_is_left_serves_again(self, alice):
        persons = [person_of(alice, place=place) for place in range(1, 6)]

        with pytest.raises(household.HouseholdFull):
            invite(alice)
        household.revoke(access=persons[2], by=alice.user)

        assert invite(alice).place == 3

    def test_database_refuses_a_sixth_place(self, alice):
        with pytest.raises(IntegrityError), transaction.atomic():
            person_of(alice, place=6)

    def test_own_address_is_refused(self, alice):
        with pytest.raises(household.YourOwnAddress):
            invite(alice, email=alice.user.email.upper())

    def test_nobody_is_invited_while_the_login_is_on_hold(self, alice):
        hold.begin_hold(alice.user)

        with pytest.raises(hold.Held):
            invite(alice)

    def test_person_of_the_household_invites_nobody(self, alice):
        access = person_of(alice)

        with pytest.raises(NotTheHolder):
            household.invite(
                client=alice.client, by=access.user, name="Henri", email="henri@exemple.fr", right=Right.READ
            )


class TestJoining:
    def test_login_of_their_own_is_made_and_all_are_told(self, alice):
        access = invite(alice)

        user = household.accept(access=access, password=GOOD)

        assert (user.email, user.email_confirmed_at is not None) == ("gaby@exemple.fr", True)
        assert not Grant.objects.filter(user=user).exists()
        assert told("household-joined") == [alice.user.email]
        assert told("household-joined-for-agency") == [alice.client.agency.email]

    def test_invitation_serves_once(self, alice):
        access = invite(alice)
        household.accept(access=access, password=GOOD)

        with pytest.raises(household.InvitationOver):
            household.accept(access=access, password=GOOD)

    def test_invitation_too_old_is_over(self, alice):
        access = invite(alice)
        HouseholdAccess.objects.update(
            invited_at=timezone.now() - dt.timedelta(days=8), expires_at=timezone.now() - dt.timedelta(days=1)
        )

        with pytest.raises(household.InvitationOver):
            household.accept(access=access, password=GOOD)

    def test_address_that_opens_a_login_makes_no_second_one(self, alice):
        bob = GrantFactory(client=ClientFactory(agency=alice.client.agency), user__email="gaby@exemple.fr")
        access = invite(alice)

        with pytest.raises(household.AddressHeld):
            household.accept(access=access, password=GOOD)
        household.join(access=access, by=bob.user)

        assert opened(HouseholdAccess.objects.get()).client_ids == (bob.client_id, alice.client_id)

    def test_another_login_does_not_join(self, alice):
        access = invite(alice)
        charlie = GrantFactory(client=ClientFactory(agency=alice.client.agency)).user

        with pytest.raises(household.AddressHeld):
            household.join(access=access, by=charlie)

    def test_staff_do_not_join(self, alice):
        access = invite(alice)
        diane = GrantFactory(client=ClientFactory(agency=alice.client.agency), user__email="gaby@exemple.fr").user
        StaffMemberFactory(agency=alice.client.agency, user=diane)

        with pytest.raises(household.AddressHeld):
            household.join(access=access, by=diane)


class TestEnding:
    def test_revoked_person_reads_nothing_and_their_login_is_erased(self, alice):
        access = person_of(alice)

        household.revoke(access=access, by=alice.user)

        access.user.refresh_from_db()
        assert opened(access) is None
        assert (access.user.is_active, access.user.email) == (False, "")
        assert told("household-ended") == [access.email]
        assert told("household-ended-for-agency") == [alice.client.agency.email]

    def test_login_that_acts_for_somebody_else_stays(self, alice):
        bob = GrantFactory(client=ClientFactory(agency=alice.client.agency))
        access = person_of(alice, user=bob.user, email=bob.user.email)

        household.revoke(access=access, by=alice.user)

        assert opened(access).client_ids == (bob.client_id,)

    def test_only_the_holder_revokes(self, alice):
        access, charlie = person_of(alice), GrantFactory(client=ClientFactory(agency=alice.client.agency)).user

        with pytest.raises(household.InvitationOver):
            household.revoke(access=access, by=charlie)

        assert opened(access)

    def test_person_leaves(self, alice):
        access = person_of(alice)

        household.leave(access=access, by=access.user)

        access.refresh_from_db()
        assert access.ending == HouseholdAccess.Ending.LEFT

    def test_client_itself_is_untouched(self, alice):
        household.revoke(access=person_of(alice), by=alice.user)

        assert Client.objects.visible_to(Viewer.of(alice.user)).get() == alice.client
