"""The list of the documents of the agency: by state, by heading, by words."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q
from django.db.models.functions import Now

from parvis.documents.access import documents_of_agency
from parvis.documents.models import Category
from parvis.documents.models.documents import DocumentQuerySet
from parvis.kit.words import EMPTY_WORDS, MOST_WORDS, words_of
from parvis.people.models import Viewer

LONGEST_SEARCH = 80
STATES = {"": "En ligne", "a-venir": "À venir", "retires": "Retirés"}
PLACES = ("title", "building__name", "building__reference", "lot__building__name")
PEOPLE = ("client__last_name", "client__company_name", "client__customer_reference")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address asks for, which may say anything."""

    state: str = ""
    category: Category | None = None
    search: str = ""

    @classmethod
    def of(cls, *, state: str, category: str, search: str) -> "Asked":
        return cls(
            state=state if state in STATES else "",
            category=Category(category) if category in Category.values else None,
            search=" ".join(search.replace("\0", "").split())[:LONGEST_SEARCH],
        )

    def query(self, *, state: str | None = None) -> str:
        """What the links of the page carry on."""
        category = self.category.value if self.category else ""
        kept = {"etat": self.state if state is None else state, "categorie": category, "q": self.search}
        return urlencode({name: value for name, value in kept.items() if value})


def documents_asked(viewer: Viewer, asked: Asked) -> DocumentQuerySet:
    """The newest first, with all that a line says."""
    documents = in_state(matching(documents_of_agency(viewer), asked), asked.state)
    shown = documents.select_related("file", "client", "building", "lot__building").defer("file__words")
    return shown.newest_first()


def matching(documents: DocumentQuerySet, asked: Asked) -> DocumentQuerySet:
    if asked.category:
        documents = documents.of_category(asked.category)
    typed_words = [(typed, words_of(typed)) for typed in asked.search.split()]
    telling = [(typed, words) for typed, words in typed_words if set(words) - EMPTY_WORDS] or typed_words
    for typed, words in telling[:MOST_WORDS]:
        stands = Q()
        for word in words:
            stands |= Q(heading_words__contains=f" {word}") | Q(file__words__contains=f" {word}")
        for column in (*PLACES, *PEOPLE):
            stands |= Q(**{f"{column}__icontains": typed})
        documents = documents.filter(stands)
    return documents


def in_state(documents: DocumentQuerySet, state: str) -> DocumentQuerySet:
    if state == "retires":
        return documents.filter(withdrawn_at__isnull=False)
    if state == "a-venir":
        return documents.filter(withdrawn_at=None, published_at__gt=Now())
    return documents.published()
