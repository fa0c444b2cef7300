"""Alice has just proven who she is; Gaby is of her household."""

import pytest
from django.test import Client
from django.utils import timezone

from parvis.people import models as people
from tests.factories import ClientFactory, StaffMemberFactory, UserFactory
from tests.people.cast import just_signed_in, staff_session
from tests.people.factories import HouseholdAccessFactory


@pytest.fixture
def proven(alice: people.Client) -> Client:
    """Alice's browser, a minute after her password."""
    return just_signed_in(Client(), alice.grants.get().user)


@pytest.fixture
def gaby(alice: people.Client) -> people.HouseholdAccess:
    return HouseholdAccessFactory(client=alice, given_by=alice.grants.get().user)


@pytest.fixture
def diane(alice: people.Client) -> Client:
    """The browser of Diane, who works at the cabinet."""
    user = UserFactory(agency=alice.agency)
    StaffMemberFactory(agency=alice.agency, user=user)
    return staff_session(Client(), user)


@pytest.fixture
def freeze(alice: people.Client) -> people.AccessFreeze:
    """What Diane is shown of Bob."""
    bob = ClientFactory(agency=alice.agency, first_name="Bob")
    return people.AccessFreeze.objects.create(
        agency=alice.agency, client=bob, trigger="access_opened", frozen_at=timezone.now()
    )
