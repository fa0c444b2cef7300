"""What a caretaker adds to a case of their building: for the agency alone, which is told at once."""

from django.db import transaction

from parvis.interventions.actions import messages
from parvis.interventions.actions.actors import Actor
from parvis.interventions.actions.messages import Writing
from parvis.interventions.actions.telling import tell_agency
from parvis.interventions.models import CaseMessage, Intervention


@transaction.atomic
def write(*, intervention: Intervention, writing: Writing, by: Actor) -> CaseMessage:
    """A note, with its photos; whoever follows the case is told. Sent twice, it is one, told once."""
    sent = messages.sent_before(intervention, writing)
    if sent is not None:
        return sent
    message = messages.write(intervention=intervention, writing=writing, by=by)
    lines = [message.text or "Des photos sont ajoutées."]
    tell_agency(intervention, subject=f"Intervention {intervention.number} : note de {by.name}", lines=lines)
    return message
