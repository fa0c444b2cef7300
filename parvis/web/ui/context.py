"""What every template receives."""

from django.http import HttpRequest

from parvis.people.models import Viewer
from parvis.web.ui.branding import Branding, branding_despite_all
from parvis.web.ui.themes import THEMES
from parvis.web.ui.visits import Visit, visit_of

MOST_UNREAD = 100  # what the bell counts to: « 99+ » beyond


def page(request: HttpRequest) -> dict[str, object]:
    """The shell that fits the visitor, the agency shown, the chosen theme, and where we are in the menu."""
    user = getattr(request, "user", None)
    is_signed_in = user is not None and user.is_authenticated
    return page_context(
        branding=getattr(request, "branding", None) or branding_despite_all(request),
        viewer=request.viewer if is_signed_in else None,  # type: ignore[attr-defined]  # ViewerRequest says it
        theme=request.COOKIES.get("theme", ""),
        url_name=(request.resolver_match and request.resolver_match.url_name) or "",
        visit=visit_of(request) if is_signed_in else None,
    )


def page_context(
    *,
    branding: Branding,
    viewer: Viewer | None = None,
    theme: str = "",
    url_name: str = "",
    visit: Visit | None = None,
) -> dict[str, object]:
    """The same, for pages made without a request."""
    return {
        "branding": branding,
        "is_signed_in": viewer is not None,
        "is_client": viewer is not None and bool(viewer.own_clients or viewer.household),
        "unread": min(viewer.unread_notices, MOST_UNREAD) if viewer is not None else 0,
        "duties": viewer.duties if viewer is not None else frozenset(),
        "shell": shell_of(viewer),
        "theme": theme if theme in dict(THEMES) else "",
        "visit": visit,
        "section": url_name.partition("-")[0],
    }


def shell_of(viewer: Viewer | None) -> str:
    if viewer is None:
        return "threshold.html"
    return "staff/base.html" if is_only_staff(viewer) else "base.html"


def is_only_staff(viewer: Viewer) -> bool:
    """A login of the agency that is nobody's client there."""
    return viewer.is_staff and not viewer.own_clients
