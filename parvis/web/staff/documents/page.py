"""Documents: the list with who reads each, and one of them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from parvis.documents.access import Counts, readers_counts, readers_words
from parvis.documents.actions.deposits import KEPT_AS_THEY_ARE
from parvis.documents.models import Category, Deposit, Document
from parvis.kit.clock import database_now
from parvis.kit.money import format_whole
from parvis.kit.sizes import format_size
from parvis.people.models import Viewer
from parvis.web.staff.documents.finding import STATES, Asked, documents_found
from parvis.web.staff.documents.searching import in_words

SHOWN = 25
NATURES = {"application/pdf": "PDF"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One filter of the list."""

    label: str
    query: str
    count: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A document in words."""

    document: Document
    readers: str
    state: str
    tone: str

    @property
    def place(self) -> str:
        document = self.document
        building = document.building or (document.lot.building if document.lot else None)
        lot = f", lot\u00a0{document.lot.number}" if document.lot else ""
        return f"{building.name}{lot}" if building else ""

    @property
    def weight(self) -> str:
        file = self.document.file
        return f"{NATURES.get(file.media_type, 'Image')}, {format_size(file.size)}"

    @property
    def may_be_replaced(self) -> bool:
        return self.document.withdrawn_at is None and self.document.kind not in KEPT_AS_THEY_ARE


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsPage:
    """`waiting` files were brought in by the viewer and are not published yet.

    `corrections`: words typed that stand nowhere, and those looked for in their place. `in_text`: the address of the
    same search in the texts too; nothing where they were looked through.
    """

    asked: Asked
    choices: list[Choice]
    categories: list[tuple[str, str]]
    ranks: "Page[Document]"
    lines: list[Line]
    waiting: int
    corrections: list[tuple[str, str]]
    in_text: str

    @property
    def filter(self) -> str:
        return self.asked.query()


def documents_page(viewer: Viewer, *, asked: Asked, number: str) -> DocumentsPage:
    found = documents_found(viewer, asked)
    paginator = Paginator(found.shown(asked.state), SHOWN)
    paginator.count = found.counts[asked.state]
    ranks = paginator.get_page(number)
    shown = list(ranks)
    return DocumentsPage(
        asked=asked,
        choices=[
            Choice(
                label=label,
                query=asked.query(state=state),
                count=format_whole(found.counts[state]),
                is_current=state == asked.state,
            )
            for state, label in STATES.items()
        ],
        categories=[(category.value, category.label) for category in Category if category is not Category.SENT],
        ranks=ranks,
        lines=lines_of(shown),
        waiting=Deposit.objects.visible_to(viewer).on_the_table().count(),
        corrections=in_words(found.search, titles=[document.title for document in shown]),
        in_text=asked.query(in_text=True) if asked.search and not found.search.is_in_text else "",
    )


def lines_of(documents: Sequence[Document]) -> list[Line]:
    counts, now = readers_counts(documents), database_now()
    return [line_of(document, counts=counts, now=now) for document in documents]


def line_of(document: Document, *, counts: Counts, now: dt.datetime) -> Line:
    state, tone = state_of(document, now=now)
    readers = readers_words(document, counts=counts, client=document.client)
    return Line(document=document, readers=readers, state=state, tone=tone)


def state_of(document: Document, *, now: dt.datetime) -> tuple[str, str]:
    if document.withdrawn_at is not None:
        return "Retiré", ""
    is_later = document.published_at is not None and document.published_at > now
    return ("À venir", "warning") if is_later else ("En ligne", "ok")
