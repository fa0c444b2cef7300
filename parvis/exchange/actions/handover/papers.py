"""The documents of the building and of its co-owners, as `import_documents` reads them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from parvis.documents.models import KINDS_OF, Audience, Category, Document
from parvis.documents.names import ENDINGS
from parvis.exchange.actions.handover.tables import Scope
from parvis.exchange.rules.rows import cell
from parvis.exchange.rules.tables import load_table
from parvis.kit.days import paris_day
from parvis.kit.storage import document_storage
from parvis.kit.zips import file_name

# Of the letting, or of the person: they are not the syndicat's.
NOT_GIVEN = [kind for category in (Category.RECEIPTS, Category.LETTING, Category.SENT) for kind in KINDS_OF[category]]


@dataclass(frozen=True, slots=True)
class GivenPaper:
    """A document and the file under which it is given."""

    document: Document
    file: str

    def line(self) -> list[str]:
        """Its line in the index."""
        document = self.document
        values = {
            "reference": document.reference,
            "file": self.file,
            "kind": document.kind,
            "title": document.title,
            "dated_on": document.dated_on,
            "audience": document.audience,
            "client": document.client.customer_reference if document.client else "",
            "building": document.building.reference if document.building else "",
            "lot": document.lot.number if document.lot else "",
            "covers_from": document.covers_from,
            "covers_until": document.covers_until,
            "valid_until": document.valid_until,
            "published_on": paris_day(document.published_at) if document.published_at else None,
            "is_withdrawn": False,
        }
        return [cell(values.get(field.name), kind=field.type) for field in load_table("documents").fields]

    def chunks(self) -> Iterable[bytes]:
        return document_storage().chunks(self.document.file.storage_name)


def papers_of(scope: Scope) -> "QuerySet[Document]":
    """What is online about the building, its lots and its co-owners' accounts; never what was withdrawn."""
    of_building = Q(building=scope.building) | Q(lot__building=scope.building)
    theirs = Q(client=None) | Q(client__in=scope.clients.order_by().values("pk"))
    found = Document.objects.filter(of_building, theirs, withdrawn_at=None).exclude(kind__in=NOT_GIVEN)
    return found.exclude(audience=Audience.TENANTS).select_related("file", "client", "building", "lot").order_by("pk")


def given_papers(scope: Scope) -> Iterator[GivenPaper]:
    """Each under a name of its own: no reference stands twice in an agency."""
    for rank, document in enumerate(papers_of(scope), start=1):
        ending = ENDINGS.get(document.file.media_type, "")
        yield GivenPaper(document, f"{rank:05d} {file_name(document.title)}{ending}")
