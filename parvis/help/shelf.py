"""The articles as they ship, read once a process, and the search among them."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

from parvis.help.rules import Article, Category, read_article
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


@cache
def articles() -> tuple[Article, ...]:
    """Every article, by category then title."""
    found = [read_article(path.stem, path.read_text(encoding="utf-8")) for path in sorted(ARTICLES.glob("*.md"))]
    order = list(Category)
    return tuple(sorted(found, key=lambda article: (order.index(article.category), article.title)))


def article_of(slug: str) -> Article | None:
    return next((article for article in articles() if article.slug == slug), None)


def articles_in(category: Category) -> list[Article]:
    return [article for article in articles() if article.category is category]


@cache
def body_html(article: Article) -> SafeString:
    """The body as HTML. Markdown alone: whatever looks like a tag is shown as it is written."""
    return SafeString(MarkdownIt("commonmark", {"html": False}).render(article.body))  # nosec B703 -- no HTML passes


def find(query: str) -> tuple[list[Article], dict[str, str]]:
    """The articles that answer best first, and the words that were taken for others.

    Those that hold the very words come before those that hold others for them.
    """
    exact, alike = search(query, entries()), search(query, entries(), synonyms=synonyms())
    said = [] if exact.corrections else exact.keys
    ranks = dict.fromkeys([*said, *alike.keys])
    return [articles()[rank] for rank in ranks], alike.corrections


@cache
def entries() -> tuple[Entry, ...]:
    return tuple(
        Entry(rank, heading=indexed(f"{article.title} {article.words}"), body=indexed(text_of(article)))
        for rank, article in enumerate(articles())
    )


def text_of(article: Article) -> str:
    return f"{article.category.label} {article.answer} {article.body}"


@cache
def synonyms() -> Synonyms:
    return {word: others_in(group, word) for group in ALIKE for word in group}


def others_in(group: Iterable[str], word: str) -> tuple[str, ...]:
    return tuple(other for other in group if other != word)
