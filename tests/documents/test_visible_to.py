"""Who reads which document: audience by audience, from the day it is online to the day it is withdrawn."""

import datetime as dt

import pytest
from django.utils import timezone

from parvis.documents.actions import withdraw
from parvis.documents.models import Document
from parvis.kit.days import paris_day
from parvis.people.models import Representation, Viewer
from tests.documents.factories import SYSTEM, published
from tests.factories import (
    AgencyFactory,
    BuildingFactory,
    ClientFactory,
    CouncilSeatFactory,
    GrantFactory,
    ManagementMandateFactory,
    OwnershipFactory,
    TenancyFactory,
)
from tests.people.cast import neighbour_of, viewer_of
from tests.people.factories import HouseholdAccessFactory

pytestmark = pytest.mark.django_db
BEFORE = dt.date(2025, 5, 1)
LEFT_ON = dt.date(2025, 6, 30)
AFTER = dt.date(2025, 7, 1)
DAY = dt.timedelta(days=1)


def today():
    return paris_day(timezone.now())


def titles_for(viewer):
    return sorted(Document.objects.visible_to(viewer).values_list("title", flat=True))


def again(login):
    """The same person, at another page."""
    return Viewer(user_id=login.user_id, agency_id=login.agency_id)


def papers_of_a_building(building, *, dated_on=BEFORE):
    """One for each of its audiences."""
    for audience in ("owners", "tenants", "council"):
        published(building=building, audience=audience, title=audience, dated_on=dated_on)


def test_a_paper_is_read_by_its_client_and_by_nobody_else():
    alice = ClientFactory()
    paper = published(client=alice)

    assert titles_for(viewer_of(alice)) == [paper.title]
    assert titles_for(neighbour_of(alice)) == []


def test_owner_tenant_and_council_read_each_their_own():
    ownership, tenancy = OwnershipFactory(), TenancyFactory()
    papers_of_a_building(ownership.lot.building)
    papers_of_a_building(tenancy.lease.lot.building)

    owner = viewer_of(ownership.client)
    assert titles_for(owner) == ["owners"]
    assert titles_for(viewer_of(tenancy.client)) == ["tenants"]

    CouncilSeatFactory(building=ownership.lot.building, client=ownership.client)

    assert titles_for(again(owner)) == ["council", "owners"]


def test_landlord_who_owns_nothing_reads_nothing_of_the_owners():
    mandate = ManagementMandateFactory()
    papers_of_a_building(mandate.lot.building)

    assert titles_for(viewer_of(mandate.client)) == []


@pytest.mark.parametrize(("ends", "seen"), [(0, ["council"]), (-1, [])])
def test_council_papers_close_with_the_term(ends, seen):
    seat = CouncilSeatFactory(ends_on=today() + ends * DAY)
    papers_of_a_building(seat.building)

    assert titles_for(viewer_of(seat.client)) == seen


@pytest.mark.parametrize(("starts", "seen"), [(0, ["owners"]), (1, [])])
def test_an_owner_reads_from_the_day_they_own(starts, seen):
    ownership = OwnershipFactory(starts_on=today() + starts * DAY)
    papers_of_a_building(ownership.lot.building)

    assert titles_for(viewer_of(ownership.client)) == seen


def test_former_owner_keeps_own_papers_and_those_of_the_lot_in_their_time():
    former = OwnershipFactory(starts_on=dt.date(2020, 1, 1), ends_on=LEFT_ON)
    new = OwnershipFactory(lot=former.lot, client__agency=former.agency, starts_on=AFTER)
    papers_of_a_building(former.lot.building)
    published(client=former.client, title="mon appel", dated_on=BEFORE)
    published(lot=former.lot, title="diagnostic", dated_on=BEFORE)
    published(lot=former.lot, title="diagnostic d’après", dated_on=AFTER)

    assert titles_for(viewer_of(former.client)) == ["diagnostic", "mon appel"]
    assert titles_for(viewer_of(new.client)) == ["diagnostic", "diagnostic d’après", "owners"]


