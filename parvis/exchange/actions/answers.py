"""A request sent again under the same idempotency key is answered as the first time, and done once."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from parvis.exchange.models import ApiKey, StoredAnswer
from parvis.kit.clock import database_now
from parvis.kit.refusals import Refusal
from parvis.kit.sealing import seal, unseal

BODY = "stored answer"
KEPT = dt.timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was answered; `is_final` tells that the same request would be answered the same, for ever."""

    status: int
    content_type: str
    body: str
    language: str = ""
    retry_after: str = ""
    is_final: bool = True
    is_replayed: bool = False


class OtherRequest(Refusal):
    message = "Cette clé d’idempotence a déjà servi à une autre demande : donnez-en une neuve."


class NotFinal(Exception):
    """The answer may be another one next time: nothing is kept, nothing was done."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


def once(*, api_key: ApiKey, idempotency_key: str, request_digest: str, act: Callable[[], Answer]) -> Answer:
    """Do `act` and keep its answer, in one transaction; or give back the one kept. Raises `OtherRequest`.

    Two requests at the same instant wait for each other: the second finds the answer of the first.
    """
    try:
        with transaction.atomic():
            row = claim(api_key=api_key, idempotency_key=idempotency_key, request_digest=request_digest)
            if row is not None:
                return kept(act(), row=row)
    except NotFinal as undone:
        return undone.answer
    return replayed(api_key=api_key, idempotency_key=idempotency_key, request_digest=request_digest)


def claim(*, api_key: ApiKey, idempotency_key: str, request_digest: str) -> StoredAnswer | None:
    """The row of this request; none when the key has served. Waits for who is using it."""
    try:
        with transaction.atomic():
            row: StoredAnswer = StoredAnswer.objects.create(
                api_key=api_key,
                idempotency_key=idempotency_key,
                request_digest=request_digest,
                stored_at=database_now(),
            )
    except IntegrityError:
        return None
    return row


def kept(answer: Answer, *, row: StoredAnswer) -> Answer:
    if not answer.is_final:
        raise NotFinal(answer)
    row.status, row.content_type, row.language = answer.status, answer.content_type, answer.language
    row.body = seal(answer.body, purpose=BODY)
    row.save(update_fields=["status", "content_type", "language", "body"])
    return answer


def replayed(*, api_key: ApiKey, idempotency_key: str, request_digest: str) -> Answer:
    row = StoredAnswer.objects.get(api_key=api_key, idempotency_key=idempotency_key)
    if row.request_digest != request_digest:
        raise OtherRequest
    body = unseal(row.body, purpose=BODY)
    return Answer(status=row.status, content_type=row.content_type, body=body, language=row.language, is_replayed=True)


def forget_old() -> int:
    """Erase the answers that nobody asks for again; return how many."""
    erased, _ = StoredAnswer.objects.filter(stored_at__lt=database_now() - KEPT).delete()
    return erased
