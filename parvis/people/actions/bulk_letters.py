"""Letters for one client, a building or a selection, handed to whoever asked for them: they are kept nowhere."""

import dataclasses
from collections.abc import Sequence

from django.db import transaction

from parvis.journal.actions import record
from parvis.kit.clock import database_now
from parvis.kit.days import paris_day
from parvis.kit.french_dates import long_instant
from parvis.kit.refusals import Refusal
from parvis.kit.throttle import Limit, admit
from parvis.people.actions import letters
from parvis.people.actions.campaigns import BATCH_DRAWN, NobodyLeft, held_campaign, new_batch, new_campaign, open_batch
from parvis.people.actions.letters import LetterRefused
from parvis.people.actions.locks import hold_clients
from parvis.people.letter_document import letters_pdf
from parvis.people.letter_files import LetterForm
from parvis.people.models import Campaign, Client, Letter, LetterBatch, User
from parvis.people.models.entrance import LetterQuerySet

MOST_AT_ONCE = 200
ONE_PRESS = Limit(name="letter-of-one-press", allowed=1, seconds=24 * 3600)
LONGEST_NAME = 40  # letters, so that a campaign's name holds the day too


class NobodyToWriteTo(Refusal):
    message = "Aucun de ces clients ne peut recevoir de lettre."


class TooManyAtOnce(Refusal):
    message = f"Tirez {MOST_AT_ONCE} lettres au plus à la fois\u00a0; au-delà, lancez une campagne."


class LetterStillValid(LetterRefused):
    message = "Sa lettre est encore valable."


class DrawnAlready(LetterRefused):
    message = (
        "Cette lettre vient d’être tirée\u00a0: elle est dans vos téléchargements. Si vous ne l’y trouvez pas, "
        "tirez-en une autre\u00a0: elle la remplacera."
    )


class BatchDrawnAlready(Refusal):
    message = (
        "Ce lot vient d’être tiré\u00a0: son fichier est dans vos téléchargements. Si vous ne l’y trouvez pas, "
        "tirez le dernier lot à nouveau."
    )


class NoAddress(LetterRefused):
    message = "L’adresse postale de ce client manque."


@dataclasses.dataclass(frozen=True, kw_only=True)
class Sorted:
    """Whom letters can be drawn for, and the others, each with the reason."""

    ready: list[Client]
    refused: list[tuple[Client, LetterRefused]]


def sort(clients: Sequence[Client]) -> Sorted:
    """Of these clients, those who can be sent a letter with others: no letter of theirs is on its way."""
    found = dict(letters.refusals(clients=clients, is_automatic=True, now=database_now()))
    usable = Letter.objects.usable_by_code().filter(client__in=[client.pk for client in clients])
    waiting = set(usable.values_list("client_id", flat=True))
    for client in clients:
        if client.pk in waiting:
            found.setdefault(client, LetterStillValid())
        elif not (client.street and client.city):
            found.setdefault(client, NoAddress())
    return Sorted(ready=[client for client in clients if client not in found], refused=list(found.items()))


@transaction.atomic
def draw_one(*, client: Client, by: User, sending_key: str) -> bytes:
    """« Nouvelle lettre »: the PDF to print, which replaces the letter before. Refuses what `letters` refuses.

    `sending_key` was drawn with the form: sent twice, it is one letter. As no copy is kept, the second is refused.
    """
    hold_clients([client.pk])
    if admit(ONE_PRESS, key=f"{client.public_id} {sending_key}"):
        raise DrawnAlready
    drawn = letters.draw_letter(client=client, by=("user", by.public_id))
    return letters_pdf([drawn], agency=client.agency, day=paris_day(database_now()))


@transaction.atomic
def draw_many(*, clients: Sequence[Client], name: str, form: LetterForm, by: User) -> bytes:
    """The letters of those of these clients of one agency who can be sent one, in one file.

    They are a campaign of one batch, called after `name`, so that its figures follow. Refuses more than 200, and when
    nobody can be sent one.
    """
    ready, now = sort(clients).ready, database_now()
    if not ready:
        raise NobodyToWriteTo
    if len(ready) > MOST_AT_ONCE:
        raise TooManyAtOnce
    author, agency, size = ("user", by.public_id), ready[0].agency, len(ready)
    title = f"{name[:LONGEST_NAME]}, {long_instant(now)}"
    campaign = new_campaign(agency=agency, name=title, batch_size=size, daily_limit=size)
    batch = LetterBatch.objects.create(campaign=campaign, number=1, drawn_at=now, sent=size)
    drawn = letters.draw_letters(clients=ready, by=author, is_automatic=True, batch=batch)
    record(agency_id=agency.pk, verb="campaign.started", actor=author, subject=("campaign", campaign.public_id))
    return form.bytes_of(drawn, agency=agency, day=paris_day(now))


@transaction.atomic
def draw_next(*, campaign: Campaign, form: LetterForm, by: User, sending_key: str) -> bytes:
    """The next batch of a campaign, 200 letters at most, in one file of which no copy is kept.

    Refuses what `open_batch` refuses, and a `sending_key` (drawn with the form) that was sent before.
    """
    batch, clients = open_batch(campaign, at_most=MOST_AT_ONCE)
    press_once(campaign, clients=clients, sending_key=sending_key)
    return handed_over(batch, clients=clients, form=form, by=by)


@transaction.atomic
def draw_again(*, campaign: Campaign, form: LetterForm, by: User, sending_key: str) -> bytes:
    """The last batch once more, its file being lost: new letters, which end those that nobody may have received.

    Both batches keep their figures. Refuses when none of them still waits, more than 200,
    and a `sending_key` sent before.
    """
    locked, now = held_campaign(campaign), database_now()
    last = LetterBatch.objects.filter(campaign=locked).order_by("-number").first()
    waiting = letters_that_wait(last).select_related("client__agency").order_by("client__last_name", "client_id")
    clients = [letter.client for letter in waiting]
    refused = {client.pk for client, _ in letters.refusals(clients=clients, is_automatic=False, now=now)}
    ready = [client for client in clients if client.pk not in refused]
    if last is None or not ready:
        raise NobodyLeft
    if len(ready) > MOST_AT_ONCE:
        raise TooManyAtOnce
    press_once(locked, clients=ready, sending_key=sending_key)
    batch = new_batch(locked, clients=ready, now=now)
    return handed_over(batch, clients=ready, form=form, by=by)


def letters_that_wait(batch: LetterBatch | None) -> LetterQuerySet:
    """The letters of a batch whose code can still be typed."""
    return Letter.objects.usable_by_code().filter(batch=batch, batch__isnull=False)


def press_once(campaign: Campaign, *, clients: Sequence[Client], sending_key: str) -> None:
    """The clients are held before the press is counted, as everywhere."""
    hold_clients([client.pk for client in clients])
    if admit(ONE_PRESS, key=f"{campaign.public_id} {sending_key}"):
        raise BatchDrawnAlready


def handed_over(batch: LetterBatch, *, clients: Sequence[Client], form: LetterForm, by: User) -> bytes:
    campaign, author = batch.campaign, ("user", by.public_id)
    drawn = letters.draw_letters(clients=clients, by=author, batch=batch)
    record(agency_id=campaign.agency_id, verb=BATCH_DRAWN, actor=author, subject=("campaign", campaign.public_id))
    return form.bytes_of(drawn, agency=campaign.agency, day=paris_day(batch.drawn_at))