def test_tenants_read_what_is_of_their_time_and_the_landlord_all_of_it():
    former = TenancyFactory(starts_on=dt.date(2020, 1, 1), ends_on=LEFT_ON)
    lot = former.lease.lot
    present = TenancyFactory(lease__lot=lot, client__agency=former.agency, starts_on=AFTER)
    landlord = ManagementMandateFactory(lot=lot, client__agency=former.agency, starts_on=AFTER)
    published(lot=lot, title="état des lieux d’avant", dated_on=BEFORE)
    published(lot=lot, title="état des lieux", dated_on=AFTER)

    assert titles_for(viewer_of(former.client)) == ["état des lieux d’avant"]
    assert titles_for(viewer_of(present.client)) == ["état des lieux"]
    assert titles_for(viewer_of(landlord.client)) == ["état des lieux", "état des lieux d’avant"]


def test_who_will_own_a_lot_reads_nothing_of_it_yet():
    coming = OwnershipFactory(starts_on=today() + DAY)
    published(lot=coming.lot, dated_on=today() + DAY)

    assert titles_for(viewer_of(coming.client)) == []


def test_former_tenant_reads_no_paper_of_the_building():
    tenancy = TenancyFactory(ends_on=LEFT_ON)
    papers_of_a_building(tenancy.lease.lot.building)

    assert titles_for(viewer_of(tenancy.client)) == []


def test_a_representative_without_the_accounts_does_not_read_their_papers():
    owner = ClientFactory()
    guardian = ClientFactory(agency=owner.agency)
    published(client=owner, audience="account", title="relevé")
    published(client=owner, title="lettre")
    held = Representation.objects.create(
        agency=owner.agency,
        client=owner,
        representative=guardian,
        role=Representation.Role.GUARDIAN,
        starts_on=dt.date(2020, 1, 1),
        may_read_accounts=False,
    )
    login = viewer_of(guardian)

    assert titles_for(login) == ["lettre"]

    held.may_read_accounts = True
    held.save()

    assert titles_for(again(login)) == ["lettre", "relevé"]


def test_what_is_for_everyone_stays_in_the_agency():
    published(agency=AgencyFactory(slug="ici"), title="carte")
    here = ClientFactory(agency=Document.objects.get().agency)

    assert titles_for(viewer_of(here)) == ["carte"]
    assert titles_for(viewer_of(ClientFactory())) == []


def test_nobody_reads_before_publication_nor_after_withdrawal():
    alice = ClientFactory()
    published(client=alice, title="demain", published_at=timezone.now() + DAY)
    withdraw(published(client=alice, title="retiré"), by=SYSTEM)
    Document.objects.filter(pk=published(client=alice, title="jamais").pk).update(published_at=None)

    assert titles_for(viewer_of(alice)) == []


@pytest.mark.parametrize(("days", "seen"), [(0, 3), (-1, 0)])
def test_papers_of_a_building_that_left_are_read_until_the_day_set(days, seen):
    ownership = OwnershipFactory()
    building = ownership.lot.building
    published(building=building)
    published(lot=ownership.lot)
    published(client=ownership.client, building=building)

    building.readable_until = today() + days * DAY
    building.save()

    assert len(titles_for(viewer_of(ownership.client))) == seen


def test_a_login_without_client_reads_nothing():
    published(agency=AgencyFactory())
    building = BuildingFactory()
    papers_of_a_building(building)

    assert titles_for(Viewer(user_id=0, agency_id=building.agency_id)) == []


@pytest.mark.parametrize("may_read_accounts", [True, False])
def test_councils_papers_are_for_the_member_and_not_for_whoever_represents_them(may_read_accounts):
    seat = CouncilSeatFactory()
    guardian = ClientFactory(agency=seat.agency)
    published(building=seat.building, audience="council", title="relevé bancaire")
    Representation.objects.create(
        agency=seat.agency,
        client=seat.client,
        representative=guardian,
        role=Representation.Role.GUARDIAN,
        starts_on=dt.date(2020, 1, 1),
        may_read_accounts=may_read_accounts,
    )

    assert titles_for(viewer_of(seat.client)) == ["relevé bancaire"]
    assert titles_for(viewer_of(guardian)) == []


def test_councils_papers_are_not_for_the_members_household():
    seat = CouncilSeatFactory()
    published(building=seat.building, audience="council", title="relevé bancaire")
    member = GrantFactory(client=seat.client)
    spouse = HouseholdAccessFactory(client=seat.client, given_by=member.user)

    assert titles_for(Viewer(user_id=spouse.user_id, agency_id=seat.agency_id)) == []
