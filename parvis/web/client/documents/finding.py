"""The search among what the viewer may read: their own papers first, then the words in them."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from parvis.documents.models import Document, Kind
from parvis.kit.prepared import prepared
from parvis.kit.viewer import Viewer
from parvis.kit.words import Entry, Found, indexed, put_right, search, spelled

# What people call things, beside their names.
SYNONYMS = {
    "ag": ("assemblee",),
    "pv": ("proces",),
    "dpe": ("energetique",),
    "caf": ("caf", "aide"),
    "compromis": ("vente",),
    "edl": ("lieux",),
    "facture": ("facture", "appel"),
    "loyer": ("loyer", "quittance", "echeance"),
    "rcp": ("reglement",),
    "charges": ("charges", "appel"),
}


class Searched(NamedTuple):
    """What is looked through of a document, as the database gives it."""

    pk: int
    kind: str
    title: str
    heading_words: str
    building: str
    year: int
    file_words: str


@prepared
def searched_rows(viewer: Viewer) -> "QuerySet[Document, tuple[Any, ...]]":
    """Everything that the viewer may read, the newest first."""
    building = Coalesce("building__name", "lot__building__name")
    documents = Document.objects.visible_to(viewer).newest_first().annotate(place=building, year=F("dated_on__year"))
    return documents.values_list("pk", "kind", "title", "heading_words", "place", "year", "file__words")


def rows_for(viewer: Viewer) -> list[Searched]:
    return [Searched(*row) for row in searched_rows(viewer)]


def entry_of(row: Searched) -> Entry:
    """The title, the nature and its heading, the property and the year; then the text."""
    return Entry(
        row.pk, heading=f"{row.heading_words} {place_words(row.building or '')} {row.year} ", body=row.file_words
    )


@lru_cache(maxsize=4096)
def place_words(name: str) -> str:
    return indexed(name)


def found_in(rows: Iterable[Searched], query: str) -> Found:
    return search(query, [entry_of(row) for row in rows], synonyms=SYNONYMS)


def suggestion_for(query: str, found: Found, rows: Iterable[Searched]) -> str:
    """The query with its wrong words put right, spelled as in the titles; nothing when all stood somewhere."""
    if not found.corrections:
        return ""
    texts = [text for row in rows for text in (row.title, row.building or "")]
    texts += [label for kind in Kind for label in (kind.label, kind.category.label)]
    right = {typed: spelled(word, texts) for typed, word in found.corrections.items()}
    return put_right(query, right)
