"""What nobody wants any more: files brought in and never checked, contents that nothing refers to.

A content that comes in again is marked (`stored_at`) before its bytes are looked for, and a row is locked while its
bytes are erased: whoever brings the same content in at that moment waits, then finds either both or neither.
"""

import datetime as dt
import logging
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, ManyToOneRel, OuterRef, QuerySet
from django.db.models.functions import Coalesce, Greatest

from parvis.documents.actions.deposits import UNCHECKED_KEPT, forget
from parvis.documents.models import Deposit, StoredFile
from parvis.journal.actions import record
from parvis.kit.storage import document_storage

logger = logging.getLogger("parvis.documents.sweeping")
GRACE = dt.timedelta(days=1)
LOOKED_AT_ONCE = 500
MOST = 20_000  # in a night


def forget_unchecked(*, now: dt.datetime) -> int:
    """Erase what was brought in a month ago and nobody checked since; journalled. Return how many."""
    since = Greatest("received_at", Coalesce("settled_at", F("received_at")))
    standing = Deposit.objects.filter(state__in=(Deposit.State.WAITING, Deposit.State.READY)).annotate(since=since)
    old = list(standing.filter(since__lt=now - UNCHECKED_KEPT).order_by("pk")[:MOST])
    return sum(map(forget_if_unchecked, old))


@transaction.atomic
def forget_if_unchecked(deposit: Deposit) -> bool:
    """False when somebody has checked it meanwhile."""
    same = Deposit.objects.select_for_update(of=("self",)).filter(pk=deposit.pk, state=deposit.state)
    if not same.exists():
        return False
    forget(deposit)
    record(agency_id=deposit.agency_id, verb="deposit.forgotten", subject=("deposit", deposit.public_id))
    return True


def sweep(*, now: dt.datetime) -> int:
    """Erase the contents that nothing has referred to for a day, bytes and row; return how many."""
    found = unreferenced().filter(stored_at__lt=now - GRACE)
    erased, after = 0, 0
    for _round in range(MOST // LOOKED_AT_ONCE):
        keys = list(found.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:LOOKED_AT_ONCE])
        erased += sum(erase(key, now=now) for key in keys)
        if len(keys) < LOOKED_AT_ONCE:
            break
        after = keys[-1]
    if erased:
        logger.info("contents that nothing referred to were erased", extra={"count": erased})
    return erased


@transaction.atomic
def erase(key: int, *, now: dt.datetime) -> bool:
    """One content, looked at again once its row is held; False when something refers to it, or it has just come in."""
    held = StoredFile.objects.select_for_update(of=("self",), skip_locked=True)
    file = held.filter(pk=key, stored_at__lt=now - GRACE).first()
    if file is None or not unreferenced().filter(pk=key).exists():
        return False
    file.delete()
    document_storage().delete(file.storage_name)
    return True


def unreferenced() -> "QuerySet[StoredFile]":
    """What no row of any table refers to, whatever tables there will be."""
    files = StoredFile.objects.all()
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel):
            rows: QuerySet[Any] = QuerySet(relation.related_model).filter(**{relation.field.attname: OuterRef("pk")})
            files = files.filter(~Exists(rows))
    return files
