"""One document, several in a ZIP, an archive that waited: what leaves as a file."""

from collections.abc import Sequence
from functools import partial

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from parvis.documents.models import Archive, Document
from parvis.documents.names import members_of, name_of
from parvis.kit.french_dates import day_of
from parvis.kit.zips import stream_zip
from parvis.web.ui.ranges import SANDBOX, Content, begun, pieces_of

ZIP = "application/zip"


def content_of(document: Document) -> Content:
    file = document.file
    return Content(
        size=file.size,
        etag=f'"{file.sha256}"',
        media_type=file.media_type,
        name=name_of(document),
        opens_inline=file.opens_inline,
        chunks=partial(pieces_of, file.storage_name),
    )


def archive_content(archive: Archive) -> Content:
    return Content(
        size=archive.size,
        etag=f'"{archive.public_id}"',
        media_type=ZIP,
        name=f"{day_of(archive.requested_at).isoformat()} Mes documents.zip",
        opens_inline=False,
        chunks=partial(pieces_of, archive.storage_name),
    )


def zip_of(documents: Sequence[Document], *, name: str) -> StreamingHttpResponse:
    """The documents in one ZIP, which leaves as it is made. Their rows are all read already."""
    response = StreamingHttpResponse(begun(stream_zip(members_of(documents))), content_type=ZIP)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response.headers["Content-Security-Policy"] = SANDBOX
    return response
