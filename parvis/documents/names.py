"""The name that a document bears on the disk of who reads it, and those that people call it by."""

from collections.abc import Iterable, Iterator

from parvis.documents.models import Document
from parvis.kit.storage import document_storage
from parvis.kit.zips import file_name

ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
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


def name_of(document: Document) -> str:
    """« 2026-11-18 Convocation AG Les Acacias.pdf ». Needs the file, see `with_files`."""
    return f"{file_name(f'{document.dated_on.isoformat()} {document.title}')}{ENDINGS[document.file.media_type]}"


def members_of(documents: Iterable[Document]) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Names and contents, as `stream_zip` wants them. Needs the files."""
    storage = document_storage()
    for document in documents:
        yield name_of(document), storage.chunks(document.file.storage_name)
