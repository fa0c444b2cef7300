"""PDF documents made by typst: tagged (PDF/UA-1, PDF/A-2a), in French, without network nor the machine's fonts."""

import json
import unicodedata
from functools import cache
from pathlib import Path

import typst

FONTS = Path(__file__).resolve().parent / "fonts"
END_OF_LATIN = "\u024f"
PUNCTUATION = frozenset("\u2009\u202f–—‘’‚“”„†‡•…‹›€™−")


def make_pdf(template: Path, *, content: object) -> bytes:
    """Fill `template` (a .typ file, which reads `sys.inputs.content` as JSON) and return the PDF.

    Text goes through `showable` first. Raises `typst.TypstError` when the template is wrong.
    """
    compiler = compiler_of(template)
    pdf = compiler.compile(
        format="pdf", pdf_standards=["a-2a", "ua-1"], sys_inputs={"content": json.dumps(content, ensure_ascii=False)}
    )
    if not isinstance(pdf, bytes):
        raise TypeError("typst makes one file of a PDF.")
    return pdf


@cache
def compiler_of(template: Path) -> typst.Compiler:
    """One compiler for each document, kept: its fonts are read once."""
    return typst.Compiler(str(template), font_paths=[str(FONTS)], ignore_system_fonts=True)


def showable(text: str) -> str:
    """The text in signs that the fonts have: those of Latin scripts. Another one becomes its nearest, or « ? ».

    A conforming document shows every sign: a single one without glyph would refuse the whole batch.
    """
    composed = unicodedata.normalize("NFC", text)
    return "".join(sign if is_shown(sign) else nearest(sign) for sign in composed)


def is_shown(sign: str) -> bool:
    return sign in PUNCTUATION or (sign <= END_OF_LATIN and unicodedata.category(sign)[0] != "C")


def nearest(sign: str) -> str:
    if unicodedata.category(sign)[0] in "CM" or sign.isspace():
        return " " if sign.isspace() else ""
    plain = "".join(part for part in unicodedata.normalize("NFKD", sign) if is_shown(part))
    return plain or "?"
