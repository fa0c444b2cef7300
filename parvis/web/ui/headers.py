"""The security headers that Django does not set itself."""

from functools import lru_cache

from django.conf import settings

from parvis.web.ui import stylesheet

UNUSED_FEATURES = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
OWN_FEATURES = ("publickey-credentials-create", "publickey-credentials-get")  # passkeys
PERMISSIONS = ", ".join(
    [f"{feature}=()" for feature in UNUSED_FEATURES] + [f"{feature}=(self)" for feature in OWN_FEATURES]
)

DIRECTIVES = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "connect-src": "'self'",
    "frame-ancestors": "'none'",
    "img-src": "'self' data:",
    "manifest-src": "'self'",
    "script-src": "'self'",
    "worker-src": "'self'",
}


@lru_cache(maxsize=362)
def content_security_policy(hue: int | None) -> str:
    """The policy of a page in the agency's hue; without a hue, of an answer that carries no style of its own.

    Forms go to this site alone, and to the providers of sign-in: browsers check where they redirect too.
    """
    style = "'self'" if hue is None else f"'self' {stylesheet.public_csp_source(hue)}"
    form_action = " ".join(["'self'", *settings.CSP_FORM_ORIGINS])
    directives = DIRECTIVES | {"style-src": style, "form-action": form_action}
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())
