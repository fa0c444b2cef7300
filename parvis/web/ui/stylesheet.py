"""The stylesheet: plain files joined in one, with the agency's colours in front.

Signed-in pages link to `/style/<digest>-<hue>.css`, cached for ever. Public pages carry the part they
need inside their head: no second request before a person can sign in; the CSP names its hash.
"""

import base64
import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import brotli

from parvis.kit.hue import colours

FOLDER = Path(__file__).parent / "static" / "ui" / "css"

PUBLIC_FILES = (
    "tokens",
    "base",
    "components/banner",
    "components/threshold",
    "components/card",
    "components/button",
    "components/field",
    "components/criteria",
    "components/steps",
    "components/notice",
    "components/facts",
    "components/print",
    "components/hidden",
)
ALL_FILES = (
    *PUBLIC_FILES[:-2],
    "components/menu",
    "components/status",
    "components/rows",
    "components/amount",
    "components/filters",
    "components/ledger",
    "components/timeline",
    "components/photos",
    "components/factors",
    "components/board",
    *PUBLIC_FILES[-2:],
)


@dataclass(frozen=True)
class Stylesheet:
    """A text of CSS, and what a page needs to name it."""

    text: str

    @property
    def digest(self) -> str:
        """What changes in its address when it changes."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:12]

    @property
    def csp_source(self) -> str:
        """Its hash, as style-src wants it when the text stands inside the page."""
        digest = hashlib.sha256(self.text.encode()).digest()
        return f"'sha256-{base64.b64encode(digest).decode()}'"

    def encoded(self, encoding: str) -> bytes:
        """As small as it gets: it is made once for each hue, then kept. `encoding`: « br », « gzip » or nothing."""
        if encoding == "br":
            return bytes(brotli.compress(self.text.encode(), quality=11))
        return gzip.compress(self.text.encode(), compresslevel=9, mtime=0) if encoding else self.text.encode()


def compact(css: str) -> str:
    """The same rules without comments and spaces that mean nothing."""
    without_comments = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    on_one_line = re.sub(r"\s+", " ", without_comments)
    tight = re.sub(r" ?([{};,]) ?", r"\1", on_one_line)
    return tight.replace(": ", ":").replace(";}", "}").strip()


def joined(names: tuple[str, ...]) -> str:
    return compact("\n".join((FOLDER / f"{name}.css").read_text(encoding="utf-8") for name in names))


def prelude(hue: int) -> str:
    """The agency's colours as custom properties."""
    declarations = ";".join(f"--{name}:{value}" for name, value in colours(hue).items())
    return f":root{{{declarations}}}"


@lru_cache(maxsize=361)
def full(hue: int) -> Stylesheet:
    """Every component, for signed-in pages."""
    return Stylesheet(prelude(hue) + joined(ALL_FILES))


@lru_cache(maxsize=361)
def public(hue: int) -> Stylesheet:
    """What pages seen before signing in need, to stand in their head."""
    return Stylesheet(prelude(hue) + joined(PUBLIC_FILES))


@lru_cache(maxsize=361)
def full_path(hue: int) -> str:
    """The address of the signed-in stylesheet: hue and content are in it, so it never goes stale."""
    return f"/style/{full(hue).digest}-{hue}.css"


@lru_cache(maxsize=361)
def public_style_element(hue: int) -> str:
    return f"<style>{public(hue).text}</style>"


@lru_cache(maxsize=361)
def public_csp_source(hue: int) -> str:
    return public(hue).csp_source


@lru_cache(maxsize=3 * 361)
def full_encoded(hue: int, encoding: str) -> bytes:
    return full(hue).encoded(encoding)
