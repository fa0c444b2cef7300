import datetime as dt

import pytest

from parvis.interventions.models import CaseMessage, Intervention, InterventionEvent, Photo
from parvis.kit.days import PARIS
from parvis.kit.identifiers import new_public_id
from tests.compliance.factories import StoredFileFactory
from tests.factories import (
    ClientFactory,
    InterventionFactory,
    LotFactory,
    ManagementMandateFactory,
    OwnershipFactory,
    TenancyFactory,
)
from tests.people.cast import neighbour_of, viewer_of

pytestmark = pytest.mark.django_db


def seen_by(client):
    return list(Intervention.objects.visible_to(viewer_of(client)))


def test_reporter_sees_own_report():
    case = InterventionFactory(scope="private")
    case.reporter = ClientFactory(agency=case.agency)
    case.save()

    assert seen_by(case.reporter) == [case]


@pytest.mark.parametrize("scope", ["common", "private"])
def test_owner_sees_common_parts_and_not_the_neighbours_home(scope):
    ownership = OwnershipFactory()
    case = InterventionFactory(building=ownership.lot.building, scope=scope)

    assert seen_by(ownership.client) == ([case] if scope == "common" else [])


def test_tenant_and_landlord_see_what_happens_in_their_lot():
    tenancy = TenancyFactory()
    lot = tenancy.lease.lot
    mandate = ManagementMandateFactory(lot=lot, client__agency=lot.agency)
    case = InterventionFactory(building=lot.building, lot=lot, scope="private")

    assert seen_by(tenancy.client) == [case]
    assert seen_by(mandate.client) == [case]


def test_neighbour_of_another_building_sees_nothing():
    case = InterventionFactory()
    LotFactory(building=case.building)

    charlie = neighbour_of(ClientFactory(agency=case.agency))

    assert not Intervention.objects.visible_to(charlie).exists()


def test_former_owner_sees_what_ran_in_their_time_only():
    ownership = OwnershipFactory(ends_on=dt.date(2025, 6, 30))
    before = InterventionFactory(building=ownership.lot.building, reported_on=dt.date(2025, 6, 1))
    InterventionFactory(building=ownership.lot.building, reported_on=dt.date(2025, 7, 1))

    assert seen_by(ownership.client) == [before]


def test_new_owner_does_not_see_what_was_closed_before():
    ownership = OwnershipFactory(starts_on=dt.date(2025, 6, 30))
    building = ownership.lot.building
    InterventionFactory(building=building, reported_on=dt.date(2025, 1, 1), closed_on=dt.date(2025, 2, 1))
    still_open = InterventionFactory(building=building, reported_on=dt.date(2025, 1, 1))

    assert seen_by(ownership.client) == [still_open]


def test_owner_of_two_lots_sees_a_case_once():
    ownership = OwnershipFactory()
    OwnershipFactory(client=ownership.client, lot=LotFactory(building=ownership.lot.building))
    case = InterventionFactory(building=ownership.lot.building)

    assert seen_by(ownership.client) == [case]


@pytest.mark.parametrize(("state", "counted"), [("reported", 1), ("done", 1), ("closed", 0), ("merged", 0)])
def test_cases_in_progress_are_those_not_ended(state, counted):
    InterventionFactory(state=state)

    assert Intervention.objects.in_progress().count() == counted


def test_new_tenant_does_not_read_what_the_former_one_wrote_nor_the_reverse():
    gone = TenancyFactory(starts_on=dt.date(2025, 1, 1), ends_on=dt.date(2025, 6, 30))
    lot = gone.lease.lot
    come = TenancyFactory(lease__lot=lot, client__agency=lot.agency, starts_on=dt.date(2025, 7, 1))
    mandate = ManagementMandateFactory(lot=lot, client__agency=lot.agency, starts_on=dt.date(2024, 1, 1))
    other = TenancyFactory(
        lease=gone.lease, client__agency=lot.agency, starts_on=gone.starts_on, ends_on=dt.date(2025, 6, 30)
    )
    case = InterventionFactory(
        building=lot.building, lot=lot, scope="private", reporter=gone.client, reported_on=dt.date(2025, 6, 1)
    )
    for day in (dt.date(2025, 6, 30), dt.date(2025, 7, 1)):
        late = dt.datetime.combine(day, dt.time(0, 30), tzinfo=PARIS)
        told = {"intervention": case, "author_kind": "client", "audience": "reporter", "sending_key": new_public_id()}
        CaseMessage.objects.create(author_name="Bob", text=str(day.month), sent_at=late, **told)
        InterventionEvent.objects.create(intervention=case, happened_on=day, label=str(day.month), audience="reporter")
        Photo.objects.create(agency=case.agency, file=StoredFileFactory(), added_at=late, **told)

    def read_by(client):
        viewer = viewer_of(client)
        months = {row.text for row in CaseMessage.objects.visible_to(viewer)}
        assert months == {row.label for row in InterventionEvent.objects.visible_to(viewer)}
        assert len(months) == Photo.objects.visible_to(viewer).count()
        return months

    assert read_by(gone.client) == read_by(mandate.client) == {"6", "7"}
    assert (read_by(other.client), read_by(come.client)) == ({"6"}, {"7"})
