"""Whom a session still opens for."""

import datetime as dt

import pytest
from django.utils import timezone

from parvis.kit.days import paris_day
from parvis.people.access import agencies_at, find_holder
from parvis.people.backends import LoginBackend, SessionStore
from parvis.people.models import Viewer
from tests.factories import ClientFactory, GrantFactory, StaffMemberFactory, UserFactory

pytestmark = pytest.mark.django_db

TODAY = paris_day(timezone.now())


def diane(*, left_on=None):
    user = UserFactory(email="diane@exemple.fr")
    StaffMemberFactory(agency=user.agency, user=user, left_on=left_on)
    return user


def found_by_courriel(user):
    return find_holder(agencies=agencies_at(user.agency.host), typed=user.email).user


def test_member_of_staff_opens_the_pages_of_staff():
    user = diane(left_on=TODAY + dt.timedelta(days=1))

    assert Viewer.of(LoginBackend().get_user(user.pk)).is_staff
    assert found_by_courriel(user) == user


def test_who_left_the_agency_opens_nothing_any_more():
    user = diane(left_on=TODAY)

    assert LoginBackend().get_user(user.pk) is None
    assert found_by_courriel(user) is None


def test_who_left_the_agency_and_owns_a_flat_comes_in_as_a_client():
    user = diane(left_on=TODAY)
    GrantFactory(user=user, client__agency=user.agency)

    opened = LoginBackend().get_user(user.pk)

    assert not Viewer.of(opened).is_staff
    assert found_by_courriel(user) == user


def test_closed_client_with_a_login_comes_in_by_either_door():
    grant = GrantFactory(client__closed_on=TODAY)
    agencies = agencies_at(grant.client.agency.host)

    assert find_holder(agencies=agencies, typed=grant.client.customer_reference).user == grant.user
    assert LoginBackend().get_user(grant.user_id) == grant.user


def test_closed_client_who_never_came_starts_nothing():
    client = ClientFactory(closed_on=TODAY)

    holder = find_holder(agencies=agencies_at(client.agency.host), typed=client.customer_reference)

    assert (holder.client, holder.letter) == (None, None)


@pytest.mark.parametrize("key", ["\x00" * 10, "A" * 32, "a" * 33, "é" * 32])
def test_session_key_that_this_site_cannot_have_given_opens_nothing(key, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert SessionStore(key).load() == {}
