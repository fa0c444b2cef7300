"""Answers that are a file made for the reader: a PDF that opens in the browser, a CSV that is saved."""

from collections.abc import Iterable
from urllib.parse import quote

from django.http import HttpResponse, StreamingHttpResponse

CSV = "text/csv; charset=utf-8"


def pdf_answer(content: bytes, *, name: str) -> HttpResponse:
    """A PDF of ours, under that name (without its ending)."""
    return answer(content, kind="application/pdf", disposition="inline", name=f"{name}.pdf")


def csv_answer(text: str, *, name: str) -> HttpResponse:
    """A CSV to save, under that name (without its ending)."""
    return answer(text.encode(), kind=CSV, disposition="attachment", name=f"{name}.csv")


def csv_stream(lines: Iterable[str], *, name: str) -> StreamingHttpResponse:
    """The same, sent while it is made: however long, it takes no room."""
    response = StreamingHttpResponse(map(str.encode, lines), content_type=CSV)
    response.headers["Content-Disposition"] = disposition_of("attachment", name=f"{name}.csv")
    return response


def answer(content: bytes, *, kind: str, disposition: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = disposition_of(disposition, name=name)
    return response


def disposition_of(disposition: str, *, name: str) -> str:
    return f"{disposition}; filename*=UTF-8''{quote(name)}"
