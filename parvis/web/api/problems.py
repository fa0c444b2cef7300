"""Refusals as problem+json (RFC 9457), in French or in English."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from parvis.web.api.english import OTHERWISE, english_of

MEDIA_TYPE = "application/problem+json"
CHALLENGE = 'Bearer realm="parvis"'


@dataclass(frozen=True, kw_only=True)
class Detail:
    """What is wrong with one value: where it stands (`body`, `path`, `query`, `header`), its JSON pointer, why."""

    where: str
    pointer: str
    english: str
    french: str


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One sort of refusal: its HTTP status and what it is called."""

    status: int
    french: str
    english: str


KINDS = {
    "unreadable": Kind(status=400, french="La demande n’est pas lisible.", english="The request cannot be read."),
    "no-key": Kind(
        status=401,
        french="Cette adresse demande une clé valable, dans l’en-tête Authorization.",
        english="This address asks for a valid key, in the Authorization header.",
    ),
    "no-right": Kind(status=403, french="La clé n’a pas ce droit.", english="The key does not have that right."),
    "not-found": Kind(status=404, french="Cet objet n’existe pas.", english="There is no such object."),
    "wrong-method": Kind(
        status=405, french="Cette adresse n’accepte pas cette méthode.", english="This address takes another method."
    ),
    "other-request": Kind(
        status=409,
        french="Cette clé d’idempotence a déjà servi à une autre demande.",
        english="This idempotency key was used for another request.",
    ),
    "no-length": Kind(
        status=411,
        french="La demande ne dit pas sa longueur : donnez l’en-tête Content-Length.",
        english="The request does not say its length: give the Content-Length header.",
    ),
    "too-large": Kind(
        status=413,
        french="La demande est trop volumineuse : partagez-la.",
        english="The request is too large: split it.",
    ),
    "refused": Kind(
        status=422,
        french="Rien n’a été changé : corrigez ce qui est refusé, puis renvoyez tout.",
        english="Nothing was changed: correct what is refused, then send all of it again.",
    ),
    "too-many": Kind(
        status=429, french="Trop de demandes : réessayez plus tard.", english="Too many requests: try again later."
    ),
    "failed": Kind(
        status=500,
        french="Une faute de Parvis a arrêté la demande. Rien n’a été changé.",
        english="A fault of Parvis stopped the request. Nothing was changed.",
    ),
    "busy": Kind(
        status=503,
        french="Un import est en cours, ou la base ou l’antivirus est occupé : réessayez plus tard.",
        english="An import is under way, or the database or the antivirus is busy: try again later.",
    ),
}
OF_STATUS = {kind.status: name for name, kind in KINDS.items()}


class Problem(Exception):
    """A refusal of the interface; the API answers it as problem+json."""

    def __init__(
        self,
        name: str,
        *,
        english: str = "",
        french: str = "",
        errors: Sequence[Detail] = (),
        retry_after: int | None = None,
    ) -> None:
        super().__init__(name)
        self.name = name
        self.english, self.french = english, french
        self.errors = list(errors)
        self.retry_after = retry_after


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """What the program reads: the sort of refusal, in its language, and each value that is wrong."""
    language, kind = language_of(request), KINDS[problem.name]
    body: dict[str, object] = {
        "type": f"urn:parvis:problem:{problem.name}",
        "title": kind.english if language == "en" else kind.french,
        "status": kind.status,
    }
    detail = problem.english if language == "en" else problem.french
    if detail:
        body["detail"] = detail
    if problem.errors:
        body["errors"] = [in_language(error, language=language) for error in problem.errors]
    response = HttpResponse(json.dumps(body, ensure_ascii=False).encode(), status=kind.status, content_type=MEDIA_TYPE)
    response.headers["Content-Language"] = language
    response.headers["Vary"] = "Accept-Language"
    if kind.status == 401:
        response.headers["WWW-Authenticate"] = CHALLENGE
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    return response


def in_language(error: Detail, *, language: str) -> dict[str, str]:
    """`in_french` comes beside an English sentence that cannot say why."""
    place = {"where": error.where, "pointer": error.pointer}
    if language != "en":
        return {**place, "detail": error.french}
    told = {**place, "detail": error.english}
    return {**told, "in_french": error.french} if error.english == OTHERWISE else told


def of_domain(pointer: str, french: str) -> Detail:
    """A value of the body that the domain refuses: it speaks French."""
    return Detail(where="body", pointer=pointer, english=english_of(french), french=french)


def language_of(request: HttpRequest) -> str:
    """« fr » unless the program prefers English."""
    weights = {"fr": 0.0, "en": 0.0}
    for part in request.headers.get("Accept-Language", "").split(",")[:20]:
        name, _, quality = part.partition(";")
        language = name.strip().lower()[:2]
        if language in weights:
            weights[language] = max(weights[language], weight_of(quality))
    return "en" if weights["en"] > weights["fr"] else "fr"


def weight_of(quality: str) -> float:
    """« q=0.8 » -> 0.8; nothing said is 1."""
    text = quality.strip().removeprefix("q=")
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
