"""The pages of Mon profil have something to show, once."""

import pytest
from django.utils import timezone

from parvis.demo.habits import take_habits
from parvis.people.models import ClientRead, DeliveryChoice
from tests.factories import ClientFactory, GrantFactory, StaffMemberFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_active_clients_were_consulted_and_some_asked_for_post_once():
    grant = GrantFactory()
    agency = grant.client.agency
    StaffMemberFactory(agency=agency, user=UserFactory(agency=agency))
    GrantFactory(client=ClientFactory(agency=agency))

    for _ in range(2):
        take_habits(agency, now=timezone.now())

    assert ClientRead.objects.count() == 2
    assert DeliveryChoice.objects.get().client == grant.client


def test_agency_where_nobody_of_the_staff_came_in_has_none():
    grant = GrantFactory()

    take_habits(grant.client.agency, now=timezone.now())

    assert not ClientRead.objects.exists()
