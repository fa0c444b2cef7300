"""The facts that were asked for, in words, and whether each is as it was written."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from parvis.journal.access import records_of_agency
from parvis.journal.actions import digest_of
from parvis.journal.models import Record, Verification
from parvis.journal.rules import ACTORS, KINDS, said
from parvis.kit.days import PARIS
from parvis.kit.money import format_whole
from parvis.people.models import Viewer
from parvis.web.staff.journal.naming import Names, authors_like, names_of, objects_like

SHOWN = 50
DAY = dt.timedelta(days=1)
LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One fact."""

    record: Record
    names: Names

    @property
    def what(self) -> str:
        return said(self.record.verb)

    @property
    def who(self) -> str:
        """The name; where the person is gone, or was none, what they are."""
        kind = self.record.actor_kind
        name = self.names.get((kind, self.record.actor_id))
        return name or ACTORS.get(kind) or KINDS.get(kind, kind)

    @property
    def to_what(self) -> str:
        """« Client Camille Fontaine, 10427318 »; what it is alone, where it has no name or is gone."""
        kind = self.record.object_kind
        return f"{KINDS.get(kind, kind)} {self.names.get((kind, self.record.object_id), '')}".strip()

    @property
    def is_whole(self) -> bool:
        return digest_of(self.record) == self.record.digest


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalPage:
    """`older` is the rank under which the next page begins; 0 at the end."""

    lines: list[Line]
    older: int

    @property
    def altered(self) -> list[int]:
        """The ranks of the facts shown that are not as they were written."""
        return [line.record.position for line in self.lines if not line.is_whole]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPage:
    """What the last reading of the whole chain found, and how far the one under way has come."""

    verification: Verification

    @property
    def read_so_far(self) -> str:
        return facts_in_words(self.verification.position)

    @property
    def length(self) -> str:
        return facts_in_words(self.verification.length)


def facts_in_words(count: int) -> str:
    return f"{format_whole(count)}\u00a0fait{'s' if count > 1 else ''}"


def journal_page(viewer: Viewer, *, asked: dict[str, Any], before: str) -> JournalPage:  # Any: cleaned data
    records = searched(records_of_agency(viewer), viewer=viewer, asked=asked)
    if before.isdecimal() and 0 < int(before) <= LARGEST:
        records = records.filter(position__lt=int(before))
    rows = list(records[: SHOWN + 1])
    shown = rows[:SHOWN]
    names = names_of(shown, viewer=viewer)
    lines = [Line(record=record, names=names) for record in shown]
    return JournalPage(lines=lines, older=shown[-1].position if len(rows) > SHOWN else 0)


def searched(records: QuerySet[Record], *, viewer: Viewer, asked: dict[str, Any]) -> QuerySet[Record]:
    """Those that every filled field keeps."""
    conditions = Q()
    if asked.get("du"):
        conditions &= Q(recorded_at__gte=beginning_of(asked["du"]))
    if asked.get("au"):
        conditions &= Q(recorded_at__lt=beginning_of(asked["au"] + DAY))
    if asked.get("quoi"):
        conditions &= Q(verb=asked["quoi"])
    if asked.get("qui"):
        conditions &= Q(actor_id__in=authors_like(viewer, asked["qui"]))
    if asked.get("objet"):
        conditions &= Q(object_id__in={asked["objet"], *objects_like(viewer, asked["objet"])})
    return records.filter(conditions)


def beginning_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=PARIS)
