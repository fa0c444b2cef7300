"""The addresses of the interface. No page of a login: a key opens each, and no cookie is looked at."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from parvis.web.api.description import API, description

app_name = "api"
ROOT = "api-root"  # the library's own, which leads nowhere


@login_not_required
@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    """The description, open to anybody: it holds nobody's data."""
    return JsonResponse(description(), json_dumps_params={"ensure_ascii": False})


def without_login(pattern: URLPattern) -> URLPattern:
    """The key is asked for by each operation, and no other proof counts."""
    pattern.callback = login_not_required(pattern.callback)
    return pattern


urlpatterns = [
    path("openapi.json", openapi, name="openapi"),
    *(without_login(pattern) for pattern in API.urls[0] if isinstance(pattern, URLPattern) and pattern.name != ROOT),
]
