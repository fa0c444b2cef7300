"""The search among what the viewer may read: their own papers first, then the words in them."""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from parvis.documents.models import Document, Kind
from parvis.documents.names import SYNONYMS
from parvis.kit.prepared import prepared
from parvis.kit.viewer import Viewer
from parvis.kit.words import Entry, Found, indexed, put_right, search, spelled

PLACE = Coalesce("building__name", "lot__building__name")


class Listed(NamedTuple):
    """What is shown of a document, as the database gives it."""

    pk: int
    public_id: str
    kind: str
    title: str
    dated_on: dt.date
    published_at: dt.datetime
    building: str | None
    size: int
    media_type: str
    is_scanned: bool


class Searched(NamedTuple):
    """What is looked through of a document."""

    listed: Listed
    heading_words: str
    file_words: str


FACTS = ("pk", "public_id", "kind", "title", "dated_on", "published_at", "place")
OF_FILE = ("file__size", "file__media_type", "file__is_scanned")


@prepared
def listed_rows(viewer: Viewer) -> "QuerySet[Document, tuple[Any, ...]]":
    """Everything that the viewer may read, the newest first."""
    documents = Document.objects.visible_to(viewer).newest_first()
    return documents.annotate(place=PLACE).values_list(*FACTS, *OF_FILE)


@prepared
def searched_rows(viewer: Viewer) -> "QuerySet[Document, tuple[Any, ...]]":
    """The same, with their words."""
    documents = Document.objects.visible_to(viewer).newest_first()
    return documents.annotate(place=PLACE).values_list(*FACTS, *OF_FILE, "heading_words", "file__words")


def all_of(viewer: Viewer) -> list[Listed]:
    return [Listed(*row) for row in listed_rows(viewer)]


def rows_for(viewer: Viewer) -> list[Searched]:
    return [Searched(Listed(*row[:-2]), *row[-2:]) for row in searched_rows(viewer)]


def entry_of(row: Searched) -> Entry:
    """The title, the nature and its heading, the property and the year; then the text."""
    place = place_words(row.listed.building or "")
    heading = f"{row.heading_words} {place} {row.listed.dated_on.year} "
    return Entry(row.listed.pk, heading=heading, body=row.file_words)


@lru_cache(maxsize=4096)
def place_words(name: str) -> str:
    return indexed(name)


def found_in(rows: Iterable[Searched], query: str) -> Found:
    return search(query, [entry_of(row) for row in rows], synonyms=SYNONYMS)


def suggestion_for(query: str, found: Found, rows: Iterable[Searched]) -> str:
    """The query with its wrong words put right, spelled as in the titles; nothing when all stood somewhere."""
    if not found.corrections:
        return ""
    texts = [text for row in rows for text in (row.listed.title, row.listed.building or "")]
    texts += [label for kind in Kind for label in (kind.label, kind.category.label)]
    right = {typed: spelled(word, texts) for typed, word in found.corrections.items()}
    return put_right(query, right)
