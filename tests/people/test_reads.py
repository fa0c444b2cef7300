"""« Qui a consulté mes données »: one line a day, kept twelve months."""

import datetime as dt

import pytest
from django.utils import timezone

from parvis.kit.days import paris_day
from parvis.people.actions import reads
from parvis.people.models import ClientRead, Viewer
from tests.factories import ClientFactory, GrantFactory, StaffMemberFactory, UserFactory
from tests.people.cast import neighbour_of
from tests.people.factories import HouseholdAccessFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(db):
    return GrantFactory()


def diane_of(agency):
    return StaffMemberFactory(agency=agency, user=UserFactory(agency=agency)).user


def test_same_read_again_is_one_line(alice):
    diane = diane_of(alice.client.agency)

    for _ in range(3):
        reads.by_staff(reader=diane, client_ids=[alice.client_id], part="Fiche client")

    assert ClientRead.objects.get().reader_name == "Diane Hamon"


def test_holder_alone_sees_who_read(alice):
    reads.by_staff(reader=diane_of(alice.client.agency), client_ids=[alice.client_id], part="Fiche client")
    gaby = HouseholdAccessFactory(client=alice.client, given_by=alice.user).user

    seen = [
        ClientRead.objects.visible_to(Viewer.of(alice.user)).count(),
        ClientRead.objects.visible_to(Viewer.of(gaby)).count(),
        ClientRead.objects.visible_to(neighbour_of(alice.client)).count(),
    ]

    assert seen == [1, 0, 0]


def test_line_of_more_than_a_year_is_erased(alice):
    diane = diane_of(alice.client.agency)
    reads.by_staff(reader=diane, client_ids=[alice.client_id, ClientFactory(agency=diane.agency).pk], part="Fiche")
    long_ago = paris_day(timezone.now()) - dt.timedelta(days=367)
    ClientRead.objects.filter(client=alice.client).update(day=long_ago)

    assert reads.forget_old() == 1
    assert ClientRead.objects.count() == 1
