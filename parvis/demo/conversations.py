"""What the active clients of the demonstration wrote to the agency, and were answered: invented, told by no mail."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from parvis.agencies.models import Agency
from parvis.kit.identifiers import new_public_id
from parvis.notices.actions import add_notices
from parvis.notices.models import Notice
from parvis.people.models import Client, Grant, StaffMember
from parvis.threads.models import Message, Thread


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A question, so many days ago, and its answer a day later, where there is one."""

    subject: str
    days_ago: int
    question: str
    answer: str = ""


EXCHANGES = (
    Exchange(
        subject=Thread.Subject.DOCUMENT,
        days_ago=9,
        question="Bonjour,\n\nMon assureur me demande le règlement de copropriété. Où puis-je le trouver ?\n\nMerci.",
        answer=(
            "Bonjour,\n\nIl est dans « Mes documents », rubrique « Immeuble ». Vous pouvez le télécharger et "
            "l’envoyer à votre assureur.\n\nBien à vous."
        ),
    ),
    Exchange(
        subject=Thread.Subject.PROPERTY,
        days_ago=1,
        question="Bonjour,\n\nL’ampoule du palier du 2e étage ne s’allume plus depuis samedi.\n\nCordialement.",
    ),
)


@transaction.atomic
def converse(agency: Agency, *, now: dt.datetime) -> None:
    """Give each client who came in, and never wrote, a question answered and one that waits."""
    answering = StaffMember.objects.filter(agency=agency, user__isnull=False, left_on=None).order_by("pk").first()
    open_grants = Grant.objects.filter(client__agency=agency, ended_at=None, client__threads=None)
    if answering is None:
        return
    for grant in open_grants.select_related("client", "user").order_by("pk"):
        for exchange in EXCHANGES:
            write(exchange, grant=grant, answering=answering, now=now)


def write(exchange: Exchange, *, grant: Grant, answering: StaffMember, now: dt.datetime) -> None:
    asked_at = now - dt.timedelta(days=exchange.days_ago)
    answered_at = asked_at + dt.timedelta(days=1)
    client: Client = grant.client
    thread = Thread.objects.create(
        agency_id=client.agency_id,
        client=client,
        subject=exchange.subject,
        state=Thread.State.ANSWERED if exchange.answer else Thread.State.WAITING,
        opened_at=asked_at,
        latest_at=answered_at if exchange.answer else asked_at,
    )
    said = [Message(author=grant.user, author_name=client.full_name, body=exchange.question, sent_at=asked_at)]
    if exchange.answer:
        said.append(
            Message(author=answering.user, author_name=str(answering), body=exchange.answer, sent_at=answered_at)
        )
    for message in said:
        message.thread, message.sending_key = thread, new_public_id()
        message.is_from_agency = message.author_id == answering.user_id
    Message.objects.bulk_create(said)
    if exchange.answer:
        add_notices(
            [grant.user_id],
            kind=Notice.Kind.MESSAGE,
            text=f"Votre agence a répondu à votre message « {thread.get_subject_display()} ».",
            target=("message", thread.public_id),
            key=f"answer-{thread.public_id}",
        )
