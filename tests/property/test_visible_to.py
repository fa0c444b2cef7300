import datetime as dt

import pytest
from django.utils import timezone

from parvis.people.models import Grant
from parvis.property.models import Building, Lease, Lot, Ownership
from tests.factories import (
    LeaseFactory,
    ManagementMandateFactory,
    OwnershipFactory,
    TenancyFactory,
)
from tests.people.cast import neighbour_of, viewer_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("factory", [OwnershipFactory, ManagementMandateFactory])
def test_holder_sees_lot_and_building(factory):
    holding = factory()

    viewer = viewer_of(holding.client)

    assert Lot.objects.visible_to(viewer).get() == holding.lot
    assert Building.objects.visible_to(viewer).get() == holding.lot.building


def test_tenant_sees_lot_and_lease():
    tenancy = TenancyFactory()

    viewer = viewer_of(tenancy.client)

    assert Lot.objects.visible_to(viewer).get() == tenancy.lease.lot
    assert Lease.objects.visible_to(viewer).get() == tenancy.lease


def test_neighbour_sees_nothing():
    ownership, tenancy = OwnershipFactory(), TenancyFactory()

    charlie = neighbour_of(ownership.client)

    assert not Lot.objects.visible_to(charlie).exists()
    assert not Building.objects.visible_to(charlie).exists()
    assert not Lease.objects.visible_to(neighbour_of(tenancy.client)).exists()


def test_holder_does_not_see_the_holder_before():
    before = OwnershipFactory(ends_on=dt.date(2025, 6, 30))
    after = OwnershipFactory(
        lot=before.lot, client__agency=before.agency, client__first_name="Bob", starts_on=dt.date(2025, 6, 30)
    )

    buyer = viewer_of(after.client)

    assert Ownership.objects.visible_to(buyer).get() == after


def test_new_landlord_does_not_see_a_lease_that_was_over_before_the_mandate():
    mandate = ManagementMandateFactory(starts_on=dt.date(2024, 1, 1))
    LeaseFactory(lot=mandate.lot, starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2023, 12, 31))
    inherited = LeaseFactory(lot=mandate.lot, starts_on=dt.date(2021, 1, 1), ends_on=dt.date(2024, 1, 1))

    assert list(Lease.objects.visible_to(viewer_of(mandate.client))) == [inherited]


def test_landlord_sees_only_leases_since_the_mandate():
    mandate = ManagementMandateFactory(starts_on=dt.date(2022, 1, 1), ends_on=dt.date(2024, 12, 31))
    during = LeaseFactory(lot=mandate.lot, starts_on=dt.date(2023, 1, 1))
    LeaseFactory(lot=mandate.lot, starts_on=dt.date(2025, 6, 1))

    viewer = viewer_of(mandate.client)

    assert Lease.objects.visible_to(viewer).get() == during


def test_closed_grant_opens_nothing():
    ownership = OwnershipFactory()
    viewer = viewer_of(ownership.client)

    Grant.objects.update(ended_at=timezone.now())

    assert not Lot.objects.visible_to(viewer).exists()
