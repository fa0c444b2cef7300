"""What the desk of the demonstration has around its cases."""

import pytest
from django.utils import timezone

from parvis.demo.casework import set_up_casework
from parvis.demo.problems import PROBLEMS
from parvis.interventions.models import Intervention, MessageTemplate, Quote, Supplier, WorkOrder
from parvis.mail.models import OutboxMessage
from tests.factories import BuildingFactory, InterventionFactory, StaffMemberFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    building = BuildingFactory()
    StaffMemberFactory(agency=building.agency, user=UserFactory(agency=building.agency))
    for state in ("awaiting_approval", "acknowledged"):
        InterventionFactory(building=building, state=state, category="water")
    return building.agency


def test_firms_templates_a_quote_and_an_order_are_there_once(agency):
    for _ in range(2):
        set_up_casework(agency, now=timezone.now())

    names = {problem.supplier for problems in PROBLEMS.values() for problem in problems}
    assert set(Supplier.objects.values_list("name", flat=True)) == names
    assert MessageTemplate.objects.count() == 3
    assert Quote.objects.get().approver == "council"
    assert WorkOrder.objects.get().intervention.state == "ordered"
    assert OutboxMessage.objects.get(to_address__endswith=".exemple.fr", kind="work-order").state == "queued"


def test_every_problem_has_a_category_that_a_case_may_have():
    categories = {problem.category for problems in PROBLEMS.values() for problem in problems}

    assert categories <= set(Intervention.Category.values)
