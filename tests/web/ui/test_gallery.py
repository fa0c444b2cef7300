"""The gallery shows every component and every page of words, and stands in development only."""

import re

import pytest
from django.test import Client

from parvis.web.ui.gallery_pages import PAGES
from tests.factories import AgencyFactory
from tests.guards.tree import ROOT, walk

pytestmark = pytest.mark.django_db
SHELL = {"brand", "footer", "head", "menu", "staff_menu", "messages"}  # on every page, the gallery's own included
UNSEEN = {"live"}  # scripts


@pytest.fixture(autouse=True)
def agency():
    return AgencyFactory(host="testserver")


def test_every_component_is_shown():
    templates = ROOT / "parvis" / "web" / "templates"
    components = {path.stem for path in walk(templates / "components")}
    shown = set(re.findall(r'include "components/(\w+)\.html"', (templates / "gallery.html").read_text()))

    inside_others = {"agency_phone", "document_link", "ledger_line", "payment_details"}  # which are shown
    assert components - shown - SHELL - UNSEEN == inside_others


def test_gallery_opens(client: Client):
    page = client.get("/composants/").content.decode()

    assert "Il y a un problème" in page
    assert "Prélèvement de 412,35\u202f€ prévu le 1er\u00a0janvier 2027." in page


@pytest.mark.parametrize("name", PAGES)
def test_page_of_words_has_one_title_and_a_way_on(client: Client, name: str):
    page = client.get(f"/composants/{name}/").content.decode()

    assert page.count("<h1") == 1
    assert "<a " in page or "<form" in page


def test_page_that_is_not_in_the_gallery_does_not_exist(client: Client):
    assert client.get("/composants/inconnue/").status_code == 404


def test_letter_and_message_are_shown(client: Client):
    letter = client.get("/composants/lettre.pdf")
    message = client.get("/composants/message.html")

    assert letter.content.startswith(b"%PDF-1.7")
    assert "Confirmer mon adresse email" in message.content.decode()
    for name in ("lettre.pdf", "message.html"):
        assert f"/composants/{name}" in client.get("/composants/").content.decode()
