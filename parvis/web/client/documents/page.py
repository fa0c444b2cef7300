"""Mes documents: a page of them by month, how many there are under each heading, what the law wants and is missing."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator

from parvis.documents.models import KINDS_OF, Category, Kind
from parvis.kit.days import paris_day
from parvis.kit.french_dates import month_and_year
from parvis.kit.sizes import format_size
from parvis.people.models import Viewer
from parvis.web.client.documents.finding import Listed, all_of, found_in, rows_for, suggestion_for
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
    """The documents that are asked for, under any heading, in their order."""

    rows: list[Listed]
    suggestion: str = ""

    def under(self, category: Category | None) -> list[Listed]:
        kinds = KINDS_OF[category] if category else None
        return [row for row in self.rows if kinds is None or row.kind in kinds]


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
    def heading(self) -> str:
        """Over the list, always seen: it takes the focus, and nothing may move when the focus leaves it."""
        if self.asked.query:
            return self.answer_words
        return self.asked.category.label if self.asked.category else "Tous les documents"

    @property
    def answer_words(self) -> str:
        """« 3 documents »."""
        if not self.groups:
            return "Aucun document"
        return f"{self.ranks.paginator.count} document{'s' if self.ranks.paginator.count > 1 else ''}"

    @property
    def older_words(self) -> str:
        return "Autres résultats" if self.asked.query else "Afficher les documents plus anciens"

    @property
    def newer_words(self) -> str:
        return "Résultats précédents" if self.asked.query else "Afficher les documents plus récents"


def documents_page(viewer: Viewer, *, asked: Asked, today: dt.date) -> DocumentsPage:
    selection = searched(viewer, asked) if asked.query else Selection(rows=all_of(viewer))
    wanted = selection.under(asked.category)
    ranks = Paginator(range(len(wanted)), DOCUMENTS_SHOWN).get_page(asked.page_number)
    shown = wanted[max(0, ranks.start_index() - 1) : ranks.end_index()]
    missing = missing_sentences(viewer, category=asked.category, today=today) if not asked.query else {}
    return DocumentsPage(
        asked=asked,
        tabs=tabs_of(asked, selection=selection, missing=missing),
        groups=groups_of(shown, asked=asked, today=today),
        ranks=ranks,
        suggestion=selection.suggestion,
        suggestion_filter=urlencode({"q": selection.suggestion}),
        missing=[sentence for sentences in missing.values() for sentence in sentences] if asked.category else [],
    )


def searched(viewer: Viewer, asked: Asked) -> Selection:
    rows = rows_for(viewer)
    found = found_in(rows, asked.query)
    by_key = {row.listed.pk: row.listed for row in rows}
    return Selection(
        rows=[by_key[key] for key in found.keys],
        suggestion=suggestion_for(asked.query, found, rows),
    )


def tabs_of(asked: Asked, *, selection: Selection, missing: dict[Category, list[str]]) -> list[Tab]:
    """« Tous », then the headings that hold something, or should by law."""
    if not (selection.rows or missing or asked.query):
        return []
    counts = Counter(Kind(row.kind).category for row in selection.rows)
    held = [each for each in Category if counts[each] or each in missing or each is asked.category]
    return [
        Tab(
            label=category.label if category else "Tous",
            count=counts[category] if category else len(selection.rows),
            filter=asked.with_category(category),
            is_current=category is asked.category,
        )
        for category in (None, *held)
    ]


def groups_of(shown: list[Listed], *, asked: Asked, today: dt.date) -> list[Month]:
    places = {row.building for row in shown} - {None}
    lines = [line_of(row, today=today, names_place=len(places) > 1) for row in shown]
    if asked.query:
        return [Month(name="", lines=lines)] if lines else []
    return list(by_month(lines))


def by_month(lines: Iterable[Line]) -> Iterable[Month]:
    for first_day, of_month in groupby(lines, key=lambda line: line.dated_on.replace(day=1)):
        yield Month(name=month_and_year(first_day).capitalize(), lines=list(of_month))


def line_of(row: Listed, *, today: dt.date, names_place: bool) -> Line:
    return Line(
        public_id=row.public_id,
        title=row.title,
        dated_on=row.dated_on,
        is_new=today - paris_day(row.published_at) < NEW_FOR,
        facts=f"{NATURES[row.media_type]}, {format_size(row.size)}",
        size=row.size,
        is_scanned=row.is_scanned,
        place=(row.building or "") if names_place else "",
    )
