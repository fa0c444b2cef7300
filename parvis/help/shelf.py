"""The articles as they ship, read once a process; an agency's own words over them; the search."""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

from parvis.help.models import OwnArticle
from parvis.help.rules import Article, Category, read_article
from parvis.kit.days import paris_day
from parvis.kit.words import Entry, Synonyms, indexed, search

ARTICLES = Path(__file__).resolve().parent / "articles"
# One word for another, folded: what people say, and what the articles and screens say.
ALIKE = (
    ("mail", "email", "courriel", "courrier", "adresse"),
    ("mdp", "code", "passe"),
    ("facture", "appel", "avis", "quittance"),
    ("tel", "telephone", "mobile", "portable"),
    ("payer", "paiement", "regler", "reglement", "virement"),
    ("solde", "compte", "dette", "credit"),
    ("ag", "assemblee", "reunion"),
    ("pv", "proces", "verbal"),
    ("fuite", "panne", "probleme", "intervention", "sinistre"),
    ("logement", "appartement", "bien", "lot"),
    ("gerant", "gestionnaire", "agence", "syndic"),
    ("supprimer", "fermer", "effacer"),
    ("enregistrer", "telecharger", "imprimer"),
)


Articles = tuple[Article, ...]


@dataclasses.dataclass(frozen=True, eq=False)
class Shelf:
    """The articles that one agency's clients read; `own` are those in its words."""

    articles: Articles
    own: frozenset[str] = frozenset()

    def article_of(self, slug: str) -> Article | None:
        return next((article for article in self.articles if article.slug == slug), None)

    def articles_in(self, category: Category) -> list[Article]:
        return [article for article in self.articles if article.category is category]


def shelf_of(agency_id: int) -> Shelf:
    """That of an agency; the shipped one when it wrote nothing."""
    own = OwnArticle.objects.filter(agency_id=agency_id).order_by("article")
    rows = own.values_list("article", "title", "answer", "body", "changed_at")
    return made_shelf(tuple((slug, title, answer, body, paris_day(at)) for slug, title, answer, body, at in rows))


@lru_cache(maxsize=64)
def made_shelf(rows: tuple[tuple[str, str, str, str, dt.date], ...]) -> Shelf:
    """The shipped articles, those of `rows` said anew; made once for the same words."""
    words = {
        slug: {"title": title, "answer": answer, "body": body, "updated_on": day}
        for slug, title, answer, body, day in rows
    }
    said = tuple(dataclasses.replace(one, **words[one.slug]) if one.slug in words else one for one in articles())  # type: ignore[arg-type]
    return Shelf(articles=said, own=frozenset(words))


@cache
def articles() -> Articles:
    """Every shipped article, by category then title."""
    found = [read_article(path.stem, path.read_text(encoding="utf-8")) for path in sorted(ARTICLES.glob("*.md"))]
    order = list(Category)
    return tuple(sorted(found, key=lambda article: (order.index(article.category), article.title)))


@lru_cache(maxsize=512)
def body_html(article: Article) -> SafeString:
    """The body as HTML. Markdown alone: whatever looks like a tag is shown as it is written."""
    return SafeString(MarkdownIt("commonmark", {"html": False}).render(article.body))  # nosec B703 -- no HTML passes


def find(query: str, *, shelf: Shelf | None = None) -> tuple[list[Article], dict[str, str]]:
    """The articles that answer best first, and the words that were taken for others.

    Those that hold the very words come before those that hold others for them.
    """
    shelf = shelf or made_shelf(())
    exact, alike = search(query, entries(shelf)), search(query, entries(shelf), synonyms=synonyms())
    said = [] if exact.corrections else exact.keys
    ranks = dict.fromkeys([*said, *alike.keys])
    return [shelf.articles[rank] for rank in ranks], alike.corrections


@lru_cache(maxsize=64)
def entries(shelf: Shelf) -> tuple[Entry, ...]:
    return tuple(
        Entry(rank, heading=indexed(f"{article.title} {article.words}"), body=indexed(text_of(article)))
        for rank, article in enumerate(shelf.articles)
    )


def text_of(article: Article) -> str:
    return f"{article.category.label} {article.answer} {article.body}"


@cache
def synonyms() -> Synonyms:
    return {word: others_in(group, word) for group in ALIKE for word in group}


def others_in(group: Iterable[str], word: str) -> tuple[str, ...]:
    return tuple(other for other in group if other != word)
