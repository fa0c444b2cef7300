"""What a program shows to come in: a key in the Authorization header. No cookie is ever looked at."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from parvis.exchange.models import ApiKey
from parvis.exchange.rules.feed import Kind
from parvis.exchange.rules.scopes import ENGLISH_LABELS, LABELS, OPENS_KIND, Scope
from parvis.web.api.problems import Problem


class ApiRequest(HttpRequest):
    """A request that the door let in."""

    api_key: ApiKey


def key_of(request: HttpRequest) -> ApiKey | None:
    """The key that the door recognised; none for whoever showed none."""
    return getattr(request, "api_key", None)


class Bearer(HttpBearer):
    """Asks for a key with that right; without a right, any key will do."""

    def __init__(self, scope: Scope | None = None) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> ApiKey:
        key = key_of(request)
        if key is None:
            raise Problem("no-key")
        if self.scope is not None and self.scope not in key.scopes:
            raise without_right(self.scope)
        return key

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey | None:
        """The door has read the token already."""
        return key_of(request)


def without_right(*scopes: Scope) -> Problem:
    """Any one of these rights would do."""
    return Problem(
        "no-right",
        english=" or ".join(f"{scope} ({ENGLISH_LABELS[scope]})" for scope in scopes),
        french=" ou ".join(f"{scope} ({LABELS[scope]})" for scope in scopes),
    )


def refuse_closed(request: ApiRequest, kinds: Iterable[Kind]) -> None:
    """Refuse the kinds of changes whose things the key may not read."""
    for kind in kinds:
        if OPENS_KIND[kind] not in request.api_key.scopes:
            raise without_right(OPENS_KIND[kind])


def opened_by(scope: Scope | None = None) -> dict[str, Any]:  # Any: the options of ninja
    """What an operation says of its door, for itself and for the description."""
    return {"auth": Bearer(scope), "openapi_extra": {"security": [{"key": [scope.value] if scope else []}]}}
