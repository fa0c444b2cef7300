"""Who will read a paper is counted as those who may read it are found."""

import datetime as dt

import pytest
from django.utils import timezone

from parvis.documents.access import key_of, readers_counts, readers_words
from parvis.documents.models import Document
from parvis.kit.days import paris_day
from parvis.people.models import Viewer
from tests.documents.factories import published
from tests.factories import (
    BuildingFactory,
    ClientFactory,
    CouncilSeatFactory,
    GrantFactory,
    LotFactory,
    ManagementMandateFactory,
    OwnershipFactory,
    TenancyFactory,
)

pytestmark = pytest.mark.django_db
PAST = {"starts_on": dt.date(2015, 1, 1), "ends_on": dt.date(2020, 12, 31)}


@pytest.fixture
def building():
    """Two owners of three lots and one of before, a landlord, a tenant and one of before, a seat on the council."""
    building = BuildingFactory()
    lots = [LotFactory(building=building) for _ in range(3)]
    owner, other = ClientFactory(agency=building.agency), ClientFactory(agency=building.agency)
    for lot, client in zip(lots, (owner, owner, other), strict=True):
        OwnershipFactory(lot=lot, client=client)
    OwnershipFactory(lot=lots[0], client=ClientFactory(agency=building.agency), **PAST)
    ManagementMandateFactory(lot=lots[0], client=owner)
    TenancyFactory(lease__lot=lots[0], client=ClientFactory(agency=building.agency))
    TenancyFactory(lease__lot=lots[0], client=ClientFactory(agency=building.agency), **PAST)
    CouncilSeatFactory(building=building, client=other)
    return building


def found_readers(document):
    """Those who see it, one by one."""
    clients = [grant.client for grant in (GrantFactory(client=each) for each in all_clients(document))]
    grants = {client.pk: client.grants.get() for client in clients}
    viewers = {pk: Viewer(user_id=grant.user_id, agency_id=document.agency_id) for pk, grant in grants.items()}
    return [pk for pk, viewer in viewers.items() if Document.objects.visible_to(viewer).filter(pk=document.pk).exists()]


def all_clients(document):
    return list(ClientFactory._meta.model.objects.filter(agency=document.agency, grants=None))


@pytest.mark.parametrize(
    ("audience", "dated_on", "count"),
    [
        ("owners", dt.date(2026, 1, 1), 2),
        ("tenants", dt.date(2026, 1, 1), 1),
        ("council", dt.date(2026, 1, 1), 1),
        ("lot", dt.date(2026, 1, 1), 2),
        ("lot", dt.date(2018, 1, 1), 3),
        ("everyone", dt.date(2026, 1, 1), 5),
    ],
)
def test_as_many_are_announced_as_may_read(building, audience, dated_on, count):
    place = {"lot": building.lots.order_by("pk").first()} if audience == "lot" else {"building": building}
    named = {} if audience == "everyone" else place
    document = published(agency=building.agency, audience=audience, dated_on=dated_on, **named)

    announced = readers_counts([document])[key_of(document)]

    assert announced == len(found_readers(document)) == count


def test_announced_in_words(building):
    document = published(building=building)
    alone = published(building=BuildingFactory(agency=building.agency))

    counts = readers_counts([document, alone])

    assert readers_words(document, counts=counts, client=None) == "Visible par 2 copropriétaires"
    assert "personne aujourd’hui" in readers_words(alone, counts=counts, client=None)
    assert (
        readers_words(published(client=(alice := ClientFactory())), counts={}, client=alice)
        == f"Visible par {alice.full_name}"
    )


def test_building_that_may_not_be_read_any_more_has_no_reader(building):
    building.closed_on = building.readable_until = paris_day(timezone.now()) - dt.timedelta(days=1)
    building.save()
    document = published(building=building)

    assert readers_counts([document]).get(key_of(document), 0) == len(found_readers(document)) == 0


def test_many_papers_cost_as_many_queries_as_few(building, django_assert_num_queries):
    papers = [
        published(building=each, audience=audience)
        for each in (building, *(BuildingFactory(agency=building.agency) for _ in range(4)))
        for audience in ("owners", "tenants", "council")
    ]

    with django_assert_num_queries(3):
        readers_counts(papers)
