"""The price of a firm, attached to a case by the agency; what was decided of it outside the portal."""

import dataclasses
import datetime as dt

from django.db import transaction

from parvis.documents.models import StoredFile
from parvis.interventions.actions import approvals, moves
from parvis.interventions.actions.actors import Actor, journal
from parvis.interventions.actions.events import Step, change, held, held_as_shown, note
from parvis.interventions.actions.telling import tell_agency, tell_of_step
from parvis.interventions.models import Audience, Intervention, Quote, Supplier
from parvis.kit.clock import database_now
from parvis.kit.refusals import Refusal

Approver = Quote.Approver
Decision = Quote.Decision
State = Intervention.State
QUOTED = (State.ACKNOWLEDGED, State.QUOTE_REQUESTED, State.AWAITING_APPROVAL)
NOTED = {
    Decision.ACCEPTED: "Devis accepté",
    Decision.REFUSED: "Devis refusé",
    Decision.OTHER_WANTED: "Autre devis demandé",
    Decision.WITHDRAWN: "Devis retiré",
}
WHOSE = {Approver.LANDLORD: "du propriétaire", Approver.COUNCIL: "du conseil syndical"}


class AlreadyDecided(Refusal):
    message = "Une décision est déjà notée pour ce devis."


class CaseIsOver(Refusal):
    message = "Cette intervention est terminée\u00a0: rouvrez-la pour y ajouter un devis."


class NotNow(Refusal):
    message = "Un accord se demande une fois l’intervention prise en charge, avant de mandater l’entreprise."


class NoLandlord(Refusal):
    message = "Ce problème est dans les parties communes\u00a0: le conseil syndical ou l’agence donne son accord."


@dataclasses.dataclass(frozen=True, kw_only=True)
class Price:
    """What a firm asks, in cents, and who says yes. `sending_key`: sent twice, it is one quote."""

    supplier: Supplier
    amount_cents: int
    label: str
    approver: str
    answer_before: dt.date | None = None
    file: StoredFile | None = None
    sending_key: str = ""


@transaction.atomic
def attach(*, intervention: Intervention, price: Price, by: Actor, version: int) -> Quote:
    """Put a quote in the case. Whoever has to agree is asked at once: the case waits for their answer.

    Refuses with StaleCase when the case has changed meanwhile, NotNow outside the time of quotes, a
    landlord for the common parts. Sent twice, it is one.
    """
    sent = sent_before(held(intervention), price=price)
    if sent is not None:
        return sent
    case = held_as_shown(intervention, version=version)
    check(case, price=price)
    quote = Quote.objects.create(
        agency=case.agency,
        intervention=case,
        supplier_name=price.supplier.name,
        asked_at=database_now(),
        **{field.name: getattr(price, field.name) for field in dataclasses.fields(price)},
    )
    note(case, Step(label=f"Devis de {quote.supplier_name} ajouté", audience=Audience.INTERNAL), by=by)
    if price.approver != Approver.AGENCY:
        wait_for(case, approver=WHOSE[Approver(price.approver)], by=by)
        approvals.ask(quote)
    journal("quote.attached", quote, by=by)
    return quote


def sent_before(case: Intervention, *, price: Price) -> Quote | None:
    """The same quote, already sent; the case is held."""
    return case.quotes.filter(sending_key=price.sending_key).first() if price.sending_key else None


def check(case: Intervention, *, price: Price) -> None:
    if case.is_ended:
        raise CaseIsOver
    if price.approver == Approver.LANDLORD and case.lot_id is None:
        raise NoLandlord
    if price.approver != Approver.AGENCY and case.state not in QUOTED:
        raise NotNow


def wait_for(case: Intervention, *, approver: str, by: Actor) -> None:
    """Lead the case to « En attente d’accord », as far as it is not there yet."""
    if case.state == State.ACKNOWLEDGED:
        case = moves.request_quote(intervention=case, by=by, version=case.version)
    if case.state == State.QUOTE_REQUESTED:
        moves.await_approval(intervention=case, by=by, version=case.version, approver=approver)


@transaction.atomic
def submit(*, intervention: Intervention, approver: str, by: Actor, version: int) -> Intervention:
    """Wait for an agreement, and ask it of those whose answer some quote awaits. `approver` as a client reads it."""
    case = moves.await_approval(intervention=intervention, by=by, version=version, approver=approver)
    for quote in case.quotes.select_related("intervention").filter(decision=Quote.Decision.WAITING):
        approvals.ask(quote)
    return case


@transaction.atomic
def note_decision(*, quote: Quote, decision: str, reason: str, by: Actor) -> Quote:
    """What was decided by telephone, by letter or at a meeting. Refused once something is decided.

    Those who live with the problem read the decision, not its reason. The next step follows, in the time of quotes.
    """
    case, row = approvals.held_with_case(quote)
    if row.decision != Quote.Decision.WAITING:
        raise AlreadyDecided
    approvals.write_decision(case, row, decision=decision, reason=reason, by=by)
    label = f"Devis de {row.supplier_name}\u00a0: {row.get_decision_display().lower()}"
    coming = approvals.coming_after(case, decision=decision) if case.state in QUOTED else {}
    if coming or case.is_kept_here:
        change(case, columns=coming)
    note(case, Step(label=label, text=reason, audience=Audience.INTERNAL), by=by)
    tell_of_decision(case, row, by=by)
    journal("quote.decided", row, by=by)
    return row


def tell_of_decision(case: Intervention, quote: Quote, *, by: Actor) -> None:
    """The reporter and those of the lot; whoever follows the case, unless they wrote it themselves."""
    label = NOTED[Decision(quote.decision)]
    if quote.approver != Approver.AGENCY:
        label = f"{label} (réponse {WHOSE[Approver(quote.approver)]})"
    tell_of_step(case, note(case, Step(label=label, audience=Audience.REPORTER), by=by))
    if by.member is None or by.member != case.assigned_to:
        lines = [f"{by.name} a noté la réponse au devis de {quote.supplier_name}.", quote.reason]
        tell_agency(case, subject=f"Intervention {case.number} : {label}", lines=lines)
