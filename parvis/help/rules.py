"""What an article of the help is, and how its file is read. Pure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Category(StrEnum):
    """The nine categories, in the order of the help page; the value stands in addresses."""

    HOME = "accueil"
    PROFILE = "profil"
    MEETINGS = "assemblee-generale"
    PROPERTIES = "biens"
    ACCOUNTS = "comptes"
    INTERVENTIONS = "interventions"
    PAYMENT = "paiement"
    APPLICATION = "candidature"
    QUESTIONS = "faq"

    @property
    def label(self) -> str:
        return LABELS[self]

    @property
    def icon(self) -> str:
        return ICONS[self]


LABELS = {
    Category.HOME: "Page d’Accueil",
    Category.PROFILE: "Mon profil",
    Category.MEETINGS: "Assemblée générale",
    Category.PROPERTIES: "Biens",
    Category.ACCOUNTS: "Comptes",
    Category.INTERVENTIONS: "Interventions",
    Category.PAYMENT: "Paiement",
    Category.APPLICATION: "Candidature",
    Category.QUESTIONS: "FAQ",
}
ICONS = {
    Category.HOME: "home",
    Category.PROFILE: "profile",
    Category.MEETINGS: "calendar",
    Category.PROPERTIES: "property",
    Category.ACCOUNTS: "account",
    Category.INTERVENTIONS: "intervention",
    Category.PAYMENT: "check",
    Category.APPLICATION: "key",
    Category.QUESTIONS: "help",
}
HEADINGS = ("titre", "rubrique", "réponse", "mots", "écran", "bouton", "parcours", "mis à jour")
ENDS = "---"


class ArticleUnreadable(ValueError):
    """The file of an article lacks something, or says something unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One question and its answer. `answer` is the first sentence; `body` is Markdown without HTML.

    `screen` is the URL name of the page that the steps are done on, `button` the words of the link to it (both may be
    empty). `words` are those that people use for it and that the text does not. `journey` names the browser test
    that does what the article says.
    """

    slug: str
    title: str
    category: Category
    answer: str
    words: str
    screen: str
    button: str
    journey: str
    updated_on: dt.date
    body: str


def read_article(slug: str, text: str) -> Article:
    """Read a file: lines « heading: value » up to a line of three dashes, then the body. Refuses what is missing."""
    head, separator, body = text.partition(f"\n{ENDS}\n")
    said = dict(read_heading(slug, line) for line in head.splitlines() if line.strip())
    if not separator or not body.strip():
        raise ArticleUnreadable(f"{slug}: no body after a line of three dashes")
    missing = [heading for heading in HEADINGS if heading not in said]
    if missing:
        raise ArticleUnreadable(f"{slug}: lacks {', '.join(missing)}")
    return make_article(slug, said, body=body.strip())


def read_heading(slug: str, line: str) -> tuple[str, str]:
    heading, separator, value = line.partition(":")
    if not separator or heading.strip() not in HEADINGS:
        raise ArticleUnreadable(f"{slug}: « {line} » is no heading")
    return heading.strip(), value.strip()


def make_article(slug: str, said: Mapping[str, str], *, body: str) -> Article:
    try:
        return Article(
            slug=slug,
            title=said["titre"],
            category=Category(said["rubrique"]),
            answer=said["réponse"],
            words=said["mots"],
            screen=said["écran"],
            button=said["bouton"],
            journey=said["parcours"],
            updated_on=dt.date.fromisoformat(said["mis à jour"]),
            body=body,
        )
    except ValueError as error:
        raise ArticleUnreadable(f"{slug}: {error}") from error


MOST_WORDS, LONGEST_WORDS, SHORTEST_WORDS = 3, 40, 4


def countable(query: str) -> str:
    """The words of a search that may be counted; empty when they might tell of somebody.

    A few words: no digit (a telephone, an account), no sign (a courriel), nothing long, no capital but the first one,
    which keyboards of telephones add.
    """
    words = query.split()
    text = " ".join(words)
    is_plain = all(word.replace("’", "").replace("'", "").replace("-", "").isalpha() for word in words)
    if not is_plain or len(words) > MOST_WORDS or not SHORTEST_WORDS <= len(text) <= LONGEST_WORDS:
        return ""
    return text.lower() if text[1:] == text[1:].lower() else ""
