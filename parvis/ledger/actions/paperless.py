"""The tenant's express agreement to dematerialised quittances: given, then taken back whenever they like."""

from django.db import transaction

from parvis.journal.actions import record
from parvis.kit.clock import database_now
from parvis.ledger.models import PaperlessAgreement
from parvis.people.models import Client, User


@transaction.atomic
def agree(*, client: Client, by: User) -> PaperlessAgreement:
    """Note the agreement and its day (loi 89-462, art. 21). Twice is once."""
    now = database_now()
    asked = PaperlessAgreement(agency_id=client.agency_id, client=client, agreed_at=now, agreed_by=by)
    PaperlessAgreement.objects.bulk_create([asked], ignore_conflicts=True)
    given = PaperlessAgreement.objects.live().get(client=client)
    if given.public_id == asked.public_id:
        record(
            agency_id=client.agency_id,
            verb="paperless_receipts.agreed",
            actor=("user", by.public_id),
            subject=("client", client.public_id),
        )
    return given


@transaction.atomic
def withdraw_agreement(*, client: Client, by: User) -> None:
    """From now on receipts go by post again."""
    ended = PaperlessAgreement.objects.live().filter(client=client).update(withdrawn_at=database_now())
    if ended:
        record(
            agency_id=client.agency_id,
            verb="paperless_receipts.withdrawn",
            actor=("user", by.public_id),
            subject=("client", client.public_id),
        )
