"""What a program shows to come in: a key in the Authorization header. No cookie is ever looked at."""

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from parvis.exchange.models import ApiKey
from parvis.exchange.rules.scopes import LABELS, Scope
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
            raise Problem("no-right", detail=f"{self.scope} ({LABELS[self.scope]})")
        return key

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey | None:
        """The door has read the token already."""
        return key_of(request)


def opened_by(scope: Scope | None = None) -> dict[str, Any]:  # Any: the options of ninja
    """What an operation says of its door, for itself and for the description."""
    return {"auth": Bearer(scope), "openapi_extra": {"security": [{"key": [scope.value] if scope else []}]}}
