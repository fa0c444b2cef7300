"""Diane works at the cabinet."""

import pytest

from tests.factories import AgencyFactory, StaffMemberFactory, UserFactory
from tests.people.cast import staff_session


@pytest.fixture
def agency(db):
    return AgencyFactory(host="testserver")


@pytest.fixture
def diane(client, agency):
    """A browser where Diane, of the cabinet, is signed in."""
    user = UserFactory(agency=agency)
    StaffMemberFactory(agency=agency, user=user, role="administrator")
    return staff_session(client, user)
