"""The legal list as pages show it, to clients and to the staff: an item in words, its documents, what it wants."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from parvis.compliance.rules.items import Item
from parvis.compliance.rules.owners import OwnerState
from parvis.compliance.rules.states import ItemState, Status
from parvis.compliance.rules.words import TONES, remark_of, status_words
from parvis.documents.models import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalLine:
    """One document of the list."""

    code: str
    words: str
    reference: str
    status: Status
    since: dt.date | None
    remark: str
    documents: list[Document]
    may_be_waived: bool = False

    @property
    def label(self) -> str:
        """« Manquant depuis le 3 mars 2026 »."""
        return status_words(self.status, self.since)

    @property
    def tone(self) -> str:
        return TONES.get(self.status, "")

    @property
    def is_wrong(self) -> bool:
        return self.status in (Status.MISSING, Status.EXPIRED, Status.STALE)

    @property
    def is_waived(self) -> bool:
        return self.status is Status.NOT_APPLICABLE


def lines_of(
    states: Iterable[ItemState], *, began: Mapping[str, tuple[str, dt.date]], documents: Mapping[int, Document]
) -> list[LegalLine]:
    """`began` is the history (code → state, since when); `documents` those that the reader may open, by row."""
    return [
        LegalLine(
            code=state.item.code,
            words=state.item.words,
            reference=state.item.reference,
            status=state.status,
            since=state.whole.since or known_since(state.item, state.status, began),
            remark=remark_of(state),
            documents=[documents[paper.key] for paper in state.whole.papers if paper.key in documents],
            may_be_waived=state.item.may_be_waived,
        )
        for state in states
    ]


def known_since(item: Item, status: Status, began: Mapping[str, tuple[str, dt.date]]) -> dt.date | None:
    """The first day that it was seen so, where it still stands so. What is kept by the portal has no such day."""
    before = began.get(item.code)
    return before[1] if before and before[0] == status and status is not Status.PRESENT else None


def lines_of_owner(states: Iterable[OwnerState]) -> list[LegalLine]:
    return [
        LegalLine(
            code=state.item.code,
            words=state.item.words,
            reference=state.item.reference,
            status=state.status,
            since=state.since,
            remark=state.remark,
            documents=[],
        )
        for state in states
    ]
