"""The interface and its description: OpenAPI 3.1, written in French for the people who read it."""

import functools
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation

from parvis.exchange.rules.scopes import LABELS, Scope
from parvis.web.api import agency, changes, clients, documents, entries, interventions, problems, webhooks
from parvis.web.api.door import PREFIX
from parvis.web.api.once import HEADER, each_once
from parvis.web.api.problems import KINDS, MEDIA_TYPE, Problem
from parvis.web.api.values import details_of

VERSION = "1"
DESCRIPTION = """\
L’interface par laquelle le logiciel de l’agence envoie ses données à Parvis et apprend ce qui change sur le portail.

* **Clé** : `Authorization: Bearer prv_…`, donnée par un administrateur de l’agence, avec les seuls droits utiles.
* **Mots** : les colonnes sont celles du format d’échange ; les montants sont des textes (`"412.35"`), les jours
  s’écrivent `2026-11-23`. Un champ absent reste comme il est.
* **Tout ou rien** : une ligne refusée, et rien de l’envoi n’est changé.
* **Reprise** : avec `Idempotency-Key`, la même demande renvoyée reçoit la même réponse et n’est faite qu’une fois.
* **Refus** : `application/problem+json`, en français ou en anglais selon `Accept-Language`.
* **Cadence** : 600 demandes par minute et par clé ; au-delà, 429 et `Retry-After`.
"""
COMMON = (400, 401, 403, 411, 413, 429, 503)
HEADERS: dict[int, list[str]] = {401: ["WWW-Authenticate"], 429: ["Retry-After"], 503: ["Retry-After"]}
Described = dict[str, Any]  # Any: what JSON holds


class Interface(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Under the name of its function: programs made from the description call it so."""
        return operation.view_func.__name__


def build() -> NinjaAPI:
    api = Interface(title="Parvis", version=VERSION, description=DESCRIPTION, openapi_url=None, docs_url=None)
    for page in (agency, clients, entries, documents, interventions, changes, webhooks):
        page.router.add_decorator(each_once, mode="view")
        api.add_router("", page.router)
    api.add_exception_handler(Problem, on_problem)
    api.add_exception_handler(ValidationError, on_wrong_values)
    api.add_exception_handler(HttpError, on_unreadable)
    return api


def on_problem(request: HttpRequest, problem: Problem | type[Problem]) -> HttpResponse:
    return problems.answer(request, cast(Problem, problem))


def on_wrong_values(request: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
    return problems.answer(request, Problem("refused", errors=details_of(cast(ValidationError, error).errors)))


def on_unreadable(request: HttpRequest, _error: HttpError | type[HttpError]) -> HttpResponse:
    """The body is no JSON."""
    return problems.answer(request, Problem("unreadable"))


API = build()


@functools.cache
def description() -> Described:
    """What the library says of the addresses, with every refusal that they may answer."""
    told: Described = dict(API.get_openapi_schema(path_prefix=f"{PREFIX.strip('/')}/v{VERSION}/"))
    told["components"]["schemas"]["Problem"] = PROBLEM
    told["components"]["securitySchemes"] = {
        "key": {"type": "http", "scheme": "bearer", "description": "Clé de l’interface, `prv_…`."}
    }
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            complete(operation, method=method, has_parameter="{" in path)
    return told


def complete(operation: Described, *, method: str, has_parameter: bool) -> None:
    """The refusals common to all addresses, and the headers that programs may send."""
    operation["security"] = [door for door in operation["security"] if "key" in door]
    for scope in operation["security"][0]["key"]:
        operation["description"] += f"\n\nDroit : `{scope}` ({LABELS[Scope(scope)]})."
    operation["summary"] = operation["description"].partition(".")[0].replace("\n", " ")
    writes = method != "get"
    takes_values = "requestBody" in operation or operation["parameters"] or writes
    statuses = {
        *COMMON,
        *([404] if has_parameter else []),
        *([409] if writes else []),
        *([422] if takes_values else []),
    }
    operation["responses"] = {str(status): answer for status, answer in operation["responses"].items()}
    for status in sorted(statuses):
        operation["responses"][str(status)] = refusal(status)
    operation["parameters"] = [*operation["parameters"], LANGUAGE, *([ONCE] if writes else [])]


def refusal(status: int) -> Described:
    kind = next(kind for kind in KINDS.values() if kind.status == status)
    headers = {name: {"schema": {"type": "string"}} for name in HEADERS.get(status, [])}
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": kind.french, "content": content, **({"headers": headers} if headers else {})}


LANGUAGE: Described = {
    "in": "header",
    "name": "Accept-Language",
    "required": False,
    "description": "fr ou en : la langue des refus.",
    "schema": {"type": "string", "examples": ["en"]},
}
ONCE: Described = {
    "in": "header",
    "name": HEADER,
    "required": False,
    "description": "Une clé neuve par demande ; la même demande renvoyée avec elle n’est faite qu’une fois (7 jours).",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[\\x21-\\x7e]+$"},
}
PROBLEM: Described = {
    "type": "object",
    "title": "Problem",
    "description": "Un refus (RFC 9457).",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "description": "Sorte de refus : urn:parvis:problem:…"},
        "title": {"type": "string", "description": "La même, en une phrase."},
        "status": {"type": "integer", "description": "État HTTP."},
        "detail": {"type": "string", "description": "Ce qui manque : un droit, par exemple."},
        "errors": {
            "type": "array",
            "description": "Chaque valeur refusée.",
            "items": {
                "type": "object",
                "required": ["where", "pointer", "detail"],
                "properties": {
                    "where": {"type": "string", "description": "body, path, query ou header."},
                    "pointer": {"type": "string", "description": "Où elle est : pointeur JSON."},
                    "detail": {"type": "string", "description": "Pourquoi."},
                    "in_french": {"type": "string", "description": "Pourquoi, quand l’anglais ne le dit pas."},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}
