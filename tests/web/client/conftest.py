"""Alice, signed in, with a home at the agency of the host."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from parvis.kit.days import paris_day
from parvis.people import models as people
from parvis.property.models import Lot
from tests.factories import AgencyFactory, ClientFactory, GrantFactory, LotFactory, OwnershipFactory


@pytest.fixture
def today() -> dt.date:
    return paris_day(timezone.now())


@pytest.fixture
def alice(db: None) -> people.Client:
    agency = AgencyFactory(host="testserver")
    return GrantFactory(client=ClientFactory(agency=agency)).client


@pytest.fixture
def signed_in(client: Client, alice: people.Client) -> Client:
    client.force_login(alice.grants.get().user)
    return client


@pytest.fixture
def home(alice: people.Client) -> Lot:
    lot = LotFactory(building__agency=alice.agency)
    OwnershipFactory(client=alice, lot=lot)
    return lot


@pytest.fixture
def karine(alice: people.Client, today: dt.date) -> people.Client:
    """Madame Cherif, of whom Alice is the guardian."""
    karine = ClientFactory(agency=alice.agency, first_name="Karine", last_name="Cherif")
    people.Representation.objects.create(
        agency=alice.agency, client=karine, representative=alice, role="guardian", starts_on=today
    )
    return karine
