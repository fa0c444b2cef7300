"""How the file of an article is read."""

import datetime as dt

import pytest

from parvis.help.rules import ArticleUnreadable, Category, read_article

HEAD = """titre: Changer mon mot de passe
rubrique: profil
réponse: Ouvrez Mon profil\u00a0: tout y est.
mots: code, secret
écran: client:profile-index
bouton: Ouvrir Mon profil
parcours: tests/browser/test_password.py
mis à jour: 2026-11-23"""


def test_file_becomes_an_article():
    article = read_article("mot-de-passe", f"{HEAD}\n---\n\n1. Ouvrez la page.\n")

    assert article.title == "Changer mon mot de passe"
    assert article.category is Category.PROFILE
    assert article.answer == "Ouvrez Mon profil\u00a0: tout y est."
    assert article.updated_on == dt.date(2026, 11, 23)
    assert article.body == "1. Ouvrez la page."


@pytest.mark.parametrize("heading", ["titre", "rubrique", "réponse", "mots", "écran", "parcours", "mis à jour"])
def test_article_without_one_of_its_headings_is_refused(heading):
    head = "\n".join(line for line in HEAD.splitlines() if not line.startswith(heading))

    with pytest.raises(ArticleUnreadable, match=heading):
        read_article("a", f"{head}\n---\ncorps")


@pytest.mark.parametrize(
    "text",
    [
        HEAD,
        f"{HEAD}\n---\n  \n",
        f"{HEAD}\nauteur: moi\n---\ncorps",
        f"{HEAD.replace('profil', 'jardin', 1)}\n---\ncorps",
        f"{HEAD.replace('2026-11-23', 'hier')}\n---\ncorps",
    ],
    ids=["no body", "empty body", "unknown heading", "unknown category", "no day"],
)
def test_article_that_says_nothing_sure_is_refused(text):
    with pytest.raises(ArticleUnreadable):
        read_article("a", text)


def test_the_nine_categories_are_those_of_the_help_page():
    assert [category.label for category in Category] == [
        "Page d’Accueil",
        "Mon profil",
        "Assemblée générale",
        "Biens",
        "Comptes",
        "Interventions",
        "Paiement",
        "Candidature",
        "FAQ",
    ]
