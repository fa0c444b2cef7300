"""The mailbox of the demonstration: what its mail server received, one file a message."""

import datetime as dt
import email
import email.policy
import os
from dataclasses import dataclass
from email.message import EmailMessage
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

from django.conf import settings

MOST_SHOWN = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link of a message: its words, and where it leads."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message as its reader sees it."""

    to: str
    subject: str
    text: str
    html: str
    sent_at: dt.datetime

    @property
    def links(self) -> list[Link]:
        """The links of the HTML part, by their words; an address written in full is in the text."""
        reader = LinkReader()
        reader.feed(self.html)
        return reader.links


class LinkReader(HTMLParser):
    """Collects the links of a page that lead to the web."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[Link] = []
        self.url, self.words = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href") or ""
        if tag == "a" and address.startswith(("http://", "https://")):
            self.url, self.words = address, ""

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_endtag(self, tag: str) -> None:
        label = " ".join(self.words.split())
        if tag == "a" and self.url and label and not label.startswith("http"):
            self.links.append(Link(label=label, url=self.url))
        if tag == "a":
            self.url = ""


def folder() -> Path:
    return Path(settings.DATA_DIR) / "mailbox"


def keep(raw: bytes, *, to: str, received_at: dt.datetime) -> None:
    """Write a message down; it appears whole or not at all."""
    folder().mkdir(parents=True, exist_ok=True)
    path = folder() / f"{received_at:%Y%m%dT%H%M%S%f}.eml"
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_bytes(f"X-Demonstration-Recipient: {to}\n".encode() + raw)
    draft.replace(path)


def messages() -> list[Message]:
    """The latest messages, newest first."""
    paths = sorted(folder().glob("*.eml"), reverse=True)[:MOST_SHOWN]
    return [read(path) for path in paths]


@lru_cache(maxsize=MOST_SHOWN)
def read(path: Path) -> Message:
    """A message once kept never changes."""
    parsed = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    return Message(
        to=str(parsed["X-Demonstration-Recipient"]),
        subject=str(parsed["Subject"] or ""),
        text=part(parsed, "plain"),
        html=part(parsed, "html"),
        sent_at=dt.datetime.strptime(path.stem, "%Y%m%dT%H%M%S%f").replace(tzinfo=dt.UTC),
    )


def part(parsed: EmailMessage, kind: str) -> str:
    """The text or the HTML of a message; empty when it has none."""
    body = parsed.get_body(preferencelist=(kind,))
    return str(body.get_content()).replace("\r\n", "\n") if body else ""
