"""What is announced in the demonstration."""

import pytest
from django.utils import timezone

from parvis.demo.announcing import announce
from parvis.interventions.models import Announcement
from tests.factories import BuildingFactory, StaffMemberFactory

pytestmark = pytest.mark.django_db


def test_a_cut_is_announced_to_one_building_once():
    building = BuildingFactory(reference="001")
    BuildingFactory(agency=building.agency, reference="002")
    StaffMemberFactory(agency=building.agency)

    for _run in range(2):
        announce(building.agency, now=timezone.now())

    assert Announcement.objects.current().get().building == building
