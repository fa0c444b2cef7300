"""Whatever the order in which exercises come, and come again, the balances are the same in the end."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parvis.ledger.models import Entry, Exercise
from tests.exchange.books import balances, bring_in, confirm, opened, owed, paid, write_fec
from tests.factories import AgencyFactory, BuildingFactory, ClientFactory

pytestmark = pytest.mark.django_db
ALICE, BOB = "450ALICE", "450BOB"
FORMER = [*owed("20250105", ALICE, "Appel 2025", "50,00"), *paid("20250301", BOB, "Avance", "8,00")]
PRESENT = [
    *opened("20260101", ALICE, debit="50,00"),
    *opened("20260101", BOB, credit="8,00"),
    *owed("20260105", ALICE, "Appel 2026", "60,00"),
]
CORRECTED = [*PRESENT[:4], *owed("20260105", ALICE, "Appel 2026", "61,00"), *paid("20260201", BOB, "Virement", "2,00")]
FILES = {"former": (FORMER, "20251231"), "present": (PRESENT, "20261231"), "corrected": (CORRECTED, "20261231")}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.lists(st.sampled_from(sorted(FILES)), max_size=4))
def test_any_sequence_of_files_ends_with_the_same_balances(tmp_path, order):
    Entry.objects.all().delete()
    agency = AgencyFactory(slug=f"agence-{AgencyFactory._meta.model.objects.count()}")
    building = BuildingFactory(agency=agency)
    bring_in(write_fec(tmp_path, FORMER, closing="20251231"), slug=agency.slug)
    bring_in(write_fec(tmp_path, PRESENT), slug=agency.slug)
    for number in (ALICE, BOB):
        confirm(number, ClientFactory(agency=agency), building)

    for name in [*order, "former", "corrected"]:
        rows, closing = FILES[name]
        assert bring_in(write_fec(tmp_path, rows, closing=closing), slug=agency.slug).is_applied

    assert balances(agency.pk) == {ALICE: (-11100, False), BOB: (1000, False)}
    assert Entry.objects.filter(exercise__book__agency=agency).count() == 6
    assert Exercise.objects.filter(book__agency=agency).count() == 2
