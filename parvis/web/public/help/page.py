"""What the pages of the help show."""

import re
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString

from parvis.help.rules import Article, Category
from parvis.help.shelf import Shelf, find
from parvis.kit.words import LONGEST_QUERY, fold, spelled, stem, words_of

SHORTEST_MARKED = 3  # letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An article found, its title with the words looked for marked."""

    article: Article
    title: SafeString


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage:
    """The search and its answers, or all the categories."""

    query: str
    answers: list[Answer]
    corrected: str

    @property
    def categories(self) -> list[Category]:
        return list(Category)

    @property
    def is_vain(self) -> bool:
        """Something was looked for, and nothing answers."""
        return bool(self.query) and not self.answers

    @property
    def said(self) -> str:
        """« 3 réponses pour « mot de passe » »."""
        count = len(self.answers)
        if not count:
            return f"Aucune réponse pour «\u00a0{self.query}\u00a0»"
        return f"{count} réponse{'s' if count > 1 else ''} pour «\u00a0{self.query}\u00a0»"


def help_page(query: str, *, shelf: Shelf) -> HelpPage:
    """The articles that answer; without a query, none."""
    query = " ".join(query[:LONGEST_QUERY].split())
    if not query:
        return HelpPage(query="", answers=[], corrected="")
    found, corrections = find(query, shelf=shelf)
    looked_for = [corrections.get(word, word) for word in words_of(query)]
    return HelpPage(
        query=query,
        answers=[Answer(article=article, title=marked(article.title, looked_for)) for article in found],
        corrected=corrected_query(query, corrections, shelf=shelf),
    )


def corrected_query(query: str, corrections: dict[str, str], *, shelf: Shelf) -> str:
    """The query with its mistyped words as the articles spell them; empty when there are none."""
    if not corrections:
        return ""
    texts = [f"{article.title} {article.words} {article.body}" for article in shelf.articles]
    return " ".join(spelled(corrections.get(fold(word), fold(word)), texts) for word in query.split())


def marked(title: str, words: list[str]) -> SafeString:
    """The title, with the words that were looked for between <mark> tags, whatever their endings."""
    roots = tuple(stem(word) for word in words if len(word) >= SHORTEST_MARKED)
    parts = re.split(r"([^\W_]+)", title)
    shown = [f"<mark>{escape(part)}</mark>" if is_one_of(part, roots) else escape(part) for part in parts]
    return SafeString("".join(shown))  # nosec B703 -- every part is escaped


def is_one_of(part: str, roots: tuple[str, ...]) -> bool:
    word = fold(part)
    return bool(word) and (stem(word) in roots or (len(word) >= SHORTEST_MARKED and word.startswith(roots)))
