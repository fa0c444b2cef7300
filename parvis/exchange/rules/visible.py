"""What was refused, written so that a report may hold it."""

import unicodedata

VALUE_LENGTH = 80
# Control signs, marks of direction and signs without width, halves of pairs, separators of lines.
INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})


def shown(value: str) -> str:
    """A refused value as a report may hold it: not too long, and nothing in it that acts on a terminal or hides."""
    return visible(value[:VALUE_LENGTH])


def visible(text: str) -> str:
    """The same text, its invisible signs written out: « \\x1b », « \\u202e »."""
    if text.isprintable():
        return text
    return "".join(written_out(sign) if unicodedata.category(sign) in INVISIBLE else sign for sign in text)


def written_out(sign: str) -> str:
    code = ord(sign)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
