"""Who sees the exercises, works and expenses of a syndicat, and what the database refuses of them."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from parvis.kit.days import paris_day
from parvis.ledger.models import BudgetLine, CallPart, Expense, FiscalYear, WorksInstalment, WorksOperation
from parvis.property.models import CouncilSeat, Ownership
from tests.factories import ClientFactory
from tests.ledger.syndicats import Syndicat
from tests.people.cast import neighbour_of, viewer_of

pytestmark = pytest.mark.django_db

TODAY = paris_day(timezone.now())


@pytest.fixture
def syndicat():
    return Syndicat(ClientFactory())


def years_of(viewer):
    return sorted(FiscalYear.objects.visible_to(viewer).values_list("reference", flat=True))


def test_an_owner_sees_the_years_of_their_holding(syndicat):
    for begins in (2022, 2023, 2024, 2025):
        syndicat.year(begins)
    Ownership.objects.update(starts_on=dt.date(2023, 6, 1), ends_on=dt.date(2024, 6, 1))

    viewer = viewer_of(syndicat.client)

    assert years_of(viewer) == ["2023", "2024"]
    assert BudgetLine.objects.visible_to(viewer).count() == 2


def test_a_buyer_sees_the_year_that_is_settled_with_them(syndicat):
    syndicat.approved(2023, spent_cents=1)
    Ownership.objects.update(starts_on=dt.date(2024, 3, 1))

    assert years_of(viewer_of(syndicat.client)) == ["2023"]


def test_a_neighbour_sees_nothing_of_the_syndicat(syndicat):
    year = syndicat.approved(2024, spent_cents=1)
    works = syndicat.works(1, dt.date(2024, 1, 1))
    syndicat.call(1, due_on=dt.date(2024, 1, 1), fiscal_year=year)

    charlie = neighbour_of(syndicat.client)

    for model in (FiscalYear, BudgetLine, WorksOperation, WorksInstalment, Expense, CallPart):
        assert model.objects.exists()
        assert not model.objects.visible_to(charlie).exists()
    assert WorksOperation.objects.visible_to(viewer_of(syndicat.client)).get() == works


def test_expenses_of_a_year_are_the_council_s_until_the_assembly_approves_them(syndicat):
    syndicat.spend(syndicat.year(2025), 1)
    approved = syndicat.approved(2024, spent_cents=2)
    seat = CouncilSeat.objects.create(
        agency=syndicat.client.agency, building=syndicat.building, client=syndicat.client, starts_on=dt.date(2024, 1, 1)
    )
    viewer = viewer_of(syndicat.client)

    sitting = Expense.objects.visible_to(viewer).count()
    seat.ends_on = TODAY - dt.timedelta(days=1)
    seat.save(update_fields=["ends_on"])

    assert sitting == 2
    assert Expense.objects.visible_to(viewer).get().fiscal_year == approved


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "approved"},
        {"approved_on": dt.date(2025, 6, 18)},
        {"instalments": 0},
        {"instalments": 13},
        {"called_before_vote": 4},
        {"ends_on": dt.date(2023, 12, 31)},
    ],
    ids="-".join,
)
def test_the_database_refuses_an_exercise_that_contradicts_itself(syndicat, changes):
    year = syndicat.year(2024)

    with pytest.raises(IntegrityError), transaction.atomic():
        FiscalYear.objects.filter(pk=year.pk).update(**changes)


def test_the_database_refuses_a_part_of_nothing_or_of_two_things(syndicat):
    year, works = syndicat.year(2024), syndicat.works(1, dt.date(2024, 1, 1))
    part = CallPart.objects.get(call=syndicat.call(1, due_on=dt.date(2024, 1, 1), fiscal_year=year, instalment=1))

    for changes in (
        {"fiscal_year": None},
        {"works_operation": works},
        {"fiscal_year": None, "works_operation": works, "instalment": None},
        {"instalment": 0},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            CallPart.objects.filter(pk=part.pk).update(**changes)


@pytest.mark.parametrize(("amount", "recoverable"), [(100, 101), (100, -1), (-100, -101), (-100, 1)])
def test_the_database_refuses_more_recoverable_than_spent(syndicat, amount, recoverable):
    expense = syndicat.spend(syndicat.year(2024), 1)

    with pytest.raises(IntegrityError), transaction.atomic():
        Expense.objects.filter(pk=expense.pk).update(amount_cents=amount, recoverable_cents=recoverable)


def test_the_database_refuses_works_that_take_more_than_they_cost(syndicat):
    works = syndicat.works(100, dt.date(2024, 1, 1))

    with pytest.raises(IntegrityError), transaction.atomic():
        WorksOperation.objects.filter(pk=works.pk).update(from_works_fund_cents=101)
