"""« Voir comme ce client »: a member of the staff looks, with a reason that the client reads."""

from django.db import transaction

from parvis.journal.actions import record
from parvis.kit.refusals import Refusal
from parvis.people.actions import reads
from parvis.people.models import Client, User
from parvis.people.models.viewers import Viewer
from parvis.people.rules import Duty

PART = "Votre espace, comme vous le voyez"
LONGEST_REASON = 200


class NoReason(Refusal):
    message = "Dites pourquoi\u00a0: le client le lira."


class MayNotVisit(Refusal):
    message = "Votre rôle ne permet pas de voir l’espace d’un client."


@transaction.atomic
def begin_visit(*, client: Client, reason: str, by: User) -> None:
    """Write down who looks and why, where the client reads it, before anything is shown.

    Those of the staff may whose role says so. Refuses an empty reason.
    """
    told = " ".join(reason.split())[:LONGEST_REASON]
    if Duty.VIEW_AS not in Viewer.of(by).duties:
        raise MayNotVisit
    if not told:
        raise NoReason
    reads.by_staff(reader=by, client_ids=[client.pk], part=f"{PART}. Motif\u00a0: {told}")
    record(
        agency_id=client.agency_id,
        verb="client.viewed-as",
        actor=("user", by.public_id),
        subject=("client", client.public_id),
        personal_detail={"reason": told},
    )
