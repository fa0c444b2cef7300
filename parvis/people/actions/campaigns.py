"""Bulk campaigns of letters: drawn batch by batch within a daily limit, and told when one comes back."""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet, Sum

from parvis.agencies.models import Agency
from parvis.journal.actions import record, record_many
from parvis.kit.clock import database_now
from parvis.kit.refusals import Refusal
from parvis.people.actions import letters
from parvis.people.actions.locks import hold_clients
from parvis.people.letter_files import LetterFile
from parvis.people.models import Campaign, Client, Grant, Letter, LetterBatch
from parvis.people.models.campaigns import MOST_IN_A_BATCH
from parvis.people.rules import normalise_reference

DAY = dt.timedelta(hours=24)
BATCH_DRAWN = "campaign.batch-drawn"


class CampaignRefused(Refusal):
    """The campaign cannot be made, or go on now."""


class NameTaken(CampaignRefused):
    message = "Une campagne de l’agence porte déjà ce nom."


class WrongSizes(CampaignRefused):
    message = "Un lot compte de 1 à 1 000 lettres, et la limite d’un jour est au moins la taille d’un lot."


class DayIsFull(CampaignRefused):
    """The limit of 24 hours leaves no room for a batch."""

    def __init__(self, *, sent: int, limit: int) -> None:
        super().__init__(
            f"{sent} lettres en 24\u00a0heures\u00a0: la limite de la campagne est de {limit}. Reprenez demain."
        )


class NobodyLeft(CampaignRefused):
    message = "Il ne reste personne à qui écrire dans cette campagne."


@transaction.atomic
def start_campaign(
    *, agency: Agency, name: str, batch_size: int, daily_limit: int, by: tuple[str, str] = letters.SYSTEM
) -> Campaign:
    """Open a campaign. Refuses a name of the agency taken already, and sizes that make no sense."""
    campaign = new_campaign(agency=agency, name=name, batch_size=batch_size, daily_limit=daily_limit)
    record(agency_id=agency.pk, verb="campaign.started", actor=by, subject=("campaign", campaign.public_id))
    return campaign


def new_campaign(*, agency: Agency, name: str, batch_size: int, daily_limit: int) -> Campaign:
    """The same, for a caller who journals it last, once the letters are drawn."""
    if not 1 <= batch_size <= MOST_IN_A_BATCH or daily_limit < batch_size:
        raise WrongSizes
    try:
        with transaction.atomic():
            campaign: Campaign = Campaign.objects.create(
                agency=agency, name=name, batch_size=batch_size, daily_limit=daily_limit
            )
    except IntegrityError as error:
        raise NameTaken from error
    return campaign


@transaction.atomic
def draw_batch(*, campaign: Campaign, file: LetterFile, by: tuple[str, str] = letters.SYSTEM) -> LetterBatch:
    """Draw the next batch into `file`; neither batch, letter nor file if anything fails.

    Refuses what `open_batch` refuses, and what `letters.print_letters` refuses.
    """
    batch, clients = open_batch(campaign, at_most=campaign.batch_size)
    letters.print_letters(clients=clients, file=file, by=by, is_automatic=True, batch=batch)
    record(agency_id=campaign.agency_id, verb=BATCH_DRAWN, actor=by, subject=("campaign", campaign.public_id))
    return batch


def open_batch(campaign: Campaign, *, at_most: int) -> tuple[LetterBatch, list[Client]]:
    """The next batch and those it writes to, within the campaign's own sizes and `at_most`; the campaign is held.

    Refuses when the day is full and when nobody is left.
    """
    now = database_now()
    locked = held_campaign(campaign)
    size, sent = min(locked.batch_size, at_most), sent_within_a_day(locked, now=now)
    if sent + size > locked.daily_limit:
        raise DayIsFull(sent=sent, limit=locked.daily_limit)
    clients = next_clients(locked, size=size, now=now)
    if not clients:
        raise NobodyLeft
    return new_batch(locked, clients=clients, now=now), clients


