"""Every call compared with what its parts explain, after an import: a difference is told to the agency."""

from collections.abc import Iterator

from django.db import transaction

from parvis.agencies.models import Agency
from parvis.ledger.building_books import BuildingBooks, CannotExplain, parts_by_call
from parvis.ledger.models import Account, Call, CallDifference, CallPart


@transaction.atomic
def note_differences(*, agency: Agency) -> int:
    """Compare the calls of an agency with their explanations; keep those that differ, and return how many they are.

    A call that cannot be explained for want of data is no difference: its page says what is missing.
    """
    CallDifference.objects.filter(agency=agency).delete()
    found = [difference for building_id in buildings_with_parts(agency) for difference in differences_in(building_id)]
    CallDifference.objects.bulk_create(found, batch_size=500)
    return len(found)


def buildings_with_parts(agency: Agency) -> list[int]:
    """The buildings where some call says what it asks for."""
    accounts = Account.objects.with_syndicats().filter(agency=agency, building__isnull=False)
    told = accounts.filter(calls__parts__isnull=False).order_by()
    return [building_id for building_id in told.values_list("building_id", flat=True).distinct() if building_id]


def differences_in(building_id: int) -> Iterator[CallDifference]:
    """The calls of one building, its books read once."""
    books = BuildingBooks(building_id)
    calls = Call.objects.filter(account__in=Account.objects.with_syndicats().filter(building_id=building_id))
    parts = parts_by_call(CallPart.objects.filter(call__in=calls))
    for call in calls.filter(parts__isnull=False).distinct().select_related("account__lot"):
        try:
            explanation = books.explain(call, parts[call.pk])
        except CannotExplain:
            continue
        if explanation.difference_cents:
            yield CallDifference(
                agency_id=call.account.agency_id,
                call=call,
                called_cents=explanation.called_cents,
                explained_cents=explanation.total_cents,
            )
