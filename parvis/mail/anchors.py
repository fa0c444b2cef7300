"""The head of each journal, sent every day to where nobody who writes in the database can change it.

With the messages of the past in hand, even a journal rewritten whole, its head included, is caught.
"""

import datetime as dt
import logging

from django.conf import settings
from django.db import transaction

from parvis.agencies.models import Agency
from parvis.journal import verifying
from parvis.journal.actions import record
from parvis.journal.verification import Reading, read_chain
from parvis.kit.days import paris_day
from parvis.kit.french_dates import long_date
from parvis.mail import frame
from parvis.mail.actions import queue_written
from parvis.mail.models import OutboxMessage

logger = logging.getLogger("parvis.mail.anchors")
KIND = "journal-head"
APART = dt.timedelta(hours=20)  # a day, less what a late worker may take


def send_journal_heads(*, now: dt.datetime) -> int:
    """Read every journal again and send its head, once a day whatever calls; return how many messages were queued."""
    return sum(send_head(agency, now=now) for agency in Agency.objects.order_by("pk"))


def send_head(agency: Agency, *, now: dt.datetime) -> bool:
    lately = OutboxMessage.objects.filter(agency=agency, kind=KIND, created_at__gt=now - APART)
    if lately.exists():
        return False
    reading = read_chain(agency.pk)
    verifying.keep(reading, agency_id=agency.pk)
    if reading.broken:
        logger.error("the journal does not hold", extra={"agency_id": agency.pk})
    elif not reading.length:
        return False
    with transaction.atomic():
        queue_written(
            agency=agency,
            kind=KIND,
            to_address=settings.OPERATOR_EMAIL or agency.email,
            written=message(agency, reading=reading, day=paris_day(now)),
        )
        record(agency_id=agency.pk, verb="journal.anchored", subject=("link", str(reading.length)))
    return True


BROKEN_ADVICE = (
    "Gardez les messages des jours passés : ils disent jusqu’où le journal était entier. Prévenez la personne qui "
    "tient le serveur."
)
KEEP_IT = (
    "Gardez ce message ailleurs que sur le serveur : il permet de montrer que personne n’a récrit le journal. "
    "La commande verify_journal compare cette tête, recopiée après --anchor."
)


def message(agency: Agency, *, reading: Reading, day: dt.date) -> frame.Written:
    """What is kept by whoever receives it."""
    plural = "s" if reading.length > 1 else ""
    if reading.broken:
        subject, found = "Le journal de l’espace client a été changé", f"{reading.broken}"
        parts: list[frame.Part] = [f"En relisant le journal de l’espace client : {found}.", BROKEN_ADVICE]
    else:
        subject, found = f"Journal de l’espace client, {long_date(day)}", f"{reading.length} fait{plural}"
        head = frame.Facts(rows=[("Tête", f"{agency.slug}:{reading.length}:{reading.digest}")])
        parts = [f"Le journal de l’espace client compte {found} et sa chaîne est entière.", head, KEEP_IT]
    return frame.write(
        agency=agency,
        subject=subject,
        preview=f"{long_date(day)} : {found}.",
        greeting=agency.name,
        parts=parts,
    )
