"""A paper as PDF: letterhead, title, then blocks of text, facts and tables. The layout is `documents/paper.typ`."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from parvis.kit.pdf import make_pdf, showable

TEMPLATE = Path(__file__).resolve().parent / "documents" / "paper.typ"
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Who writes: `lines` are the address and the telephone, `hue` the colour of the agency (0–360)."""

    name: str
    hue: int
    lines: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Paragraphs; a note is set smaller."""

    paragraphs: Sequence[str]
    title: str = ""
    is_note: bool = False

    def content(self) -> dict[str, object]:
        kind = "note" if self.is_note else "text"
        return {"type": kind, "title": showable(self.title), "paragraphs": shown(self.paragraphs)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Names and values, one under the other."""

    rows: Rows
    title: str = ""

    def content(self) -> dict[str, object]:
        return {"type": "facts", "title": showable(self.title), "rows": [shown(row) for row in self.rows]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under their headers. `amounts` are the columns set to the right; `totals` close the table.

    A column of `narrow` is as wide as its words.
    """

    columns: Sequence[str]
    rows: Rows
    totals: Rows = ()
    amounts: frozenset[int] = frozenset()
    narrow: frozenset[int] = frozenset()
    title: str = ""

    def content(self) -> dict[str, object]:
        columns = [
            {
                "name": showable(name),
                "is_amount": place in self.amounts,
                "is_narrow": place in self.amounts | self.narrow,
            }
            for place, name in enumerate(self.columns)
        ]
        return {
            "type": "table",
            "title": showable(self.title),
            "columns": columns,
            "rows": [shown(row) for row in self.rows],
            "totals": [shown(row) for row in self.totals],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What is printed. `banner` is what must be seen first (« Annulée »); `footer` stands under every page."""

    letterhead: Letterhead
    title: str
    recipient: Sequence[str]
    blocks: Sequence[Text | Facts | Table]
    subtitle: str = ""
    banner: str = ""
    footer: str = ""

    def content(self) -> dict[str, object]:
        """What the template reads; every sign is one that the fonts have."""
        head = self.letterhead
        return {
            "letterhead": {"name": showable(head.name), "hue": head.hue, "lines": shown(head.lines)},
            "title": showable(self.title),
            "subtitle": showable(self.subtitle),
            "banner": showable(self.banner),
            "recipient": shown(self.recipient),
            "footer": showable(self.footer),
            "blocks": [block.content() for block in self.blocks],
        }

    def pdf(self) -> bytes:
        return make_pdf(TEMPLATE, content=self.content())


def shown(texts: Sequence[str]) -> list[str]:
    return [showable(text) for text in texts]
