"""What is written in a case, by whoever: sent twice it is one, and the other side is told."""

import dataclasses
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from parvis.interventions import emails
from parvis.interventions.access import is_open_to
from parvis.interventions.actions.actors import Actor, journal
from parvis.interventions.actions.events import held
from parvis.interventions.actions.photos import Picture, attach
from parvis.interventions.actions.telling import tell_agency, tell_reporter
from parvis.interventions.models import Audience, AuthorKind, CaseMessage, Intervention
from parvis.kit import throttle
from parvis.kit.clock import database_now
from parvis.kit.days import paris_day
from parvis.kit.refusals import Refusal

LONGEST_TEXT = 5_000
OF_AN_HOUR = throttle.Limit(name="case-messages-hour", allowed=20, seconds=3600)


class TooManyMessages(Refusal):
    message = "Vous avez envoyé beaucoup de messages. Réessayez dans une heure, ou appelez votre agence."


class NothingWritten(Refusal):
    message = "Écrivez un message ou ajoutez une photo."


class NothingToSay(Refusal):
    message = "Cette intervention est terminée. Rouvrez-la, ou déclarez le problème à nouveau."


@dataclasses.dataclass(frozen=True, kw_only=True)
class Writing:
    """What was typed, for whom. `sending_key`, a public id drawn with the form, names it."""

    text: str
    sending_key: str
    audience: Audience = Audience.REPORTER
    pictures: Sequence[Picture] = ()


def write(*, intervention: Intervention, writing: Writing, by: Actor) -> CaseMessage:
    """Add it to the case. Refuses an empty one, and a client's or a firm's twenty-first in an hour."""
    if not (writing.text.strip() or writing.pictures):
        raise NothingWritten
    sent = sent_before(intervention, writing)
    if sent is not None:
        return sent
    writes_for_themselves = by.kind in (AuthorKind.CLIENT, AuthorKind.SUPPLIER)
    if writes_for_themselves and throttle.admit(OF_AN_HOUR, key=":".join(by.journalled)):
        raise TooManyMessages
    try:
        return put_in(intervention=intervention, writing=writing, by=by)
    except IntegrityError:
        sent = sent_before(intervention, writing)
        if sent is None:
            raise
        return sent


def sent_before(intervention: Intervention, writing: Writing) -> CaseMessage | None:
    """The same message, already sent."""
    return CaseMessage.objects.filter(intervention=intervention, sending_key=writing.sending_key).first()


@transaction.atomic
def put_in(*, intervention: Intervention, writing: Writing, by: Actor) -> CaseMessage:
    case = held(intervention)
    if by.kind == AuthorKind.CLIENT:
        check_writes(case, by=by)
    message = CaseMessage.objects.create(
        intervention=case,
        author_kind=by.kind,
        author=by.user,
        author_name=by.name[:170],
        text=writing.text.strip()[:LONGEST_TEXT],
        audience=writing.audience,
        sending_key=writing.sending_key,
        sent_at=database_now(),
    )
    for picture in writing.pictures:
        attach(case, picture=picture, by=by, audience=writing.audience, message=message)
    tell(case, message=message, by=by)
    journal("intervention.written", case, by=by)
    return message


def check_writes(case: Intervention, *, by: Actor) -> None:
    """A client writes in a case that concerns them and is not over."""
    today = paris_day(database_now())
    if by.user is None or not is_open_to(by.user, case, today=today):
        raise NothingToSay


def tell(case: Intervention, *, message: CaseMessage, by: Actor) -> None:
    """The reporter of what the agency and the firm write to them; the agency of what the others write."""
    is_for_reporter = message.audience in (Audience.EVERYONE, Audience.REPORTER)
    if by.kind != AuthorKind.CLIENT and is_for_reporter:
        tell_reporter(
            case,
            text=f"{case.title}\u00a0: {message.author_name} vous écrit.",
            written=emails.wrote(case, message=message),
            key=f"case-message-{message.public_id}",
        )
    if by.kind != AuthorKind.STAFF:
        tell_agency(
            case,
            subject=f"Intervention {case.number} : message de {message.author_name}",
            lines=[message.text or "Des photos sont ajoutées."],
        )
