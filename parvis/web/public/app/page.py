"""The manifest and the icon of an agency, and what the service worker keeps on the device."""

import hashlib
import html
import unicodedata

from django.conf import settings
from django.urls import reverse

from parvis.kit.hue import colours
from parvis.web.ui import stylesheet
from parvis.web.ui.branding import Branding

NAME = "Espace client"
INITIALS = 2


def manifest(branding: Branding) -> dict[str, object]:
    """What the device needs to put the site among its applications (W3C Web Application Manifest)."""
    tint = colours(branding.hue)
    return {
        "name": f"{NAME} {branding.name}".strip(),
        "short_name": branding.name or NAME,
        "lang": "fr",
        "start_url": "/?source=pwa",
        "scope": "/",
        "id": "/",
        "display": "standalone",
        "background_color": "#f5f6f7",
        "theme_color": tint["light-accent-strong"],
        "icons": [
            {
                "src": reverse("public:app-icon"),
                "type": "image/svg+xml",
                "sizes": "any",
                "purpose": purpose,
            }
            for purpose in ("any", "maskable")
        ],
    }


def icon(branding: Branding) -> str:
    """The agency's initials on its colour; the middle four fifths are safe from any mask."""
    tint, letters = colours(branding.hue)["light-accent-strong"], html.escape(initials(branding))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">'
        f'<rect width="512" height="512" fill="{tint}"/>'
        '<text x="256" y="256" text-anchor="middle" dominant-baseline="central" '
        f'font-family="sans-serif" font-size="200" font-weight="700" fill="#fff">{letters}</text>'
        "</svg>"
    )


def initials(branding: Branding) -> str:
    """« CT » for Cabinet des Tilleuls: of the words that begin with a capital."""
    names = [word for word in branding.name.split() if word[:1].isupper()]
    letters = "".join(unicodedata.normalize("NFC", word)[0] for word in names)
    return letters[:INITIALS] or "EC"


def kept(branding: Branding) -> list[str]:
    """What the device keeps: the look, the offline page, the first pages of the help. Nothing of anybody."""
    style = reverse("ui:style", kwargs={"digest": stylesheet.full(branding.hue).digest, "hue": branding.hue})
    return [
        reverse("public:app-offline"),
        style,
        reverse("public:app-icon"),
        reverse("public:help-index"),
        reverse("public:help-sign-in"),
    ]


def release(branding: Branding) -> str:
    """Another one of these, and the device forgets what it kept."""
    said = "\n".join([settings.VERSION, branding.name, branding.phone, *kept(branding)])
    return hashlib.sha256(said.encode()).hexdigest()[:12]
