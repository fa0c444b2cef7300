"""Reading the chain again from its first link, to name the first one that does not hold."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass

from parvis.journal.actions import START, digest_of
from parvis.journal.models import ChainHead, Record


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
    """A chain read to its end, or to its first broken link."""

    length: int
    digest: str
    broken: Break | None = None


def read_chain(agency_id: int, *, anchors: dict[int, str] | None = None) -> Reading:
    """Check every link of an agency's chain, in constant memory; stop at the first that does not hold.

    `anchors`: digests noted elsewhere, by position: they catch even a chain rewritten whole, with its head.
    """
    expected = dict(anchors or {})
    head = ChainHead.objects.filter(agency_id=agency_id).first() or ChainHead(agency_id=agency_id)
    position, digest = 0, START
    for record in links(agency_id):
        fault = fault_of(record, position=position, digest=digest)
        if fault is not None:
            return Reading(length=position, digest=digest, broken=fault)
        position, digest = record.position, record.digest
        if expected.pop(position, digest) != digest:
            return broken_at(position, Fault.ANCHOR, digest=digest)
        if position > head.position:
            return broken_at(position, Fault.BEYOND_HEAD, digest=digest)
    if position < max(head.position, *expected, 0):
        return broken_at(position + 1, Fault.REMOVED, digest=digest)
    if digest != head.digest:
        return broken_at(position, Fault.HEAD, digest=digest)
    return Reading(length=position, digest=digest)


def links(agency_id: int) -> Iterator[Record]:
    return Record.objects.filter(agency_id=agency_id).order_by("position").iterator(chunk_size=2000)


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
