"""« Manquant depuis le … » is history: written night after night, once for each change."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from parvis.compliance.actions.states import AlwaysRequired, end_waiver, refresh_buildings, waive
from parvis.compliance.jobs import refresh_legal_lists
from parvis.compliance.models import LegalState, Waiver
from parvis.documents.models import Document, Kind
from parvis.journal.models import Record
from tests.compliance.factories import DocumentFactory, FiscalYearFactory, noon
from tests.factories import BuildingFactory, UserFactory

pytestmark = pytest.mark.django_db
FIRST_NIGHT, LATER = dt.date(2026, 9, 1), dt.date(2026, 10, 15)


@pytest.fixture
def building():
    """A building whose syndicat the agency is."""
    return FiscalYearFactory().building


def current(building, code):
    return LegalState.objects.current().get(building=building, code=code)


def test_first_night_writes_every_item_of_the_building(building):
    assert refresh_buildings(agency=building.agency, day=FIRST_NIGHT) == 14

    assert LegalState.objects.current().filter(building=building).count() == 14
    assert current(building, "maintenance_log").status == "missing"
    assert current(building, "maintenance_log").began_on == FIRST_NIGHT


def test_missing_keeps_its_first_day_night_after_night(building):
    refresh_buildings(agency=building.agency, day=FIRST_NIGHT)

    assert refresh_buildings(agency=building.agency, day=LATER) == 0
    assert current(building, "maintenance_log").began_on == FIRST_NIGHT


def test_publication_ends_what_was_missing_on_its_day(building):
    refresh_buildings(agency=building.agency, day=FIRST_NIGHT)
    DocumentFactory(building=building, kind=Kind.MAINTENANCE_LOG, dated_on=dt.date(2026, 10, 1))

    assert refresh_buildings(agency=building.agency, day=LATER) == 1

    missing = LegalState.objects.get(building=building, code="maintenance_log", status="missing")
    assert (missing.began_on, missing.ended_on) == (FIRST_NIGHT, dt.date(2026, 10, 1))
    assert current(building, "maintenance_log").status == "present"


def test_contract_that_came_in_already_ended_has_expired_since_its_end_and_not_since_the_first_night(building):
    refresh_buildings(agency=building.agency, day=FIRST_NIGHT)
    ended = {"dated_on": dt.date(2025, 8, 1), "valid_until": dt.date(2026, 8, 1)}
    DocumentFactory(building=building, kind=Kind.SYNDIC_CONTRACT, **ended)

    refresh_buildings(agency=building.agency, day=LATER)

    state = current(building, "syndic_contract")
    assert (state.status, state.began_on) == ("expired", dt.date(2026, 8, 2))


def test_withdrawn_paper_is_missing_since_that_day(building):
    paper = DocumentFactory(building=building, kind=Kind.MAINTENANCE_LOG, dated_on=FIRST_NIGHT)
    refresh_buildings(agency=building.agency, day=FIRST_NIGHT)
    Document.objects.filter(pk=paper.pk).update(withdrawn_at=noon(dt.date(2026, 9, 20)))

    refresh_buildings(agency=building.agency, day=LATER)

    assert current(building, "maintenance_log").began_on == dt.date(2026, 9, 20)


def test_paper_of_the_council_alone_is_not_there_for_the_co_owners(building):
    DocumentFactory(building=building, kind=Kind.INSURANCE_CONTRACT, audience="council", dated_on=FIRST_NIGHT)

    refresh_buildings(agency=building.agency, day=FIRST_NIGHT)

    assert current(building, "insurance_contract").status == "missing"


def test_paper_of_the_agency_counts_for_each_of_its_buildings(building):
    FiscalYearFactory(building__agency=building.agency)
    for kind in (Kind.PROFESSIONAL_CARD, Kind.LIABILITY_INSURANCE, Kind.FINANCIAL_GUARANTEE):
        everyone = {"agency": building.agency, "building": None, "audience": "everyone"}
        DocumentFactory(kind=kind, dated_on=FIRST_NIGHT, **everyone)

    refresh_buildings(agency=building.agency, day=FIRST_NIGHT)

    states = LegalState.objects.current().filter(code="agency_papers")
    assert [state.status for state in states] == ["present", "present"]


def test_building_where_the_agency_only_lets_has_no_list():
    building = BuildingFactory()

    assert refresh_buildings(agency=building.agency, day=FIRST_NIGHT) == 0


def test_night_job_covers_every_agency_and_leaves_those_who_left(building):
    FiscalYearFactory()
    FiscalYearFactory(building__closed_on=FIRST_NIGHT)

    assert refresh_legal_lists() == 2 * 14
    assert refresh_legal_lists() == 0


def test_item_without_object_is_said_by_somebody_and_journalled(building):
    user = UserFactory(agency=building.agency)

    waive(building=building, code="maintenance_contracts", by=user)
    waive(building=building, code="maintenance_contracts", by=user)

    assert current(building, "maintenance_contracts").status == "not_applicable"
    assert Record.objects.filter(verb="waive_legal_document").count() == 1

    end_waiver(building=building, code="maintenance_contracts", by=user)
    assert current(building, "maintenance_contracts").status == "missing"


def test_what_the_law_always_asks_for_cannot_be_declared_without_object(building):
    user = UserFactory(agency=building.agency)

    with pytest.raises(AlwaysRequired):
        waive(building=building, code="syndic_contract", by=user)
    with pytest.raises(IntegrityError), transaction.atomic():
        Waiver.objects.create(
            agency=building.agency,
            building=building,
            code="syndic_contract",
            declared_by=user,
            declared_at=noon(FIRST_NIGHT),
        )


def test_cost_of_a_night_does_not_grow_with_the_buildings(building, django_assert_max_num_queries):
    for _rank in range(12):
        FiscalYearFactory(building__agency=building.agency)

    with django_assert_max_num_queries(14):
        refresh_buildings(agency=building.agency, day=FIRST_NIGHT)
