"""Idempotency keys: a request sent again is answered as the first time, and done once."""

import hashlib
import re
from collections.abc import Callable, Iterator
from functools import wraps

from django.http import HttpRequest, HttpResponse

from parvis.exchange.actions.answers import Answer, OtherRequest, once
from parvis.exchange.models import ApiKey
from parvis.exchange.models.api import LONGEST_KEY
from parvis.web.api.keys import key_of
from parvis.web.api.problems import Detail, Problem, answer

HEADER = "Idempotency-Key"
SHAPE = re.compile(rf"[\x21-\x7e]{{1,{LONGEST_KEY}}}")
WRONG = Detail(
    where="header",
    pointer=f"/{HEADER}",
    english=f"1 to {LONGEST_KEY} visible ASCII signs, without space.",
    french=f"De 1 à {LONGEST_KEY} signes ASCII visibles, sans espace.",
)
Run = Callable[..., HttpResponse]


def each_once(run: Run) -> Run:
    """Around an operation: with an idempotency key, it is done once and its answer kept, in one transaction."""

    @wraps(run)
    def guarded(request: HttpRequest, **arguments: object) -> HttpResponse:
        given, key = request.headers.get(HEADER), key_of(request)
        if given is None or key is None or request.method in ("GET", "HEAD"):
            return run(request, **arguments)
        if not SHAPE.fullmatch(given):
            return answer(request, Problem("refused", errors=[WRONG]))
        return kept(request, key=key, given=given, act=lambda: run(request, **arguments))

    return guarded


def kept(request: HttpRequest, *, key: ApiKey, given: str, act: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        made = once(
            api_key=key,
            idempotency_key=given,
            request_digest=digest_of(request),
            act=lambda: as_answer(act()),
        )
    except OtherRequest:
        return answer(request, Problem("other-request"))
    response = HttpResponse(made.body.encode(), status=made.status, content_type=made.content_type)
    for name, value in (("Content-Language", made.language), ("Retry-After", made.retry_after)):
        if value:
            response.headers[name] = value
    if made.is_replayed:
        response.headers["Idempotency-Replayed"] = "true"
    return response


def as_answer(response: HttpResponse) -> Answer:
    """What is done, and what is refused for what it says, is final; what waits for something else is not."""
    return Answer(
        status=response.status_code,
        content_type=response.headers.get("Content-Type", ""),
        body=response.content.decode(),
        is_final=response.status_code < 300 or response.status_code == 422,
        language=response.headers.get("Content-Language", ""),
        retry_after=response.headers.get("Retry-After", ""),
    )


def digest_of(request: HttpRequest) -> str:
    """SHA-256 of the method, the address and what was sent, however its parts were cut."""
    digest = hashlib.sha256()
    for piece in (str(request.method).encode(), request.get_full_path().encode(), *sent(request)):
        digest.update(len(piece).to_bytes(8, "big"))
        digest.update(piece)
    return digest.hexdigest()


def sent(request: HttpRequest) -> Iterator[bytes]:
    if request.content_type != "multipart/form-data":
        yield request.body
        return
    for name in sorted(request.POST):
        yield name.encode()
        yield from (value.encode() for value in request.POST.getlist(name))
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            yield f"{name} {file.name}".encode()
            yield from file.chunks()
            file.seek(0)
