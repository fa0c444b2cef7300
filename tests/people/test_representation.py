import datetime as dt

import pytest

from parvis.ledger.models import Account
from parvis.people.models import Representation
from parvis.property.models import Lot
from tests.factories import AccountFactory, ClientFactory, OwnershipFactory
from tests.people.cast import viewer_of

pytestmark = pytest.mark.django_db


def represented_by(client, **right):
    representative = ClientFactory(agency=client.agency, first_name="Bob", last_name="Tuteur")
    Representation.objects.create(
        agency=client.agency,
        client=client,
        representative=representative,
        role=Representation.Role.GUARDIAN,
        **{"starts_on": dt.date(2020, 1, 1), **right},
    )
    return viewer_of(representative)


def test_guardian_reads_what_the_ward_holds_and_owes():
    ownership = OwnershipFactory()
    account = AccountFactory(client=ownership.client)

    guardian = represented_by(ownership.client)

    assert Lot.objects.visible_to(guardian).get() == ownership.lot
    assert Account.objects.visible_to(guardian).get() == account


def test_representative_without_the_right_reads_no_account():
    ownership = OwnershipFactory()
    AccountFactory(client=ownership.client)

    notary = represented_by(ownership.client, may_read_accounts=False)

    assert Lot.objects.visible_to(notary).exists()
    assert not Account.objects.visible_to(notary).exists()


def test_representation_that_ended_opens_nothing():
    ownership = OwnershipFactory()
    AccountFactory(client=ownership.client)

    guardian = represented_by(ownership.client, ends_on=dt.date(2024, 12, 31))

    assert not Lot.objects.visible_to(guardian).exists()
    assert not Account.objects.visible_to(guardian).exists()


def test_ward_does_not_read_the_guardian():
    ward = ClientFactory()
    guardian = ClientFactory(agency=ward.agency)
    AccountFactory(client=guardian)
    Representation.objects.create(
        agency=ward.agency, client=ward, representative=guardian, role="guardian", starts_on=dt.date(2020, 1, 1)
    )

    assert not Account.objects.visible_to(viewer_of(ward)).exists()
