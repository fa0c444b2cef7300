"""How far the staff see: the whole agency, or the buildings they look after and who holds something there."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from parvis.kit.days import paris_day
from parvis.people.models import StaffMember, Viewer
from parvis.property.access import buildings_in_scope, clients_in_scope, clients_wholly_in_scope, in_scope
from parvis.threads.models import Thread
from tests.factories import (
    AgencyFactory,
    BuildingAssignmentFactory,
    ClientFactory,
    LotFactory,
    OwnershipFactory,
    StaffMemberFactory,
    TenancyFactory,
    UserFactory,
)
from tests.threads.factories import ThreadFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return AgencyFactory()


@pytest.fixture
def lot(agency):
    return LotFactory(building__agency=agency)


@pytest.fixture
def ines(agency, lot):
    """Manager of the building of that lot, and of no other."""
    member = StaffMemberFactory(agency=agency, user=UserFactory(agency=agency), scope="buildings")
    BuildingAssignmentFactory(building=lot.building, staff_member=member)
    return member


def viewer(member):
    return Viewer.of(type(member.user).objects.get(pk=member.user_id))


def test_whole_agency_and_not_the_others(agency, lot):
    elsewhere = LotFactory().building
    diane = StaffMemberFactory(agency=agency, user=UserFactory(agency=agency))

    assert list(buildings_in_scope(viewer(diane))) == [lot.building]
    assert elsewhere.agency != agency


def test_buildings_looked_after_and_no_other(agency, lot, ines):
    LotFactory(building__agency=agency)

    assert list(buildings_in_scope(viewer(ines))) == [lot.building]


def test_nothing_once_the_assignment_has_ended(lot, ines):
    yesterday = paris_day(timezone.now()) - dt.timedelta(days=1)
    ines.assignments.update(ends_on=yesterday)

    assert not buildings_in_scope(viewer(ines)).exists()


def test_who_owns_inhabits_or_did_is_in_scope(agency, lot, ines):
    owner, former, stranger = (ClientFactory(agency=agency) for _ in range(3))
    OwnershipFactory(client=owner, lot=lot)
    OwnershipFactory(client=former, lot=lot, starts_on=dt.date(2010, 1, 1), ends_on=dt.date(2015, 1, 1))
    tenant = TenancyFactory(lease__lot=lot, client__agency=agency).client
    OwnershipFactory(client=stranger, lot__building__agency=agency)

    assert set(clients_in_scope(viewer(ines))) == {owner, former, tenant}


def test_access_of_who_holds_elsewhere_too_is_the_whole_agency_s(agency, lot, ines):
    past = {"starts_on": dt.date(2010, 1, 1), "ends_on": dt.date(2015, 1, 1)}
    here, both, left_for_elsewhere, came_from_elsewhere, left = (ClientFactory(agency=agency) for _ in range(5))
    for client in (here, both, came_from_elsewhere):
        OwnershipFactory(client=client, lot=lot)
    for client in (left_for_elsewhere, left):
        OwnershipFactory(client=client, lot=lot, **past)
    for client in (both, left_for_elsewhere):
        OwnershipFactory(client=client, lot__building__agency=agency)
    OwnershipFactory(client=came_from_elsewhere, lot__building__agency=agency, **past)
    diane = StaffMemberFactory(agency=agency, user=UserFactory(agency=agency))

    assert set(clients_wholly_in_scope(viewer(ines))) == {here, came_from_elsewhere, left}
    assert clients_wholly_in_scope(viewer(diane)).count() == 5


def test_clients_see_no_row_by_scope(lot):
    alice = Viewer(user_id=1, agency_id=lot.agency_id)

    assert not buildings_in_scope(alice).exists()
    assert not clients_in_scope(alice).exists()
    assert not Thread.objects.filter(in_scope(alice, building="lot__building")).exists()


def test_row_about_another_building_is_out_of_scope_even_of_a_client_in_scope(agency, lot, ines):
    owner = OwnershipFactory(lot=lot, client__agency=agency).client
    elsewhere = OwnershipFactory(client=owner, lot__building__agency=agency).lot
    about_nothing, here = ThreadFactory(client=owner), ThreadFactory(client=owner, lot=lot)
    ThreadFactory(client=owner, lot=elsewhere)

    seen = Thread.objects.filter(in_scope(viewer(ines), building="lot__building"))

    assert set(seen) == {about_nothing, here}


@pytest.mark.parametrize(
    "change",
    [
        {"desk_role": ""},
        {"desk_role": "caretaker", "scope": "agency"},
        {"desk_role": "administrator", "scope": "buildings"},
    ],
)
def test_database_refuses_what_no_role_allows(ines, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        StaffMember.objects.filter(pk=ines.pk).update(**change)
