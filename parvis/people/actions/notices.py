"""Notices on paper: what is told by post to a client of whom the agency knows no courriel."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from parvis.journal.actions import record_many
from parvis.kit.clock import database_now
from parvis.kit.days import paris_day
from parvis.people.models import Client, PaperNotice
from parvis.people.notice_document import notices_pdf


def queue_notice(*, client: Client, subject: PaperNotice.Subject, masked: str, at: dt.datetime) -> PaperNotice:
    """Put a notice among those to print and post. `masked` is the address that the access uses."""
    return PaperNotice.objects.create(
        agency_id=client.agency_id, client=client, subject=subject, masked_email=masked, happened_at=at
    )


@transaction.atomic
def print_notices(*, notices: Sequence[PaperNotice], by: tuple[str, str]) -> bytes:
    """Print notices of one agency, a page each, and note that they were; return the PDF.

    One that was already printed keeps the day and the author of its first print.
    """
    now = database_now()
    ids = [notice.pk for notice in notices]
    rows = PaperNotice.objects.select_related("client", "agency").filter(pk__in=ids)
    locked = list(rows.select_for_update(of=("self",)).order_by("happened_at", "pk"))
    PaperNotice.objects.waiting().filter(pk__in=ids).update(printed_at=now, printed_by=":".join(filter(None, by)))
    pdf = notices_pdf(locked, agency=locked[0].agency, day=paris_day(now))
    record_many(
        agency_id=locked[0].agency_id,
        verb="notice.printed",
        actor=by,
        subjects=[("client", notice.client.public_id) for notice in locked],
    )
    return pdf
