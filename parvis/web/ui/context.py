"""What every template receives."""

from django.http import HttpRequest

from parvis.web.ui.branding import Branding, branding_despite_all

THEMES = ("light", "dark")


def page(request: HttpRequest) -> dict[str, object]:
    """The shell that fits the visitor, the agency shown, the chosen theme, and where we are in the menu."""
    user = getattr(request, "user", None)
    is_signed_in = user is not None and user.is_authenticated
    return page_context(
        branding=getattr(request, "branding", None) or branding_despite_all(request),
        is_signed_in=is_signed_in,
        theme=request.COOKIES.get("theme", ""),
        url_name=(request.resolver_match and request.resolver_match.url_name) or "",
    )


def page_context(
    *, branding: Branding, is_signed_in: bool = False, theme: str = "", url_name: str = ""
) -> dict[str, object]:
    """The same, for pages made without a request."""
    return {
        "branding": branding,
        "is_signed_in": is_signed_in,
        "shell": "base.html" if is_signed_in else "threshold.html",
        "theme": theme if theme in THEMES else "",
        "section": url_name.partition("-")[0],
    }
