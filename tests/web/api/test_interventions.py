import pytest

from parvis.interventions.models import Intervention
from tests.factories import BuildingFactory, InterventionFactory


@pytest.fixture
def building(erp):
    return BuildingFactory(agency=erp.agency)


def case(building, **changed):
    step = {"happened_on": "2026-10-01", "label": "Déclarée"}
    return {
        "number": "INT-1",
        "building": building.reference,
        "scope": "common",
        "state": "reported",
        "title": "Fuite dans le hall",
        "reported_on": "2026-10-01",
        "events": [step],
        **changed,
    }


def test_a_case_and_its_steps_come_in(erp, building):
    erp.put("interventions", {"rows": [case(building)]})
    moved = case(building, state="ordered", events=[{"happened_on": "2026-10-02", "label": "Plombier mandaté"}])
    answer = erp.put("interventions", {"rows": [moved]})

    row = Intervention.objects.get()
    assert answer.json() == {"read": 2, "created": 1, "changed": 1, "unchanged": 0}
    assert row.state == "ordered"
    assert [step.label for step in row.events.all()] == ["Déclarée", "Plombier mandaté"]


def test_a_refused_step_undoes_its_case_and_the_others(erp, building):
    late = case(building, number="INT-2", events=[{"happened_on": "2199-01-01", "label": "Plus tard"}])

    answer = erp.put("interventions", {"rows": [case(building), late]})

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/rows/1/events/0/happened_on"]
    assert not Intervention.objects.exists()


def test_a_number_may_hold_a_slash(erp, building):
    erp.put("interventions", {"rows": [case(building, number="2026/118")]})

    assert erp.get("interventions/2026%2F118").json()["number"] == "2026/118"


def test_a_case_is_read_by_its_number(erp, building):
    InterventionFactory(agency=erp.agency, building=building, number="INT-7", title="Ascenseur")

    assert erp.get("interventions/INT-7").json()["title"] == "Ascenseur"
    assert [row["number"] for row in erp.get("interventions").json()["items"]] == ["INT-7"]
