"""Jeanne, whom Diane of the cabinet finds, reads and helps."""

import pytest

from parvis.property import actions
from tests.factories import ClientFactory, OwnershipFactory


@pytest.fixture
def jeanne(agency):
    """A co-owner with an address, who never came in."""
    client = ClientFactory(
        agency=agency,
        first_name="Jeanne",
        last_name="Martin",
        customer_reference="55443322",
        known_email="jeanne@exemple.fr",
        mobile_phone="0612345678",
        street="4 rue des Lilas",
        postal_code="75017",
        city="Paris",
    )
    OwnershipFactory(client=client, lot__building__agency=agency, lot__number="12")
    actions.index_agency(agency=agency)
    return client


@pytest.fixture
def card(jeanne):
    return f"/gestion/clients/{jeanne.public_id}/"