def held_campaign(campaign: Campaign) -> Campaign:
    return Campaign.objects.select_for_update(of=("self",)).select_related("agency").get(pk=campaign.pk)


def sent_within_a_day(campaign: Campaign, *, now: dt.datetime) -> int:
    recent = LetterBatch.objects.filter(campaign=campaign, drawn_at__gt=now - DAY)
    sent: int = recent.aggregate(sent=Sum("sent", default=0))["sent"]
    return sent


def new_batch(campaign: Campaign, *, clients: Sequence[Client], now: dt.datetime) -> LetterBatch:
    """The next number of a campaign that is held."""
    number = LetterBatch.objects.filter(campaign=campaign).count() + 1
    batch: LetterBatch = LetterBatch.objects.create(campaign=campaign, number=number, drawn_at=now, sent=len(clients))
    return batch


def next_clients(campaign: Campaign, *, size: int, now: dt.datetime) -> list[Client]:
    """The next whom the campaign writes to, by name: no access, no letter that still opens, an address to write to."""
    written = Letter.objects.filter(batch__campaign=campaign).values("client_id")
    waiting = still_without_access(campaign.agency).exclude(pk__in=written).exclude(street="").exclude(city="")
    found: list[Client] = []
    for start in range(0, waiting.count(), size):
        some = list(waiting.select_related("agency")[start : start + size])
        refused = {client.pk for client, _ in letters.refusals(clients=some, is_automatic=True, now=now)}
        found += [client for client in some if client.pk not in refused]
        if len(found) >= size:
            break
    return found[:size]


def still_without_access(agency: Agency) -> QuerySet[Client]:
    """Open files without login, former password nor a letter whose code can still be typed."""
    joined = Grant.objects.filter(client__agency=agency, ended_at=None).values("client_id")
    lettered = Letter.objects.usable_by_code().filter(agency=agency).values("client_id")
    without = Client.objects.of_agency(agency).filter(closed_on=None, former_password=None)
    return without.exclude(pk__in=joined).exclude(pk__in=lettered)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Returned:
    """What marking letters as returned came to: how many, and the identifiants that named no letter to mark."""

    marked: int
    unknown: list[str]


@transaction.atomic
def mark_returned(*, agency: Agency, identifiers: Iterable[str], by: tuple[str, str] = letters.SYSTEM) -> Returned:
    """« Retour à l'envoyeur » (NPAI): the code of each client's letter dies, and no other is sent to that address.

    An identifiant without a letter that waits (unknown, activated, already marked) is given back.
    """
    typed = {normalise_reference(each): each.strip() for each in identifiers if normalise_reference(each)}
    named = Client.objects.of_agency(agency).filter(reference_key__in=typed)
    clients = hold_clients(list(named.values_list("pk", flat=True)))
    marked = {client: letter for client in clients if (letter := letter_to_mark(client)) is not None}
    for client in marked:
        del typed[client.reference_key]
    end_as_returned(marked.values())
    subjects = [("client", client.public_id) for client in marked]
    record_many(agency_id=agency.pk, verb="letter.returned", actor=by, subjects=subjects)
    return Returned(marked=len(marked), unknown=list(typed.values()))


def letter_to_mark(client: Client) -> Letter | None:
    """The client's latest letter, unless it opened an access or was marked already."""
    letter = Letter.objects.filter(client=client).order_by("-issued_at", "-pk").first()
    is_over = letter is not None and letter.ending in (Letter.Ending.ACTIVATED, Letter.Ending.RETURNED)
    return None if is_over else letter


def end_as_returned(letters: Collection[Letter]) -> None:
    """End these letters as returned; each batch counts its own, the batches one after the other by `pk`."""
    ended = Letter.objects.filter(pk__in=[letter.pk for letter in letters])
    ended.update(ended_at=database_now(), ending=Letter.Ending.RETURNED)
    for batch_id, returned in sorted(Counter(letter.batch_id for letter in letters if letter.batch_id).items()):
        LetterBatch.objects.filter(pk=batch_id).update(returned=F("returned") + returned)
