"""Mon profil: what the agency knows, how pages look on this device, the way out."""

import pytest
from django.conf import settings

NOTICES = settings.BASE_DIR / "parvis/web/ui/static/ui/css/components/notice.css"


def test_details_known_to_the_agency_are_shown(signed_in, alice):
    alice.street, alice.postal_code, alice.city = "12 rue des Acacias", "75017", "Paris"
    alice.mobile_phone = "0612345678"
    alice.save()

    page = signed_in.get("/profil/").content.decode()

    assert alice.customer_reference in page
    assert "12 rue des Acacias" in page
    assert "06\u00a012\u00a034\u00a056\u00a078" in page


def test_way_out_is_a_form_with_its_word(signed_in):
    page = signed_in.get("/profil/").content.decode()

    assert "Se déconnecter" in page
    assert '<form method="post" action="/deconnexion/">' in page


def test_way_out_stands_again_at_the_end_on_phones(signed_in):
    page = signed_in.get("/profil/").content.decode()

    end = page[page.index("Mes données") : page.index("</main>")]
    assert '<form class="phone-only" method="post" action="/deconnexion/">' in end
    assert "Se déconnecter" in end


@pytest.mark.parametrize(("choice", "attribute"), [("dark", ' data-theme="dark"'), ("light", ' data-theme="light"')])
def test_theme_is_remembered_by_the_browser(signed_in, choice, attribute):
    answer = signed_in.post("/profil/affichage/", {"theme": choice})

    assert answer.status_code == 302
    assert f'<html lang="fr"{attribute}>' in signed_in.get("/").content.decode()


def test_theme_follows_the_device_again(signed_in):
    signed_in.post("/profil/affichage/", {"theme": "dark"})

    signed_in.post("/profil/affichage/", {"theme": ""})

    assert "data-theme" not in signed_in.get("/").content.decode()


def test_theme_that_does_not_exist_changes_nothing(signed_in):
    signed_in.post("/profil/affichage/", {"theme": '"><script>'})
    signed_in.cookies["theme"] = "violet"

    assert '<html lang="fr">' in signed_in.get("/").content.decode()


def test_theme_cannot_be_changed_by_a_link(signed_in):
    assert signed_in.get("/profil/affichage/?theme=dark").status_code == 405


def test_what_was_done_is_said_at_a_distance_from_the_title(signed_in):
    signed_in.post("/profil/affichage/", {"theme": "dark"})

    page = signed_in.get("/profil/").content.decode()

    assert page.index('<div class="stack stack-s notices" role="status">') < page.index("<h1>")
    assert ".notices { margin-block-end: var(--space-5); }" in NOTICES.read_text(encoding="utf-8")
