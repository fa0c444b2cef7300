"""One document sent by a program of the agency, taken as a row of the index of a parcel is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from parvis.compliance.actions.states import refresh
from parvis.documents.models import Document
from parvis.exchange.actions.packages import Package
from parvis.exchange.actions.papers.importing import PapersImport, PapersOptions
from parvis.exchange.actions.papers.parcels import TOO_LARGE, Unreadable
from parvis.exchange.actions.papers.rows import Holders, Row, RowRefused, index_table, read_rows
from parvis.exchange.actions.reading import TableFile
from parvis.exchange.actions.report import Report
from parvis.exchange.actions.rows import RowFault, RowsRefused, SentRows
from parvis.exchange.models import ApiKey
from parvis.journal.actions import record
from parvis.kit.days import paris_day

# A program sends one at a time, and the web server holds it: larger files come by parcel.
LARGEST_SENT = 20 * 1024 * 1024
INDEX_TABLE = "documents"


@dataclass(kw_only=True)
class OneFile:
    """The parcel of a single file."""

    content: bytes
    index: Package = field(default_factory=lambda: SentRows({}))

    def read(self, name: str) -> bytes:
        if len(self.content) > LARGEST_SENT:
            raise Unreadable(TOO_LARGE)
        return self.content


def take_document(*, key: ApiKey, cells: Mapping[str, str], content: bytes) -> tuple[Document, str]:
    """Publish, replace or leave as it is the document of that reference; which of them (`created`, `changed`…).

    Raises `RowsRefused`.
    """
    row = one_row(cells)
    outcome = taken(row, key=key, content=content)
    document = Document.objects.of_agency(key.agency).select_related("building").get(reference=row.text("reference"))
    note(document, key=key, outcome=outcome)
    return document, outcome


def withdraw_document(*, key: ApiKey, document: Document) -> None:
    """Nobody reads it any more. Once is enough."""
    cells = {"reference": document.reference, "is_withdrawn": "1"}
    outcome = taken(Row(line=0, cells=dict(cells)), key=key, content=b"")
    note(document, key=key, outcome=outcome)


def taken(row: Row, *, key: ApiKey, content: bytes) -> str:
    importer = PapersImport(
        parcel=OneFile(content=content),
        agency=key.agency,
        options=PapersOptions(slug=key.agency.slug),
        report=Report(),
    )
    try:
        return importer.take(row, Holders(key.agency))
    except RowRefused as refused:
        raise in_rows(refused) from refused


def one_row(cells: Mapping[str, str]) -> Row:
    """The cells as an import reads them. Raises `RowsRefused`."""
    table, today = index_table(), paris_day(timezone.now())
    (row,) = read_rows(TableFile(package=SentRows({INDEX_TABLE: [cells]}), table=table), table=table, today=today)
    if isinstance(row, RowRefused):
        raise in_rows(row) from row
    return row


def in_rows(refused: RowRefused) -> RowsRefused:
    return RowsRefused([RowFault(table=INDEX_TABLE, row=0, column=refused.fault.column, reason=refused.fault.reason)])


def note(document: Document, *, key: ApiKey, outcome: str) -> None:
    """Which program did it; the legal list of its building knows at once."""
    if outcome == "unchanged":
        return
    if document.building is not None:
        refresh([document.building], agency=key.agency, day=paris_day(timezone.now()))
    by = ("api-key", key.public_id)
    record(agency_id=key.agency_id, verb="api.document-received", actor=by, subject=("document", document.public_id))
