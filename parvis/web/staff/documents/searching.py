"""What is typed, looked for among all that the staff may see: as in the clients' own search, by the database.

A word is looked for in the titles and natures, then among the buildings, the clients and the years; in the texts when
it stands in none of them, or when it is asked for. Where it stands nowhere, the nearest word takes its place.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from parvis.documents.access import documents_of_agency
from parvis.documents.models.documents import DocumentQuerySet
from parvis.documents.names import SYNONYMS
from parvis.kit.words import Entry, Term, indexed, nearest, spelled, terms_of
from parvis.people.models import Viewer
from parvis.property.access import buildings_in_scope, of_clients_in_scope
from parvis.property.models import ClientWords

MOST_HEADINGS = 20_000  # of different words, among which the nearest is looked for
FIRST_YEAR, LAST_YEAR = 1900, 2200


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What every word asks of a document. `corrections`: what stood nowhere, and what was looked for in its place."""

    condition: Q = field(default_factory=Q)
    corrections: dict[str, str] = field(default_factory=dict)
    is_in_text: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelves:
    """Where one looks: what the viewer may see, and the words of their buildings."""

    viewer: Viewer
    documents: DocumentQuerySet
    buildings: dict[int, str]

    def beside_the_text(self, term: Term) -> Q:
        """The title, the nature, the year, the building, the client."""
        places = [pk for pk, words in self.buildings.items() if term.weight_in(words)]
        condition = stands("heading_words", term.forms)
        if places:
            condition |= Q(building__in=places) | Q(lot__building__in=places)
        if term.typed.isdecimal() and FIRST_YEAR <= int(term.typed) <= LAST_YEAR:
            condition |= Q(dated_on__year=int(term.typed))
        return condition | Q(client__in=clients_named(term, viewer=self.viewer))

    def holds(self, condition: Q) -> bool:
        return self.documents.filter(condition).exists()


def search_of(typed: str, *, viewer: Viewer, in_text: bool) -> Search:
    """The words of a search; those that say nothing are left aside."""
    terms = list(terms_of(typed, synonyms=SYNONYMS))
    if not terms:
        return Search()
    shelves = shelves_of(viewer)
    condition, corrections, is_in_text = Q(), {}, in_text
    for term in terms:
        wanted = shelves.beside_the_text(term)
        if in_text or not shelves.holds(wanted):
            wanted, is_in_text = wanted | stands("file__words", term.forms), True
            if not in_text and not shelves.holds(wanted) and (near := nearest_of(term, shelves=shelves)):
                corrections[term.typed] = near
                wanted = shelves.beside_the_text(Term(near, frozenset([near])))
        condition &= wanted
    return Search(condition=condition, corrections=corrections, is_in_text=is_in_text)


def shelves_of(viewer: Viewer) -> Shelves:
    rows = buildings_in_scope(viewer).order_by().values_list("pk", "name", "reference")
    buildings = {pk: words_of_place(f"{name} {reference}") for pk, name, reference in rows}
    return Shelves(viewer=viewer, documents=documents_of_agency(viewer).order_by(), buildings=buildings)


@lru_cache(maxsize=8192)
def words_of_place(name: str) -> str:
    return indexed(name)


def stands(column: str, forms: Iterable[str]) -> Q:
    """One of these words begins there."""
    condition = Q()
    for form in sorted(forms):
        condition |= Q(GreaterThan(StrIndex(F(column), Value(f" {form}")), 0))
    return condition


def clients_named(term: Term, *, viewer: Viewer) -> "QuerySet[ClientWords, int]":
    named = stands("names", term.forms) | Q(client__reference_key=term.typed)
    words = ClientWords.objects.visible_to(viewer).filter(of_clients_in_scope(viewer))
    return words.filter(named).order_by().values_list("client_id", flat=True)


def nearest_of(term: Term, *, shelves: Shelves) -> str:
    """The word at one edit in the headings and the names of buildings that the viewer may see; nothing further."""
    headings = shelves.documents.values_list("heading_words", flat=True).distinct()[:MOST_HEADINGS]
    entries = [Entry(0, heading=words) for words in (*headings, *shelves.buildings.values())]
    words, is_near = nearest(term.typed, entries)
    return words[0] if words and is_near else ""


def in_words(search: Search, *, titles: Iterable[str]) -> list[tuple[str, str]]:
    """(typed, looked for), these as the titles spell them."""
    told = list(titles)
    return [(typed, spelled(word, told)) for typed, word in search.corrections.items()]
