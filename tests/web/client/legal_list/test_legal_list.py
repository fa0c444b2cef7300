"""« Les documents que la loi prévoit »: exact, for those whom the decree names."""

import datetime as dt

import pytest

from parvis.compliance.actions.states import refresh_buildings
from parvis.compliance.models import ListingObjection
from parvis.documents.models import Kind
from parvis.property.models import Building, CouncilSeat, Ownership
from tests.compliance.factories import DocumentFactory, FiscalYearFactory
from tests.factories import (
    AccountFactory,
    CallFactory,
    ClientFactory,
    CouncilSeatFactory,
    LotFactory,
    OwnershipFactory,
    TenancyFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def building(home):
    """Alice's, whose syndicat the agency is."""
    FiscalYearFactory(building=home.building)
    return home.building


def words(response):
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ").replace("&nbsp;", " ")


def page_of(browser, building):
    return words(browser.get(f"/documents-legaux/{building.public_id}/"))


def test_owner_reads_what_is_online_since_when_and_opens_it(signed_in, building):
    paper = DocumentFactory(building=building, kind=Kind.BYLAWS, dated_on=dt.date(2024, 3, 3))

    page = page_of(signed_in, building)

    assert "En ligne depuis le 3 mars 2024" in page
    assert paper.title in page
    assert "décret 2019-502, art. 1, 1°" in page.lower()


def test_owner_reads_since_when_it_is_missing(signed_in, building):
    refresh_buildings(agency=building.agency, day=dt.date(2026, 9, 1))

    assert "Manquant depuis le 1er septembre 2026" in page_of(signed_in, building)


def test_expired_and_stale_documents_are_said_so(signed_in, building, today):
    last = today - dt.timedelta(days=31)
    DocumentFactory(building=building, kind=Kind.SYNDIC_CONTRACT, dated_on=dt.date(2024, 1, 1), valid_until=last)
    DocumentFactory(building=building, kind=Kind.MAINTENANCE_LOG, dated_on=today - dt.timedelta(days=500))

    page = page_of(signed_in, building)

    assert "Expiré depuis le" in page
    assert "À mettre à jour depuis le" in page


def test_progress_counts_what_is_there_of_what_is_due(signed_in, building):
    DocumentFactory(building=building, kind=Kind.BYLAWS)

    assert "1 document sur" in page_of(signed_in, building)
    assert "1 document sur 9 est en ligne et à jour" in words(signed_in.get("/documents-legaux/"))


def test_unknown_meeting_is_said(signed_in, building):
    assert "La date de l’assemblée générale n’est pas connue ici" in page_of(signed_in, building)

    Building.objects.update(next_meeting_on=dt.date(2027, 6, 15))

    assert "la date de la prochaine assemblée, le 15 juin 2027" in page_of(signed_in, building)


def test_books_satisfy_the_items_of_the_owner(signed_in, alice, building):
    account = AccountFactory(client=alice, building=building)
    CallFactory(account=account, issued_on=dt.date(2021, 1, 1), due_on=dt.date(2021, 1, 1))

    page = page_of(signed_in, building)

    assert "Pour vous seul" in page
    assert "Les avis d’appel de fonds des trois dernières années" in page
    assert "Les appels les plus anciens manquent" not in page


def test_council_reads_its_part_and_an_owner_does_not(signed_in, alice, building, today):
    alone = page_of(signed_in, building)
    seat = CouncilSeatFactory(client=alice, building=building)
    member = page_of(signed_in, building)

    assert "Pour le conseil syndical" not in alone
    assert "Balances générales" not in alone
    assert "Pour le conseil syndical" in member

    CouncilSeat.objects.filter(pk=seat.pk).update(ends_on=today - dt.timedelta(days=1))
    assert "Pour le conseil syndical" not in page_of(signed_in, building)


def test_tenant_former_owner_and_neighbour_have_no_list(signed_in, alice, building, today):
    let = TenancyFactory(client=alice).lease.lot.building
    FiscalYearFactory(building=let)
    sold = OwnershipFactory(client=alice, ends_on=today - dt.timedelta(days=1)).lot.building
    FiscalYearFactory(building=sold)
    other = OwnershipFactory(client=ClientFactory(agency=alice.agency)).lot.building
    FiscalYearFactory(building=other)

    for unknown in (let, sold, other):
        assert signed_in.get(f"/documents-legaux/{unknown.public_id}/").status_code == 404


def test_building_that_left_the_agency_has_no_list(signed_in, building, today):
    Building.objects.update(closed_on=today)

    assert signed_in.get(f"/documents-legaux/{building.public_id}/").status_code == 404
    assert "Cette liste concerne les copropriétaires" in words(signed_in.get("/documents-legaux/"))


def test_paper_of_another_building_is_not_there(signed_in, building):
    elsewhere = FiscalYearFactory(building__agency=building.agency).building
    DocumentFactory(building=elsewhere, kind=Kind.BYLAWS, title="Règlement des voisins")

    assert "Règlement des voisins" not in page_of(signed_in, building)


def test_owner_keeps_their_courriel_out_of_the_list_and_back_in(signed_in, alice, building):
    signed_in.post("/documents-legaux/courriel/", {"courriel": "non"})
    assert ListingObjection.objects.current().get().client == alice
    assert "Vous avez demandé que votre courriel n’y figure pas" in words(signed_in.get("/documents-legaux/"))

    signed_in.post("/documents-legaux/courriel/", {"courriel": "oui"})
    assert not ListingObjection.objects.current().exists()


def test_cost_is_the_same_with_many_documents_and_many_buildings(signed_in, alice, building, assert_flat):
    DocumentFactory(building=building, kind=Kind.MINUTES)

    def more_documents():
        for day in range(1, 12):
            DocumentFactory(building=building, kind=Kind.MINUTES, dated_on=dt.date(2024, 1, day))

    def more_buildings():
        for _ in range(6):
            lot = LotFactory(building__agency=alice.agency)
            OwnershipFactory(client=alice, lot=lot)
            FiscalYearFactory(building=lot.building)

    assert_flat(f"/documents-legaux/{building.public_id}/", more_documents)
    assert_flat("/documents-legaux/", more_buildings)
    assert Ownership.objects.count() == 7
