"""Reading the chain again from its first link, to name the first one that does not hold."""

import enum
import time
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Max

from parvis.journal.actions import START, digest_of
from parvis.journal.models import ChainHead, Record

FOR_EVER = float("inf")


class Fault(enum.StrEnum):
    """What happened to a link; a person reads it."""

    ALTERED = "a été modifié"
    REMOVED = "manque"
    REPLACED = "ne suit pas le précédent : l’un des deux a été inséré ou récrit"
    BEYOND_HEAD = "a été inséré après la tête"
    HEAD = "n’est pas celui que la tête désigne"
    ANCHOR = "n’est plus celui qui avait été noté"


@dataclass(frozen=True, kw_only=True)
class Break:
    """The first link of a chain that does not hold."""

    position: int
    fault: Fault

    def __str__(self) -> str:
        return f"le maillon {self.position} {self.fault}"


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A chain read to its end, to its first broken link, or (`is_over` false) as far as the time allowed."""

    length: int
    digest: str
    broken: Break | None = None
    is_over: bool = True


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a reading begins again: the last link that it found good."""

    position: int = 0
    digest: str = START


def read_chain(
    agency_id: int, *, anchors: dict[int, str] | None = None, start: Place | None = None, lasts: float = FOR_EVER
) -> Reading:
    """Check every link of an agency's chain, in constant memory; stop at the first that does not hold.

    `anchors`: digests noted elsewhere, by position: they catch even a chain rewritten whole, with its head. After
    `lasts` seconds the reading stops where it is. Facts written meanwhile are left to the next one.
    """
    expected, start, ends = dict(anchors or {}), start or Place(), time.monotonic() + lasts
    last = Record.objects.filter(agency_id=agency_id).aggregate(last=Max("position"))["last"] or 0
    head = ChainHead.objects.filter(agency_id=agency_id).first() or ChainHead(agency_id=agency_id)
    position, digest = start.position, start.digest
    for record in links(agency_id, after=position, until=head.position):
        fault = fault_of(record, position=position, digest=digest)
        if fault is not None:
            return Reading(length=position, digest=digest, broken=fault)
        position, digest = record.position, record.digest
        if expected.pop(position, digest) != digest:
            return broken_at(position, Fault.ANCHOR, digest=digest)
        if time.monotonic() > ends:
            return Reading(length=position, digest=digest, is_over=False)
    if last > head.position:
        return broken_at(head.position + 1, Fault.BEYOND_HEAD, digest=digest)
    if position < max(head.position, *expected, 0):
        return broken_at(position + 1, Fault.REMOVED, digest=digest)
    if digest != head.digest:
        return broken_at(position, Fault.HEAD, digest=digest)
    return Reading(length=position, digest=digest)


def links(agency_id: int, *, after: int, until: int) -> Iterator[Record]:
    between = Record.objects.filter(agency_id=agency_id, position__gt=after, position__lte=until)
    return between.order_by("position").iterator(chunk_size=2000)


def fault_of(record: Record, *, position: int, digest: str) -> Break | None:
    """What is wrong with a link that should follow `position`, whose digest is `digest`."""
    if record.position != position + 1:
        return Break(position=position + 1, fault=Fault.REMOVED)
    if digest_of(record) != record.digest:
        return Break(position=record.position, fault=Fault.ALTERED)
    if record.previous_digest != digest:
        return Break(position=record.position, fault=Fault.REPLACED)
    return None


def broken_at(position: int, fault: Fault, *, digest: str) -> Reading:
    return Reading(length=position, digest=digest, broken=Break(position=position, fault=fault))


def journalled_agencies() -> set[int]:
    """The agencies that have a head, or a fact (a head may have been removed)."""
    heads = ChainHead.objects.values_list("agency_id", flat=True)
    return {*heads, *Record.objects.order_by().values_list("agency_id", flat=True).distinct()}
