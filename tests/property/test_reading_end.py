"""A building that left the agency is read until the day that the agency set."""

import datetime as dt

import pytest
from django.utils import timezone

from parvis.kit.days import paris_day
from parvis.property.models import Building
from tests.factories import OwnershipFactory
from tests.people.cast import viewer_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days", "is_read"), [(None, True), (1, True), (0, True), (-1, False)])
def test_building_is_read_until_that_day_included(days, is_read):
    ownership = OwnershipFactory()
    today = paris_day(timezone.now())
    until = None if days is None else today + dt.timedelta(days=days)

    Building.objects.update(closed_on=today - dt.timedelta(days=30), readable_until=until)

    assert Building.objects.visible_to(viewer_of(ownership.client)).exists() is is_read
