"""The books of a building that left the agency are read until the day that it set."""

import datetime as dt

import pytest
from django.utils import timezone

from parvis.kit.days import paris_day
from parvis.ledger.models import Account, CallPart, Expense, FiscalYear
from parvis.property.models import Building
from tests.compliance.factories import ExpenseFactory, FiscalYearFactory
from tests.factories import AccountFactory, CallFactory, CouncilSeatFactory, OwnershipFactory
from tests.people.cast import viewer_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days", "seen"), [(None, 1), (0, 1), (-1, 0)])
def test_accounts_and_exercises_are_read_until_that_day_included(days, seen):
    ownership = OwnershipFactory()
    building = ownership.lot.building
    account = AccountFactory(client=ownership.client, building=building)
    CouncilSeatFactory(client=ownership.client, building=building)
    year = FiscalYearFactory(building=building)
    ExpenseFactory(fiscal_year=year)
    CallPart.objects.create(call=CallFactory(account=account), fiscal_year=year, instalment=1)
    today = paris_day(timezone.now())

    Building.objects.update(readable_until=None if days is None else today + dt.timedelta(days=days))

    viewer = viewer_of(ownership.client)
    assert Account.objects.visible_to(viewer).count() == seen
    assert FiscalYear.objects.visible_to(viewer).count() == seen
    assert Expense.objects.visible_to(viewer).count() == seen
    assert CallPart.objects.visible_to(viewer).count() == seen


def test_account_of_no_building_does_not_depend_on_any():
    account = AccountFactory()

    assert Account.objects.visible_to(viewer_of(account.client)).get() == account
