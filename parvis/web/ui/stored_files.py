"""A kept content as an answer: a photo of a case, its small copy, a quote. Who may read it was decided before."""

from functools import partial

from django.http import HttpRequest, HttpResponseBase

from parvis.documents.models import StoredFile
from parvis.documents.names import ENDINGS
from parvis.web.ui.ranges import Content, answer_with, pieces_of


def answer_with_file(request: HttpRequest, file: StoredFile, *, name: str) -> HttpResponseBase:
    """The file under that name, whose ending is that of its nature."""
    content = Content(
        size=file.size,
        etag=f'"{file.sha256}"',
        media_type=file.media_type,
        name=f"{name}{ENDINGS.get(file.media_type, '')}",
        opens_inline=file.opens_inline,
        chunks=partial(pieces_of, file.storage_name),
    )
    return answer_with(request, content)
