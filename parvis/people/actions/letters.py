"""Drawing the letters that open the first connection."""

import datetime as dt
import hashlib
import os
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.db import transaction

from parvis.journal.actions import record_many
from parvis.kit.clock import database_now
from parvis.kit.days import paris_day
from parvis.kit.refusals import Refusal
from parvis.people import letter_secrets
from parvis.people.actions.doors import reopen_for
from parvis.people.actions.locks import hold_clients
from parvis.people.hashers import AT_ONCE, hash_secret
from parvis.people.letter_document import DrawnLetter, address_lines
from parvis.people.letter_files import LetterFile
from parvis.people.models import AccessFreeze, Client, Grant, Letter, LetterBatch
from parvis.people.tokens import new_token, token_digest

VALIDITY = dt.timedelta(days=30)
YEAR = dt.timedelta(days=365)
AUTOMATIC_LETTERS_A_YEAR = 4
SYSTEM = ("system", "")


class LetterRefused(Refusal):
    """This client cannot be sent a letter."""


class AlreadyActivated(LetterRefused):
    message = "Ce client a déjà choisi son mot de passe : « Mot de passe oublié » lui suffit."


class AccessFrozen(LetterRefused):
    message = "L’accès de ce client est gelé : décidez d’abord de le rouvrir ou de le fermer."


class FileClosed(LetterRefused):
    message = "Le dossier de ce client est clos."


class TooManyLetters(LetterRefused):
    message = "Ce client a déjà reçu 4 lettres en un an. Tirez la suivante à sa demande, pour lui seul."


class AddressReturned(LetterRefused):
    message = "La dernière lettre est revenue à l’envoyeur : corrigez l’adresse du client avant d’en tirer une autre."


def draw_letter(*, client: Client, by: tuple[str, str] = SYSTEM, is_automatic: bool = False) -> DrawnLetter:
    """Draw a client's letter, which replaces the one before.

    Refuses a client who has chosen their password, a closed file, a frozen access; and automatically a fifth letter
    in a year, or one to an address from which the last came back.
    """
    return draw_letters(clients=[client], by=by, is_automatic=is_automatic)[0]


@transaction.atomic
def draw_letters(
    *,
    clients: Sequence[Client],
    by: tuple[str, str] = SYSTEM,
    is_automatic: bool = False,
    batch: LetterBatch | None = None,
) -> list[DrawnLetter]:
    """The same for many clients of one agency, all or none; the hashes are computed two at a time."""
    now = database_now()
    held = hold_clients([client.pk for client in clients])
    for _, refusal in refusals(clients=held, is_automatic=is_automatic, now=now):
        raise refusal
    drawn = [new_letter(client, now=now) for client in clients]
    with ThreadPoolExecutor(AT_ONCE) as threads:
        hashes = list(threads.map(hash_secret, [each.code for each in drawn]))
    for each, code_hash in zip(drawn, hashes, strict=True):
        each.letter.code_hash, each.letter.batch = code_hash, batch
    reopen_for(agency=clients[0].agency, typed=[client.customer_reference for client in clients])
    end_live_letters(clients=clients, now=now)
    Letter.objects.bulk_create([each.letter for each in drawn])
    record_many(
        agency_id=clients[0].agency_id,
        verb="letter.drawn",
        actor=by,
        subjects=[("client", client.public_id) for client in clients],
    )
    return drawn


def refusals(
    *, clients: Collection[Client], is_automatic: bool, now: dt.datetime
) -> list[tuple[Client, LetterRefused]]:
    """Of these clients, those who cannot be sent a letter, each with the reason."""
    ids = [client.pk for client in clients]
    activated = set(Grant.objects.filter(client__in=ids, ended_at=None).values_list("client_id", flat=True))
    frozen = set(AccessFreeze.objects.open().filter(client__in=ids).values_list("client_id", flat=True))
    of_the_year = Letter.objects.filter(client__in=ids, issued_at__gt=now - YEAR).values_list("client_id", flat=True)
    letters = Counter(of_the_year if is_automatic else ())
    came_back = returned_from(ids) if is_automatic else {}
    found: list[tuple[Client, LetterRefused]] = []
    for client in clients:
        if client.closed_on is not None:
            found.append((client, FileClosed()))
        elif client.pk in frozen:
            found.append((client, AccessFrozen()))
        elif client.pk in activated:
            found.append((client, AlreadyActivated()))
        elif letters[client.pk] >= AUTOMATIC_LETTERS_A_YEAR:
            found.append((client, TooManyLetters()))
        elif came_back.get(client.pk) == address_digest(client):
            found.append((client, AddressReturned()))
    return found


def returned_from(client_ids: Sequence[int]) -> dict[int, str]:
    """Of these clients, those whose latest letter came back, with the digest of the address it was sent to."""
    letters = Letter.objects.filter(client__in=client_ids).order_by("issued_at", "pk")
    latest = {letter.client_id: letter for letter in letters}
    return {pk: letter.address_digest for pk, letter in latest.items() if letter.ending == Letter.Ending.RETURNED}


def address_digest(client: Client) -> str:
    """What tells whether the postal address changed."""
    return hashlib.sha256("\n".join(address_lines(client)).encode()).hexdigest()


def new_letter(client: Client, *, now: dt.datetime) -> DrawnLetter:
    """A letter whose code is not hashed yet, not saved."""
    code, key, token = letter_secrets.draw_code(), letter_secrets.draw_key(), new_token()
    letter = Letter(
        agency_id=client.agency_id,
        client=client,
        key_hash=letter_secrets.key_digest(key, client_id=client.pk),
        token_hash=token_digest(token),
        address_digest=address_digest(client),
        issued_at=now,
        expires_at=now + VALIDITY,
    )
    return DrawnLetter(letter=letter, client=client, code=code, key=key, token=token)


def end_live_letters(*, clients: Collection[Client], now: dt.datetime) -> None:
    """One letter lives at a time: the one before is replaced, or had expired."""
    live = Letter.objects.filter(client__in=clients, ended_at=None)
    live.filter(expires_at__lte=now).update(ended_at=now, ending=Letter.Ending.EXPIRED)
    live.update(ended_at=now, ending=Letter.Ending.REISSUED)


@transaction.atomic
def print_letters(
    *,
    clients: Sequence[Client],
    file: LetterFile,
    by: tuple[str, str] = SYSTEM,
    is_automatic: bool = False,
    batch: LetterBatch | None = None,
) -> int:
    """Draw the letters of clients of one agency into one file, the only copy of their secrets; return their number.

    The file is readable by its owner alone and never overwrites another (FileExistsError); if anything fails
    there is neither file nor letter. Refuses what `draw_letters` refuses.
    """
    with reserved(file.path) as output:
        drawn = draw_letters(clients=clients, by=by, is_automatic=is_automatic, batch=batch)
        output.write(file.bytes_of(drawn, agency=clients[0].agency, day=paris_day(database_now())))
        output.flush()
        os.fsync(output.fileno())
    return len(drawn)


@contextmanager
def reserved(output: Path) -> Iterator[BinaryIO]:
    """A new file for its owner alone (0600), removed if what follows fails."""
    descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
    except BaseException:
        output.unlink(missing_ok=True)
        raise
