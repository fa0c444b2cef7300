"""The frame of every message: written once, sent as text and as HTML that say the same.

A domain's `emails.py` has one function per message, which returns what `write` made of it:

    written = frame.write(
        agency=agency,
        subject="Confirmez votre adresse email",
        preview="Un clic pour activer votre espace client. Lien valable 24 heures.",
        greeting=client.salutation,
        parts=[
            "Pour activer votre compte, confirmez votre adresse :",
            frame.Button(label="Confirmer mon adresse email", url=url),
            "Le lien ne fonctionne pas ? Copiez l’adresse ci-dessus…",
        ],
    )

and an action sends it: `queue_written(agency=…, kind=…, to_address=…, written=written, expires_at=…)`.
The frame adds the greeting, the warning about passwords and the agency's signature; it sets the French spaces.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from parvis.agencies.models import Agency
from parvis.kit.hue import colours
from parvis.kit.typography import format_phone, typographic

WARNING = "Nous ne vous demanderons jamais votre mot de passe par courriel ou par téléphone."
LINE_LENGTH = 76
FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
# No colour but the button's, in the agency's hue: the reader's own, light or dark, stay.
PAGE = """<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{subject}</title>
</head>
<body style="margin:0;padding:24px 16px">
<div style="display:none;max-height:0;overflow:hidden">
{preview}</div>
<div role="article" lang="fr"
 style="max-width:34em;margin:0 auto;font-size:17px;line-height:1.5;
 {font}">
{parts}
<hr style="border:0;border-top:1px solid #8a8f98;margin:28px 0 16px">
{signature}
</div>
</body>
</html>
"""
PARAGRAPH = '<p style="margin:0 0 16px">\n{}</p>'
BUTTON = """<p style="margin:24px 0 12px">
<a href="{url}"
 style="{style}">{label}</a>
</p>
<p style="margin:0 0 24px;font-size:15px;word-break:break-all">
{url}
</p>"""
BUTTON_STYLE = (
    "display:inline-block;background:{accent};color:#ffffff;\n"
    " border:1px solid {line};border-radius:8px;\n"
    " padding:14px 22px;font-weight:600;text-decoration:none"
)
LINK = """<p style="margin:0 0 16px">
<a href="{url}">{label}</a><br>
<span style="font-size:15px;word-break:break-all">{url}</span>
</p>"""
FACT = '<dt style="margin:0;font-size:15px">{}</dt>\n<dd style="margin:0 0 8px;font-weight:600">{}</dd>'


@dataclass(frozen=True, kw_only=True)
class Button:
    """What the message is for: one at most in a message, its address printed below it."""

    label: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Link:
    """An address that most readers leave alone, its words without the weight of a button."""

    label: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Facts:
    """A few things known, each with its name: the day, the browser."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Written:
    """A message ready for the outbox."""

    subject: str
    text: str
    html: str


Part = str | Button | Link | Facts


def write(*, agency: Agency, subject: str, preview: str, greeting: str, parts: Sequence[Part]) -> Written:
    """Write the message as text and as HTML. `greeting` is « Madame Fontaine », `preview` what a list of mails shows.

    Raises ValueError for an address longer than 76 signs or with « = » or « & »: some relay would cut it.
    """
    whole: list[Part] = [f"Bonjour {greeting},", *parts, WARNING]
    signature = [
        f"{agency.name} – {format_phone(agency.phone)}",
        f"Ce message est envoyé automatiquement. Pour nous écrire : {agency.email}",
    ]
    html = PAGE.format(
        subject=escaped(subject),
        preview=format_html("{}", folded(preview)),
        font=FONT,
        parts=format_html_join("\n", "{}", ((part_html(part, hue=agency.hue),) for part in whole)),
        signature=format_html_join("\n", PARAGRAPH, ((folded(line),) for line in signature)),
    )
    text = "\n\n".join([*map(part_text, whole), "\n".join(map(typographic, signature))])
    return Written(subject=typographic(subject), text=text + "\n", html=html)


def part_text(part: Part) -> str:
    if isinstance(part, Button | Link):
        return f"{typographic(part.label)}\n{sound_url(part.url)}"
    if isinstance(part, Facts):
        return "\n".join(typographic(f"{name} : {value}") for name, value in part.rows)
    return typographic(part)


def part_html(part: Part, *, hue: int) -> SafeString:
    if isinstance(part, Button):
        tints = colours(hue)
        style = BUTTON_STYLE.format(accent=tints["light-accent"], line=tints["light-accent-line"])
        return format_html(BUTTON, url=sound_url(part.url), label=typographic(part.label), style=style)
    if isinstance(part, Link):
        return format_html(LINK, url=sound_url(part.url), label=typographic(part.label))
    if isinstance(part, Facts):
        rows = ((typographic(name), typographic(value)) for name, value in part.rows)
        return format_html('<dl style="margin:0 0 16px">\n{}\n</dl>', format_html_join("\n", FACT, rows))
    return format_html(PARAGRAPH, folded(part))


def folded(text: str) -> str:
    """The paragraph over several short lines, which HTML shows as one."""
    return "\n".join(textwrap.wrap(typographic(text), LINE_LENGTH, break_long_words=False, break_on_hyphens=False))


def sound_url(url: str) -> str:
    """The address, once sure that it stays whole on one line of any message."""
    if len(url) > LINE_LENGTH or "=" in url or "&" in url:
        raise ValueError(f"An address in a message is a path of at most {LINE_LENGTH} signs without = nor &.")
    return url


def escaped(text: str) -> SafeString:
    return format_html("{}", typographic(text))
