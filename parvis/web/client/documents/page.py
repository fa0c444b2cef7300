"""Mes documents: a page of them by month, how many there are under each heading, what the law wants and is missing."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet

from parvis.documents.models import KINDS_OF, Category, Document, Kind
from parvis.kit.french_dates import month_and_year
from parvis.kit.prepared import prepared
from parvis.kit.sizes import format_size
from parvis.kit.viewer import Viewer as AnyViewer
from parvis.people.models import Viewer
from parvis.web.client.documents.finding import found_in, rows_for, suggestion_for
from parvis.web.client.documents.missing import missing_sentences

DOCUMENTS_SHOWN = 20
NEW_FOR = dt.timedelta(days=10)
LONGEST_QUERY = 100
NATURES = {"application/pdf": "PDF", "image/jpeg": "Image", "image/png": "Image"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address asks for, which may say anything."""

    query: str = ""
    category: Category | None = None
    page_number: str = "1"

    @classmethod
    def of(cls, *, query: str, category: str, page_number: str) -> "Asked":
        known = Category(category) if category in Category.values else None
        words = " ".join(query.replace("\x00", "").split())[:LONGEST_QUERY]
        return cls(query=words, category=known, page_number=page_number)

    @property
    def filter(self) -> str:
        """What the links to other pages keep."""
        return self.with_category(self.category)

    def with_category(self, category: Category | None) -> str:
        kept = {"q": self.query, "categorie": category.value if category else ""}
        return urlencode({name: value for name, value in kept.items() if value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A heading and how many documents it has; « Tous » first."""

    label: str
    count: int
    filter: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A document as the list shows it."""

    public_id: str
    title: str
    dated_on: dt.date
    is_new: bool
    facts: str
    size: int
    is_scanned: bool
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    name: str
    lines: list[Line]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which documents are shown, before their rows are read: how many there are of each kind, and of what is asked."""

    kinds: dict[str, int]
    ids: list[int] | None = None
    suggestion: str = ""

    def count_of(self, category: Category | None) -> int:
        kinds = KINDS_OF[category] if category else list(Kind)
        return sum(self.kinds.get(kind, 0) for kind in kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsPage:
    """What the page shows. `groups` are months, or one list of answers, the best first."""

    asked: Asked
    tabs: list[Tab]
    groups: list[Month]
    ranks: "Page[int]"
    suggestion: str = ""
    suggestion_filter: str = ""
    missing: list[str] = field(default_factory=list)

    @property
    def has_any(self) -> bool:
        return bool(self.tabs)

    @property
    def answer_words(self) -> str:
        """« 3 documents »."""
        return f"{self.ranks.paginator.count} document{'s' if self.ranks.paginator.count > 1 else ''}"

    @property
    def older_words(self) -> str:
        return "Autres résultats" if self.asked.query else "Afficher les documents plus anciens"

    @property
    def newer_words(self) -> str:
        return "Résultats précédents" if self.asked.query else "Afficher les documents plus récents"


def documents_page(viewer: Viewer, *, asked: Asked, today: dt.date) -> DocumentsPage:
    selection = searched(viewer, asked) if asked.query else Selection(kinds=dict(counts_by_kind(viewer)))
    ranks = Paginator(range(selection.count_of(asked.category)), DOCUMENTS_SHOWN).get_page(asked.page_number)
    documents = shown(viewer, asked=asked, selection=selection, ranks=ranks)
    missing = missing_sentences(viewer, category=asked.category, today=today) if not asked.query else {}
    return DocumentsPage(
        asked=asked,
        tabs=tabs_of(asked, selection=selection, missing=missing),
        groups=groups_of(documents, asked=asked, today=today),
        ranks=ranks,
        suggestion=selection.suggestion,
        suggestion_filter=urlencode({"q": selection.suggestion}),
        missing=[sentence for sentences in missing.values() for sentence in sentences] if asked.category else [],
    )


def searched(viewer: Viewer, asked: Asked) -> Selection:
    rows = rows_for(viewer)
    found = found_in(rows, asked.query)
    kind_of = {row.pk: row.kind for row in rows}
    wanted = KINDS_OF[asked.category] if asked.category else None
    return Selection(
        kinds=Counter(kind_of[key] for key in found.keys),
        ids=[key for key in found.keys if wanted is None or kind_of[key] in wanted],
        suggestion=suggestion_for(asked.query, found, rows),
    )


@prepared
def counts_by_kind(viewer: AnyViewer) -> "QuerySet[Document, tuple[Any, ...]]":
    return Document.objects.visible_to(viewer).order_by().values_list("kind").annotate(Count("pk"))


def shown(viewer: Viewer, *, asked: Asked, selection: Selection, ranks: "Page[int]") -> Sequence[Document]:
    """The documents of that page, in their order."""
    first, last = max(0, ranks.start_index() - 1), ranks.end_index()
    documents = Document.objects.visible_to(viewer).with_files().select_related("building", "lot__building")
    if selection.ids is not None:
        ids = selection.ids[first:last]
        by_id = documents.in_bulk(ids)
        return [by_id[key] for key in ids if key in by_id]
    if asked.category:
        documents = documents.of_category(asked.category)
    return list(documents.newest_first()[first:last])


def tabs_of(asked: Asked, *, selection: Selection, missing: dict[Category, list[str]]) -> list[Tab]:
    """« Tous », then the headings that hold something, or should by law."""
    total = selection.count_of(None)
    if not total and not missing and not asked.query:
        return []
    held = [each for each in Category if selection.count_of(each) or each in missing or each is asked.category]
    return [
        Tab(
            label=category.label if category else "Tous",
            count=selection.count_of(category),
            filter=asked.with_category(category),
            is_current=category is asked.category,
        )
        for category in (None, *held)
    ]


def groups_of(documents: Sequence[Document], *, asked: Asked, today: dt.date) -> list[Month]:
    places = {place_of(document) for document in documents} - {""}
    lines = [line_of(document, today=today, names_place=len(places) > 1) for document in documents]
    if asked.query:
        return [Month(name="", lines=lines)] if lines else []
    return list(by_month(lines))


def by_month(lines: Iterable[Line]) -> Iterable[Month]:
    for first_day, of_month in groupby(lines, key=lambda line: line.dated_on.replace(day=1)):
        yield Month(name=month_and_year(first_day).capitalize(), lines=list(of_month))


def place_of(document: Document) -> str:
    building = document.building or (document.lot.building if document.lot else None)
    return building.name if building else ""


def line_of(document: Document, *, today: dt.date, names_place: bool) -> Line:
    published_at = document.published_at
    return Line(
        public_id=document.public_id,
        title=document.title,
        dated_on=document.dated_on,
        is_new=published_at is not None and today - published_at.date() < NEW_FOR,
        facts=f"{NATURES[document.file.media_type]}, {format_size(document.file.size)}",
        size=document.file.size,
        is_scanned=document.file.is_scanned,
        place=place_of(document) if names_place else "",
    )
