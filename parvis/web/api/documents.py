"""Documents: published, replaced and withdrawn by the agency's software."""

from typing import Annotated, Any

from ninja import File, Form, Path, Router, Schema, Status, UploadedFile
from pydantic import Field, create_model

from parvis.documents.actions.storing import UNANSWERED
from parvis.documents.models import Document
from parvis.exchange.actions.papers.one import LARGEST_SENT, take_document, withdraw_document
from parvis.exchange.actions.rows import RowsRefused
from parvis.exchange.rules import tables
from parvis.exchange.rules.scopes import Scope
from parvis.web.api.keys import ApiRequest, opened_by
from parvis.web.api.problems import Problem
from parvis.web.api.receiving import RETRY_AFTER_SECONDS
from parvis.web.api.schemas import PLAIN
from parvis.web.api.tables import definition, problem_of

router = Router(tags=["Documents"])
OPENED = opened_by(Scope.DOCUMENTS_WRITE)
NOT_SENT = ("file", "is_withdrawn")
_fields: dict[str, Any] = {  # Any: what pydantic takes as a field
    field.name: definition(field) for field in tables.load_table("documents").fields if field.name not in NOT_SENT
}
DocumentFields = create_model("DocumentFields", __base__=Schema, **_fields)
Reference = Annotated[
    str, Path(min_length=1, max_length=60, pattern=PLAIN, description="Référence du document dans votre logiciel.")
]


class DocumentTold(Schema):
    """Ce que Parvis a fait du document."""

    id: str = Field(description="Identifiant public.")
    reference: str = Field(description="Référence dans votre logiciel.")
    outcome: str = Field(description="created (publié), changed (remplacé) ou unchanged (le même).")


@router.post("/documents", **OPENED, response=DocumentTold, url_name="documents-send")
def send_document(
    request: ApiRequest,
    fields: Annotated[DocumentFields, Form()],  # type: ignore[valid-type]  # made from a file
    file: Annotated[UploadedFile, File(description="PDF, JPEG, PNG… de 20 Mo au plus.")],
) -> DocumentTold:
    """Publie un document, ou remplace celui de la même référence. Le même envoi une seconde fois ne change rien."""
    if (file.size or 0) > LARGEST_SENT:
        raise Problem("too-large")
    given: Schema = fields
    cells = {**given.model_dump(), "file": file.name or "document.pdf"}
    try:
        document, outcome = take_document(key=request.api_key, cells=cells, content=file.read())
    except RowsRefused as refusal:
        if refusal.faults[0].reason == UNANSWERED:
            raise Problem("busy", retry_after=RETRY_AFTER_SECONDS) from refusal
        raise problem_of(refusal.faults, places={"documents": [""]}) from refusal
    return DocumentTold(id=document.public_id, reference=document.reference, outcome=outcome)


@router.delete("/documents/{path:reference}", **OPENED, response={204: None}, url_name="documents-withdraw")
def remove_document(request: ApiRequest, reference: Reference) -> Status[None]:
    """Retire un document : personne ne le lit plus."""
    document = Document.objects.of_agency(request.api_key.agency).filter(reference=reference).first()
    if document is None:
        raise Problem("not-found")
    withdraw_document(key=request.api_key, document=document)
    return Status(204, None)
