"""A template drawn many times on a page, read by the template engine once.

    line = PreparedMarkup("components/ledger_line.html", words=("label", "amount"), flags=("is_credit",))
    line.draw({"label": "Appel de charges", "amount": "412,35 €"}, is_credit=False)

The template is rendered with marks in place of the words, once for each set of flags; what it made of them becomes
a format string. So the template may print the words and ask for the flags, and nothing else: no filter, no loop.
Every word is escaped, unless it is a `SafeString`.
"""

import re
from functools import lru_cache
from html import escape

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

MARKS = "\ue000{}\ue001"  # of the private use area: nothing escapes them
MARKED = re.compile("\ue000(\\d+)\ue001")


class PreparedMarkup:
    """The format strings of one template."""

    def __init__(self, template: str, *, words: tuple[str, ...], flags: tuple[str, ...] = ()) -> None:
        self.template = template
        self.words = words
        self.flags = flags
        self.format_of = lru_cache(maxsize=2 ** len(flags))(self.compile)

    def compile(self, *set_flags: bool) -> str:
        context: dict[str, object] = {name: MARKS.format(rank) for rank, name in enumerate(self.words)}
        context |= dict(zip(self.flags, set_flags, strict=True))
        markup = render_to_string(self.template, context).strip()
        return MARKED.sub(r"{\1}", markup.replace("{", "{{").replace("}", "}}"))

    def draw(self, *words: str, flags: tuple[bool, ...] = ()) -> SafeString:
        """The markup around these words, in the order of `words`."""
        escaped = [word if type(word) is SafeString else escape(word) for word in words]
        return SafeString(self.format_of(*flags).format(*escaped))  # nosec B703
