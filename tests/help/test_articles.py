"""The articles as they ship: enough of them, in French typography, in the words of the screens, and found."""

import random
import re
from collections import Counter

import pytest
from django.urls import reverse

from parvis.help.rules import Category
from parvis.help.shelf import articles, find
from parvis.kit.words import EMPTY_WORDS, words_of
from tests.guards.tree import ROOT

ARTICLES = articles()
LEAST = 60
LEAST_OF_A_CATEGORY = 3
SAMPLES, RIGHT_OF_100, AMONG_FIRST = 200, 95, 5
QUOTED = re.compile(r"«\u00a0(.+?)\u00a0»")
SPACES = re.compile(r"\s+")
# What people find elsewhere than in this product: in their browser, on their telephone.
ELSEWHERE = {
    "Copier le lien hypertexte",
    "Partager",
    "Sur l’écran d’accueil",
    "Installer l’application",
    "Ajouter à l’écran d’accueil",
}


def plain(text: str) -> str:
    return SPACES.sub(" ", text.replace("\u00a0", " ").replace("\u202f", " ").replace("&nbsp;", " "))


@pytest.fixture(scope="module")
def product():
    """Every word that the product says: its pages, its messages, its forms."""
    files = [*ROOT.glob("parvis/**/*.html"), *ROOT.glob("parvis/**/*.py"), *ROOT.glob("parvis/**/*.txt")]
    said = " ".join(path.read_text(encoding="utf-8") for path in files if "migrations" not in path.parts)
    return plain(said.replace("\\u00a0", " ").replace("\\u202f", " "))


def test_there_are_enough_articles_in_every_category():
    counts = Counter(article.category for article in ARTICLES)

    assert len(ARTICLES) >= LEAST
    assert all(counts[category] >= LEAST_OF_A_CATEGORY for category in Category), counts


def test_no_two_articles_have_the_same_title():
    assert len({article.title for article in ARTICLES}) == len(ARTICLES)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.slug)
def test_article_quotes_the_very_words_of_the_product(article, product):
    said = {plain(words) for words in QUOTED.findall(f"{article.answer}\n{article.body}")}

    assert {words for words in said - ELSEWHERE if words.lower() not in product.lower()} == set()


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.slug)
def test_article_leads_to_a_page_that_exists_and_to_the_journey_that_does_what_it_says(article):
    assert bool(article.screen) == bool(article.button)
    assert not article.screen or reverse(article.screen)
    assert (ROOT / article.journey).is_file()


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.slug)
def test_article_is_in_french_typography(article):
    text = f"{article.title}\n{article.answer}\n{article.body}"

    assert not re.search(r"(?<![#*.]) [;?!:»]|« |'|[^\s\u202f]\?$", text, re.MULTILINE), article.slug
    assert len(article.answer) <= 170


def edited(word: str, dice: random.Random) -> str:
    """The word with one letter dropped, doubled, changed, or swapped with its neighbour."""
    place = dice.randrange(1, len(word) - 1)
    return dice.choice(
        [
            word[:place] + word[place + 1 :],
            word[:place] + word[place] + word[place:],
            word[:place] + dice.choice("aeinrst") + word[place + 1 :],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        ]
    )


def test_a_word_with_one_letter_wrong_still_finds_its_article():
    dice = random.Random(2026)
    known = sorted(
        {word for article in ARTICLES for word in words_of(article.title) if len(word) >= 5 and word not in EMPTY_WORDS}
    )
    words = [dice.choice(known) for _ in range(SAMPLES)]

    right = sum(is_found(word, edited(word, dice)) for word in words)

    assert right * 100 >= RIGHT_OF_100 * SAMPLES


def is_found(word: str, typed: str) -> bool:
    """Whether an article that bears the word in its title stands among the first answers."""
    return any(word in words_of(article.title) for article in find(typed)[0][:AMONG_FIRST])
