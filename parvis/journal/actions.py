"""Writing in the journal: one link more in the agency's chain, its head locked last."""

import datetime as dt
import hashlib
import json
from typing import Any

from django.db import transaction
from django.utils import timezone

from parvis.journal.models import ChainHead, PersonalDetail, Record


def record(
    *,
    agency_id: int,
    verb: str,
    actor: tuple[str, str] = ("system", ""),
    subject: tuple[str, str] = ("", ""),
    personal_detail: dict[str, Any] | None = None,
) -> Record:
    """Journal that `actor` (kind, id) did `verb` to `subject` (kind, id). Call it last in a transaction.

    Ids and verbs only: what names a person (address, browser) goes in `personal_detail`, which can be erased.
    """
    with transaction.atomic():
        ChainHead.objects.get_or_create(agency_id=agency_id)
        head = ChainHead.objects.select_for_update(of=("self",)).get(agency_id=agency_id)
        fact = Record(
            agency_id=agency_id,
            position=head.position + 1,
            recorded_at=timezone.now(),
            verb=verb,
            actor_kind=actor[0],
            actor_id=actor[1],
            object_kind=subject[0],
            object_id=subject[1],
            previous_digest=head.digest,
        )
        fact.digest = digest_of(fact)
        fact.save(force_insert=True)
        head.position, head.digest = fact.position, fact.digest
        head.save(update_fields=["position", "digest"])
        if personal_detail:
            PersonalDetail.objects.create(record=fact, detail=personal_detail)
    return fact


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
