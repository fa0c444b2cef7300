"""Files leave in pieces, from any byte to any other (RFC 9110): a download cut short goes on where it stopped."""

import itertools
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header, parse_etags

from parvis.kit.storage import document_storage

ONE_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
# What is inside runs nothing, sends nothing, and is at home nowhere.
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; sandbox"


class Piece(NamedTuple):
    """The bytes from `start` up to `stop`, not included."""

    start: int
    stop: int


class Content(NamedTuple):
    """What is sent: `chunks(start, stop)` gives the bytes, `etag` changes with them."""

    size: int
    etag: str
    media_type: str
    name: str
    opens_inline: bool
    chunks: Callable[[int, int], Iterator[bytes]]


class NoSuchRange(ValueError):
    """Bytes that the file does not have, or several pieces at once."""


def answer_with(request: HttpRequest, content: Content) -> HttpResponseBase:
    """The file or the piece that is asked for: 200, 206, 304 or 416; the headers alone to HEAD."""
    if content.etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponse(status=304, headers={"ETag": content.etag})
    try:
        piece = piece_asked(request, content)
    except NoSuchRange:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{content.size}"})
    start, stop = piece or Piece(0, content.size)
    headers = headers_of(content, length=stop - start)
    if piece:
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{content.size}"
    status = 206 if piece else 200
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers)
    return StreamingHttpResponse(begun(content.chunks(start, stop)), status=status, headers=headers)


def headers_of(content: Content, *, length: int) -> dict[str, str]:
    disposition = content_disposition_header(as_attachment=not content.opens_inline, filename=content.name)
    return {
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-store",
        "Content-Disposition": disposition or "attachment",
        "Content-Length": str(length),
        "Content-Security-Policy": SANDBOX,
        "Content-Type": content.media_type,
        "ETag": content.etag,
        "X-Content-Type-Options": "nosniff",
    }


def piece_asked(request: HttpRequest, content: Content) -> Piece | None:
    """The one piece asked for; none for the whole file, or when it is not the same any more."""
    asked = request.headers.get("Range", "")
    if not asked.startswith("bytes=") or request.headers.get("If-Range", content.etag) != content.etag:
        return None
    match = ONE_RANGE.fullmatch(asked)
    if match is None or not any(match.groups()):
        raise NoSuchRange(asked)
    first, last = match.groups()
    if not first:
        piece = Piece(max(0, content.size - int(last)), content.size)
    else:
        piece = Piece(int(first), min(content.size, int(last) + 1 if last else content.size))
    if piece.start >= piece.stop:
        raise NoSuchRange(asked)
    return piece


def begun(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same pieces, the first one read already: a file that is gone is told before the answer begins."""
    first = next(chunks, b"")
    return itertools.chain([first], chunks)


def pieces_of(name: str, start: int, stop: int) -> Iterator[bytes]:
    """The bytes kept under that name, as `Content` wants them."""
    return document_storage().chunks(name, start=start, stop=stop)
