"""The councils of the demonstration have begun their check, once."""

import pytest
from django.utils import timezone

from parvis.compliance.models import ExpenseQuestion, ExpenseSeen, LegalState
from parvis.demo.council import FIRST_LOOK_DAYS_AGO, check_accounts, note_first_look
from tests.compliance.factories import ExpenseFactory
from tests.factories import CouncilSeatFactory, StaffMemberFactory

pytestmark = pytest.mark.django_db


def test_lines_are_seen_a_question_is_answered_and_another_waits():
    expense = ExpenseFactory()
    year, agency, today = expense.fiscal_year, expense.agency, timezone.localdate()
    for _rank in range(4):
        ExpenseFactory(fiscal_year=year)
    CouncilSeatFactory(client__agency=agency, building=year.building, is_chair=True)
    StaffMemberFactory(agency=agency)

    for _day in range(2):
        note_first_look(agency.slug, today=today)
        check_accounts(agency.slug, today=today)

    assert [question.waits_since is None for question in ExpenseQuestion.objects.all()] == [True, False]
    assert ExpenseSeen.objects.count() == 5
    first = LegalState.objects.filter(building=year.building).earliest("began_on")
    assert (today - first.began_on).days == FIRST_LOOK_DAYS_AGO
