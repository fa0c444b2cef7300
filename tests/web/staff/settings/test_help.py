"""Articles in the agency's own words: seen first, read and found by its clients alone, taken back."""

import pytest

from parvis.help.models import OwnArticle
from tests.factories import AgencyFactory

pytestmark = pytest.mark.django_db
LIST, ARTICLE = "/gestion/reglages/aide/", "/gestion/reglages/aide/payer-par-cheque/"
WORDS = {
    "title": "Nos chèques",
    "answer": "À l’ordre du Cabinet zinzolin.",
    "body": "Déposez-le **à l’accueil**.\n\n<script>alert(1)</script>",
}


def test_article_is_seen_before_it_is_kept_and_obeys_no_html(diane):
    page = diane.post(ARTICLE, WORDS | {"apercu": "1"}).content.decode()

    assert "<strong>à l’accueil</strong>" in page
    assert "<script>alert" not in page
    assert not OwnArticle.objects.exists()


def test_own_words_are_read_found_and_taken_back(diane, client):
    before = client.get("/aide/payer-par-cheque/").content.decode()

    diane.post(ARTICLE, WORDS)
    article, found = (client.get(path).content.decode() for path in ("/aide/payer-par-cheque/", "/aide/?q=zinzolin"))

    assert "Nos chèques" in article
    assert "<script>alert" not in article
    assert "Nos chèques" in found
    assert "Vos mots" in diane.get(LIST).content.decode()
    diane.post(f"{ARTICLE}retablir/")
    after = client.get("/aide/payer-par-cheque/").content.decode()
    assert "Nos chèques" not in after
    assert after.count("<h1>") == before.count("<h1>")


def test_another_agency_keeps_its_own(diane, client):
    AgencyFactory(host="ailleurs.exemple.fr")
    diane.post(ARTICLE, WORDS)
    client.logout()

    assert (
        "Nos chèques"
        not in client.get("/aide/payer-par-cheque/", headers={"host": "ailleurs.exemple.fr"}).content.decode()
    )


def test_unknown_article_does_not_exist(diane):
    assert diane.get("/gestion/reglages/aide/inconnu/").status_code == 404


@pytest.mark.parametrize("missing", WORDS)
def test_nothing_may_be_empty(diane, missing):
    assert "Il y a un problème" in diane.post(ARTICLE, WORDS | {missing: ""}).content.decode()
