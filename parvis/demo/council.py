"""What councils did before today: lines of the accounts seen, a question answered, another that waits."""

import datetime as dt
from itertools import islice
from typing import cast

from django.db.models import QuerySet

from parvis.agencies.models import Agency
from parvis.compliance.actions.checks import answer, ask, mark_seen
from parvis.compliance.actions.states import refresh_buildings
from parvis.compliance.models import ExpenseQuestion, LegalState
from parvis.ledger.models import Expense, FiscalYear
from parvis.people.models import StaffMember
from parvis.property.models import CouncilSeat, on_day

FIRST_LOOK_DAYS_AGO = 83
SEEN = 12
ASKED = (
    ("Pourquoi cette facture est-elle plus élevée que celle de l’an dernier ?", True),
    ("Le devis de cette intervention a-t-il été montré au conseil syndical ?", False),
)
ANSWER = "Le prestataire est passé deux fois ce mois-ci. Le second passage sera déduit de la prochaine facture."


def note_first_look(slug: str, *, today: dt.date) -> None:
    """Before the first papers come in: what is missing has been so for a while."""
    agency = Agency.objects.get(slug=slug)
    if not LegalState.objects.filter(agency=agency).exists():
        refresh_buildings(agency=agency, day=today - dt.timedelta(days=FIRST_LOOK_DAYS_AGO))


def check_accounts(slug: str, *, today: dt.date) -> None:
    """Each council has begun to check its last closed exercise; done once."""
    agency = Agency.objects.get(slug=slug)
    if ExpenseQuestion.objects.filter(agency=agency).exists():
        return
    accountant = StaffMember.objects.filter(agency=agency, left_on=None).order_by("pk").first()
    seats = CouncilSeat.objects.filter(on_day(today), agency=agency, is_chair=True).select_related("client")
    for seat in cast("QuerySet[CouncilSeat]", seats.order_by("pk")):
        begin_check(seat, accountant)


def begin_check(seat: CouncilSeat, accountant: StaffMember | None) -> None:
    years = FiscalYear.objects.filter(building=seat.building_id).exclude(status=FiscalYear.Status.PROVISIONAL)
    year = years.order_by("-begins_on").first()
    lines = list(Expense.objects.filter(fiscal_year=year).order_by("key__code", "booked_on", "pk")) if year else []
    if not lines:
        return
    seen = list(islice(lines, SEEN))
    mark_seen(expenses=seen, seen={line.public_id for line in seen}, seat=seat)
    for line, (words, is_answered) in zip(lines[2:], ASKED, strict=False):
        question = ask(expense=line, seat=seat, body=words)
        if is_answered and accountant is not None:
            answer(question=question, body=ANSWER, by=accountant)
