"""Writing in the journal: one link more in the agency's chain, its head locked last."""

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from parvis.journal.models import ChainHead, PersonalDetail, Record

SYSTEM = ("system", "")
START = "0" * 64


def record(
    *,
    agency_id: int,
    verb: str,
    actor: tuple[str, str] = SYSTEM,
    subject: tuple[str, str] = ("", ""),
    personal_detail: dict[str, Any] | None = None,
) -> Record:
    """Journal that `actor` (kind, id) did `verb` to `subject` (kind, id). Call it last in a transaction.

    Ids and verbs only: what names a person (address, browser) goes in `personal_detail`, which can be erased.
    """
    with transaction.atomic():
        (fact,) = record_many(agency_id=agency_id, verb=verb, actor=actor, subjects=[subject])
        if personal_detail:
            PersonalDetail.objects.create(record=fact, detail=personal_detail)
    return fact


@transaction.atomic
def record_many(
    *, agency_id: int, verb: str, actor: tuple[str, str] = SYSTEM, subjects: Sequence[tuple[str, str]]
) -> list[Record]:
    """Journal the same verb on many subjects, for the price of one: the head is locked once."""
    head = locked_head(agency_id)
    facts = []
    for subject_kind, subject_id in subjects:
        fact = Record(
            agency_id=agency_id,
            position=head.position + 1,
            recorded_at=timezone.now(),
            verb=verb,
            actor_kind=actor[0],
            actor_id=actor[1],
            object_kind=subject_kind,
            object_id=subject_id,
            previous_digest=head.digest,
        )
        fact.digest = digest_of(fact)
        head.position, head.digest = fact.position, fact.digest
        facts.append(fact)
    Record.objects.bulk_create(facts)
    head.save(update_fields=["position", "digest"])
    return facts


def locked_head(agency_id: int) -> ChainHead:
    """The head of the agency's chain, held until the end of the transaction: writers stand in a queue."""
    heads = ChainHead.objects.select_for_update(of=("self",)).filter(agency_id=agency_id)
    head = heads.first()
    if head is None:
        ChainHead.objects.bulk_create([ChainHead(agency_id=agency_id)], ignore_conflicts=True)
        head = heads.get()
    return head


def digest_of(fact: Record) -> str:
    """Return the SHA-256 (hexadecimal) that binds a record to the one before it."""
    bound = [
        fact.agency_id,
        fact.position,
        fact.recorded_at.astimezone(dt.UTC).isoformat(),
        fact.verb,
        fact.actor_kind,
        fact.actor_id,
        fact.object_kind,
        fact.object_id,
        fact.previous_digest,
    ]
    return hashlib.sha256(json.dumps(bound, ensure_ascii=False).encode()).hexdigest()


def forget_details(*, before: dt.datetime) -> int:
    """Erase the personal details recorded before that instant; the chain does not hold them and stays whole."""
    erased, _ = PersonalDetail.objects.filter(record__recorded_at__lt=before).delete()
    return erased
