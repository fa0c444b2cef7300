"""The list of the documents of the agency: by state, by heading, by words."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.db.models.functions import Now

from parvis.documents.access import documents_of_agency
from parvis.documents.models import Category
from parvis.documents.models.documents import DocumentQuerySet
from parvis.people.models import Viewer
from parvis.web.staff.documents.searching import Search, search_of

LONGEST_SEARCH = 80
STATES = {"": "En ligne", "a-venir": "À venir", "retires": "Retirés"}
ONLINE = Q(published_at__lte=Now(), withdrawn_at=None)
IN_STATE = {
    "": ONLINE,
    "a-venir": Q(withdrawn_at=None, published_at__gt=Now()),
    "retires": Q(withdrawn_at__isnull=False),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address asks for, which may say anything."""

    state: str = ""
    category: Category | None = None
    search: str = ""
    in_text: bool = False

    @classmethod
    def of(cls, *, state: str, category: str, search: str, in_text: bool) -> "Asked":
        return cls(
            state=state if state in STATES else "",
            category=Category(category) if category in Category.values else None,
            search=" ".join(search.replace("\0", "").split())[:LONGEST_SEARCH],
            in_text=in_text,
        )

    def query(self, *, state: str | None = None, in_text: bool | None = None) -> str:
        """What the links of the page carry on."""
        category = self.category.value if self.category else ""
        kept = {"etat": self.state if state is None else state, "categorie": category, "q": self.search}
        kept["texte"] = "1" if (self.in_text if in_text is None else in_text) else ""
        return urlencode({name: value for name, value in kept.items() if value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the words and the heading keep, in every state; how many in each."""

    documents: DocumentQuerySet
    search: Search
    counts: dict[str, int] = field(default_factory=dict)

    def shown(self, state: str) -> DocumentQuerySet:
        """Those of a state, the newest first, with all that a line says."""
        lines = self.documents.filter(IN_STATE[state]).select_related("file", "client", "building", "lot__building")
        return lines.defer("file__words").newest_first()


def documents_found(viewer: Viewer, asked: Asked) -> Found:
    documents = documents_of_agency(viewer)
    if asked.category:
        documents = documents.of_category(asked.category)
    search = search_of(asked.search, viewer=viewer, in_text=asked.in_text)
    documents = documents.filter(search.condition)
    counted = {f"n{rank}": Count("pk", filter=IN_STATE[state]) for rank, state in enumerate(STATES)}
    counts = documents.order_by().aggregate(**counted)
    return Found(documents=documents, search=search, counts=dict(zip(STATES, counts.values(), strict=True)))
