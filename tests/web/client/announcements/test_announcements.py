"""What is announced to a building is read by those of the building, until it is over."""

import datetime as dt

import pytest
from django.utils import timezone

from parvis.interventions.models import Announcement
from tests.factories import BuildingFactory, TenancyFactory

pytestmark = pytest.mark.django_db


def announced(building, **changes):
    now = timezone.now()
    row = {
        "agency": building.agency,
        "building": building,
        "kind": "cut",
        "title": "Coupure d’eau froide",
        "text": "De 8 h à 12 h.",
        "begins_at": now + dt.timedelta(days=1),
        "ends_at": now + dt.timedelta(days=2),
        "published_at": now - dt.timedelta(minutes=1),
    }
    return Announcement.objects.create(**{**row, **changes})


def test_owner_reads_it_on_the_accueil_and_on_the_property(signed_in, home):
    announcement = announced(home.building)

    accueil = signed_in.get("/").content.decode()
    assert "Dans votre immeuble" in accueil
    assert f'href="/annonces/{announcement.public_id}/"' in accueil
    assert "Coupure d’eau froide" in signed_in.get(f"/biens/{home.public_id}/").content.decode()
    assert "Coupure d’eau froide" in signed_in.get("/biens/").content.decode()
    assert "De 8\u00a0h" not in accueil
    assert "De 8 h à 12 h." in signed_in.get(f"/annonces/{announcement.public_id}/").content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"audience": "tenants"},
        {"published_at": None},
        {"withdrawn_at": timezone.now() - dt.timedelta(hours=1)},
        {
            "begins_at": timezone.now() - dt.timedelta(days=2),
            "ends_at": timezone.now() - dt.timedelta(days=1),
        },
    ],
    ids=["for others", "not published", "withdrawn", "over"],
)
def test_it_is_not_there_for_who_may_not_read_it(signed_in, home, changes):
    announcement = announced(home.building, **changes)

    assert "Coupure d’eau froide" not in signed_in.get("/").content.decode()
    assert signed_in.get(f"/annonces/{announcement.public_id}/").status_code == 404


def test_another_building_s_is_not_there(signed_in, home):
    announcement = announced(BuildingFactory(agency=home.agency))

    assert signed_in.get(f"/annonces/{announcement.public_id}/").status_code == 404


def test_tenant_reads_what_is_for_tenants(signed_in, alice):
    tenancy = TenancyFactory(client=alice)
    announcement = announced(tenancy.lease.lot.building, audience="tenants")

    assert signed_in.get(f"/annonces/{announcement.public_id}/").status_code == 200


def test_notice_leads_to_it(signed_in, home):
    announcement = announced(home.building)

    answer = signed_in.get(f"/vers/annonce/{announcement.public_id}/")

    assert answer["Location"] == f"/annonces/{announcement.public_id}/"
