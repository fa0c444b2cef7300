"""What the portal explains of the demonstration’s calls is what was called, to the cent, but for one made wrong."""

import pytest

from parvis.demo.charges import WRONG_CALL
from parvis.ledger.building_books import BuildingBooks, parts_by_call
from parvis.ledger.models import Call, CallDifference, CallPart, FiscalYear
from tests.demo.test_import import bring_in
from tests.demo.worlds import FIRST_YEAR, MOULIN

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(tmp_path):
    return bring_in(tmp_path)


def explained(call):
    account = call.account
    return BuildingBooks(account.building_id).explain(call, CallPart.objects.filter(call=call))


def test_every_call_of_a_syndicat_is_explained_to_the_cent_but_one(report):
    building, _lot, years, quarter, cents = WRONG_CALL

    (difference,) = CallDifference.objects.all()

    assert difference.cents == cents
    assert difference.call.reference == f"AF-{FIRST_YEAR + years}-{quarter}"
    assert difference.call.account.building.reference == building
    assert any("1 appel diffère de son détail" in note for note in report.notes)
    calls = Call.objects.filter(account__creditor__kind="owners_association").select_related("account")
    parts = parts_by_call(CallPart.objects.all())
    books = {pk: BuildingBooks(pk) for pk in set(calls.values_list("account__building_id", flat=True))}
    gaps = {call.pk: books[call.account.building_id].explain(call, parts[call.pk]).difference_cents for call in calls}
    assert {pk: cents for pk, cents in gaps.items() if cents} == {difference.call_id: cents}
    assert len(gaps) > 1000


def test_a_late_vote_is_explained_by_its_adjustment(report):
    call = Call.objects.filter(account__building__reference="008", reference=f"AF-{FIRST_YEAR + 2}-3").first()

    sections = {step.section.value for step in explained(call).steps}

    assert sections == {"current", "works_fund", "adjustment"}


def test_every_state_of_accounts_is_there(report):
    assert set(FiscalYear.objects.values_list("status", flat=True)) == {"provisional", "approved", "closed"}


def test_the_second_agency_is_explained_too(tmp_path):
    bring_in(tmp_path, agency=MOULIN)

    assert CallPart.objects.exists()
    assert not CallDifference.objects.exists()
