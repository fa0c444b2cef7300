"""A quote is answered: the landlord decides, the members of the council say what they think."""

from typing import Any

from django.db import transaction

from parvis.interventions import emails
from parvis.interventions.actions.actors import Actor, journal
from parvis.interventions.actions.events import Step, change, held, note
from parvis.interventions.actions.telling import tell_agency
from parvis.interventions.models import Audience, Intervention, Opinion, Quote
from parvis.kit.clock import database_now
from parvis.kit.days import paris_day
from parvis.kit.refusals import Refusal
from parvis.notices.actions import notify
from parvis.notices.models import Notice
from parvis.people.models import Client
from parvis.property.models import CouncilSeat, ManagementMandate, Ownership, on_day

Decision = Quote.Decision
LABELS = {
    Decision.ACCEPTED: "Devis accepté par le propriétaire",
    Decision.REFUSED: "Devis refusé par le propriétaire",
    Decision.OTHER_WANTED: "Autre devis demandé par le propriétaire",
}
AFTER = {
    Decision.ACCEPTED: "Envoi de l’ordre de service à l’entreprise",
    Decision.REFUSED: "Réponse de votre gestionnaire après le refus du devis",
    Decision.OTHER_WANTED: "Réception d’un autre devis",
}


class NotAsked(Refusal):
    message = "Ce devis n’attend pas votre réponse."


class AlreadyDecided(Refusal):
    message = "Ce devis a déjà reçu une réponse. Relisez le dossier."


class OneIsAccepted(Refusal):
    message = "Un autre devis est déjà accepté pour cette intervention."


class ReasonMissing(Refusal):
    message = "Dites pourquoi\u00a0: votre agence en a besoin pour la suite."


def approvers_of(quote: Quote) -> list[Client]:
    """Whose answer is awaited today: who has the lot managed, else who owns it; the council of the building."""
    case, today = quote.intervention, on_day(paris_day(database_now()))
    clients = Client.objects.order_by("pk")
    if quote.approver == Quote.Approver.COUNCIL:
        seats = CouncilSeat.objects.filter(today, building_id=case.building_id).order_by()
        return list(clients.filter(pk__in=seats.values("client_id")))
    if quote.approver != Quote.Approver.LANDLORD or case.lot_id is None:
        return []
    mandates = ManagementMandate.objects.filter(today, lot_id=case.lot_id).order_by()
    ownerships = Ownership.objects.filter(today, lot_id=case.lot_id).order_by()
    landlords = list(clients.filter(pk__in=mandates.values("client_id")))
    return landlords or list(clients.filter(pk__in=ownerships.values("client_id")))


def ask(quote: Quote) -> int:
    """Tell those whose answer is awaited, once; return how many logins were told. The quote is written already."""
    case = quote.intervention
    return notify(
        clients=approvers_of(quote),
        kind=Notice.Kind.INTERVENTION,
        text=f"{case.title}\u00a0: un devis attend votre réponse."[:300],
        target=("quote", quote.public_id),
        written=emails.approval_asked(quote),
        key=f"quote-{quote.public_id}",
    )


@transaction.atomic
def decide(*, quote: Quote, decision: str, by: Actor, reason: str = "") -> Quote:
    """The landlord accepts, refuses or wants another. The same answer twice is one; the agency is told.

    Refuses whoever is not asked, a second and different answer, a refusal without its reason, a second quote accepted.
    The reason is the agency's: the tenant who reported the case reads that there is an answer.
    """
    case, row = held_with_case(quote)
    if row.approver != Quote.Approver.LANDLORD or by.client not in approvers_of(row) or decision not in LABELS:
        raise NotAsked
    if row.decision == decision:
        return row
    if row.decision != Decision.WAITING or case.state != Intervention.State.AWAITING_APPROVAL:
        raise AlreadyDecided
    if decision != Decision.ACCEPTED and not reason.strip():
        raise ReasonMissing
    label = LABELS[Decision(decision)]
    write_decision(case, row, decision=decision, reason=reason.strip(), by=by)
    change(case, columns=coming_after(case, decision=decision))
    note(case, Step(label=label, audience=Audience.REPORTER), by=by)
    if row.reason:
        note(case, Step(label=f"{label}\u00a0: motif", text=row.reason, audience=Audience.INTERNAL), by=by)
    tell_agency(case, subject=f"Intervention {case.number} : {label}", lines=[f"{by.name} a répondu.", row.reason])
    journal(f"quote.{decision}", row, by=by)
    return row


def write_decision(case: Intervention, row: Quote, *, decision: str, reason: str, by: Actor) -> None:
    """The answer itself; both are held. Refuses a second quote accepted."""
    if decision == Decision.ACCEPTED and has_accepted(case):
        raise OneIsAccepted
    row.decision, row.reason, row.decided_at = decision, reason, database_now()
    row.decided_by, row.decided_by_name = by.user, by.name
    row.save(update_fields=["decision", "reason", "decided_at", "decided_by", "decided_by_name"])


def coming_after(case: Intervention, *, decision: str) -> dict[str, Any]:  # Any: what a column of the case holds
    """The next step after that answer: one that is refused changes nothing to another accepted before."""
    if decision not in AFTER or (decision != Decision.ACCEPTED and has_accepted(case)):
        return {}
    return {"next_step": AFTER[Decision(decision)], "next_step_on": None}


def has_accepted(case: Intervention) -> bool:
    return case.quotes.filter(decision=Decision.ACCEPTED).exists()


@transaction.atomic
def opine(*, quote: Quote, choice: str, by: Actor, comment: str = "") -> Opinion:
    """What a member of the council thinks; said again, the last word counts. The agency and the council read it."""
    case, row = held_with_case(quote)
    if row.approver != Quote.Approver.COUNCIL or by.client not in approvers_of(row):
        raise NotAsked
    if row.decision != Decision.WAITING:
        raise AlreadyDecided
    opinion, _ = Opinion.objects.update_or_create(
        quote=row,
        client=by.client,
        defaults={"choice": choice, "comment": comment.strip(), "given_at": database_now()},
    )
    words = f"Avis du conseil syndical\u00a0: {opinion.get_choice_display().lower()} ({by.name})"
    note(case, Step(label=words[:160], text=opinion.comment, audience=Audience.INTERNAL), by=by)
    tell_agency(case, subject=f"Intervention {case.number} : avis sur un devis", lines=[words, opinion.comment])
    journal("quote.opined", row, by=by)
    return opinion


def held_with_case(quote: Quote) -> tuple[Intervention, Quote]:
    """The case, then the quote, both locked until the end of the transaction."""
    case = held(quote.intervention)
    row = Quote.objects.select_for_update(of=("self",)).select_related("supplier").get(pk=quote.pk)
    row.intervention = case
    return case, row
