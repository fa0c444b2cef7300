"""Aide, as anybody reads it: search, categories, articles, and what they say back."""

import pytest
from django.test import Client

from parvis.help.models import ArticleOpinion
from tests.factories import AgencyFactory, GrantFactory

ARTICLE = "/aide/connexion/"


@pytest.fixture(autouse=True)
def agency(db):
    return AgencyFactory(host="testserver")


def page_at(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_help_shows_its_nine_categories(client: Client):
    page = page_at(client, "/aide/")

    assert "Recherche par mot-clé" in page
    assert page.count('href="/aide/rubrique/') == 9


@pytest.mark.parametrize("query", ["navigateur", "NAVIGATEURS", "navigatuer", "n’oreply noreply"])
def test_search_finds_in_spite_of_case_plural_and_typing_errors(client: Client, query):
    page = page_at(client, f"/aide/?q={query}")

    assert 'href="/aide/connexion/"' in page
    assert "réponse" in page


def test_words_found_are_marked_in_the_title(client: Client):
    assert "Aide à la <mark>connexion</mark>" in page_at(client, "/aide/?q=connexions")


def test_search_without_an_answer_says_what_to_do(client: Client):
    page = page_at(client, "/aide/?q=xyzxyzxyz")

    assert "Aucune réponse pour «\u00a0xyzxyzxyz\u00a0»" in page
    assert "Essayez un autre mot, ou parcourez les rubriques." in page


def test_what_is_typed_is_never_run(client: Client):
    page = page_at(client, "/aide/?q=<script>alert(1)</script>")

    assert "<script>alert" not in page


@pytest.mark.parametrize("query", ["", "   ", "a" * 5000, "\x00", "%", "«»", "🦊"])
def test_any_query_has_an_answer(client: Client, query):
    assert client.get("/aide/", {"q": query}).status_code == 200


def test_article_is_dated_and_leads_back_to_its_category(client: Client):
    page = page_at(client, ARTICLE)

    assert "Mis à jour le" in page
    assert 'href="/aide/rubrique/faq/"' in page


@pytest.mark.parametrize("path", ["/aide/nulle-part/", "/aide/rubrique/jardin/"])
def test_what_is_not_there_is_not_found(client: Client, path):
    assert client.get(path).status_code == 404


def test_reader_says_that_an_article_helped(client: Client, agency):
    response = client.post(f"{ARTICLE}avis/", {"answer": "oui"}, follow=True)

    opinion = ArticleOpinion.objects.get()
    assert (opinion.agency, opinion.article, opinion.has_helped) == (agency, "connexion", True)
    assert "Merci, votre avis est transmis" in response.content.decode()


def test_reader_says_what_was_missing(client: Client):
    client.post(f"{ARTICLE}avis/", {"answer": "non", "missing": "  Le numéro de l’agence. "})

    opinion = ArticleOpinion.objects.get()
    assert not opinion.has_helped
    assert opinion.missing == "Le numéro de l’agence."


def test_what_is_missing_goes_with_no_alone(client: Client):
    client.post(f"{ARTICLE}avis/", {"answer": "oui", "missing": "rien"})

    assert ArticleOpinion.objects.get().missing == ""


@pytest.mark.parametrize("answer", ["", "peut-être"])
def test_another_answer_is_no_opinion(client: Client, answer):
    assert client.post(f"{ARTICLE}avis/", {"answer": answer}).status_code == 302
    assert not ArticleOpinion.objects.exists()


def test_opinions_of_one_address_are_limited(client: Client):
    for _ in range(25):
        response = client.post(f"{ARTICLE}avis/", {"answer": "non"}, follow=True)

    assert ArticleOpinion.objects.count() == 20
    assert "Réessayez dans une heure." in response.content.decode()


def test_host_of_no_agency_asks_for_no_opinion(client: Client):
    page = client.get(ARTICLE, headers={"host": "127.0.0.1"}).content.decode()

    assert "vous a-t-il aidé" not in page


def test_opinion_goes_to_the_agency_of_the_person(client: Client):
    elsewhere = GrantFactory(client__agency=AgencyFactory(name="Régie du Port", host="port.exemple.fr"))
    client.force_login(elsewhere.user)

    client.post(f"{ARTICLE}avis/", {"answer": "oui"})

    assert ArticleOpinion.objects.get().agency == elsewhere.client.agency
