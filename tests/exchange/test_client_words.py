"""Whoever comes in with the data is found by it at once."""

import pytest

from parvis.agencies.models import Agency
from parvis.people.models import Client, Viewer
from parvis.property import jobs
from parvis.property.client_search import client_search
from parvis.property.models import ClientWords
from tests.exchange.packages import SLUG
from tests.factories import StaffMemberFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def diane(bring_in):
    bring_in()
    user = UserFactory(agency=Agency.objects.get(slug=SLUG))
    StaffMemberFactory(agency=user.agency, user=user)
    return Viewer.of(user)


def test_client_is_found_once_the_package_is_in(diane):
    found = [each.client.customer_reference for each in client_search(diane, "roche")]

    assert found == ["10427400"]


def test_nightly_job_writes_what_is_missing_and_nothing_else(diane):
    ClientWords.objects.filter(names__contains="roche").delete()

    assert jobs.index_clients() == 1
    assert jobs.index_clients() == 0
    assert ClientWords.objects.count() == Client.objects.count()
