"""What the staff of the demonstration has set up around the cases: firms, templates, a quote that waits, an order."""

import datetime as dt

from django.db import transaction
from django.utils.text import slugify

from parvis.agencies.models import Agency
from parvis.demo import dice
from parvis.demo.problems import PROBLEMS
from parvis.interventions.actions import orders
from parvis.interventions.actions.actors import Actor
from parvis.interventions.models import Intervention, MessageTemplate, Quote, Supplier
from parvis.people.models import Grant, StaffMember

TEMPLATES = {
    "Photo demandée": "Bonjour,\n\nPouvez-vous ajouter une photo du problème\u202f? L’entreprise prévoira la pièce."
    "\n\nBien à vous.",
    "Passage de l’entreprise": "Bonjour,\n\nL’entreprise vous propose des horaires\u00a0: choisissez le vôtre dans le "
    "suivi de l’intervention.\n\nBien à vous.",
    "Pièce commandée": "Bonjour,\n\nLa pièce est commandée. Nous vous écrivons dès qu’elle arrive.\n\nBien à vous.",
}
QUOTE_CENTS = (18_000, 240_000)


@transaction.atomic
def set_up_casework(agency: Agency, *, now: dt.datetime) -> None:
    """Once: a second run finds it done."""
    if Supplier.objects.filter(agency=agency).exists():
        return
    Supplier.objects.bulk_create(firms_of(agency))
    MessageTemplate.objects.bulk_create(
        MessageTemplate(agency=agency, name=name, text=text) for name, text in TEMPLATES.items()
    )
    for case in Intervention.objects.filter(agency=agency, state="awaiting_approval").order_by("pk"):
        give_quote(case, now=now)
    send_an_order(agency)


def firms_of(agency: Agency) -> list[Supplier]:
    """Those that mend what breaks in the buildings, each with the trade of the first thing that it mends."""
    trades: dict[str, str] = {}
    for problem in (problem for problems in PROBLEMS.values() for problem in problems):
        trades.setdefault(problem.supplier, problem.category)
    return [
        Supplier(
            agency=agency,
            name=name,
            trade=trade,
            email=f"contact@{slugify(name)}.exemple.fr",
            phone=f"01 99 00 48 {rank:02}",
        )
        for rank, (name, trade) in enumerate(trades.items(), start=1)
    ]


def give_quote(case: Intervention, *, now: dt.datetime) -> None:
    """What the case waits for: the landlord's answer, or the council's opinion."""
    firm = Supplier.objects.filter(agency_id=case.agency_id, trade=case.category).order_by("pk").first()
    if firm is None:
        return
    least, most = QUOTE_CENTS
    is_common = case.scope == Intervention.Scope.COMMON
    Quote.objects.create(
        agency_id=case.agency_id,
        intervention=case,
        supplier=firm,
        supplier_name=firm.name,
        amount_cents=dice.between(least, most, case.number, "quote"),
        label=case.title,
        approver=Quote.Approver.COUNCIL if is_common else Quote.Approver.LANDLORD,
        asked_at=now - dt.timedelta(days=2),
    )


def send_an_order(agency: Agency) -> None:
    """One firm receives its link, for a case whose reporter reads nothing on the portal yet."""
    inside = Grant.objects.filter(ended_at=None, client__agency=agency).values("client_id")
    waiting = Intervention.objects.filter(agency=agency, state="acknowledged", version=0).exclude(reporter__in=inside)
    case = waiting.order_by("-reported_on", "pk").first()
    staff = StaffMember.objects.filter(agency=agency, user__isnull=False, left_on=None)
    member = staff.order_by("pk").first()
    firm = Supplier.objects.filter(agency=agency, trade=case.category).order_by("pk").first() if case else None
    if case is None or member is None or firm is None:
        return
    text = f"{case.title}. {case.description}"
    orders.send(intervention=case, supplier=firm, text=text, by=Actor.of_staff(member), version=0)
