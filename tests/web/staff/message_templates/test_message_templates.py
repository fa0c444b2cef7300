"""Modèles de messages: added, changed, removed."""

import pytest

from parvis.interventions.models import MessageTemplate
from tests.factories import AgencyFactory

pytestmark = pytest.mark.django_db
PAGE = "/gestion/modeles/"
TYPED = {"name": "Passage", "text": "Merci de laisser l’accès libre."}


@pytest.fixture
def template(agency):
    return MessageTemplate.objects.create(agency=agency, **TYPED)


def test_template_is_added(diane):
    page = diane.post(f"{PAGE}ajouter/", TYPED, follow=True).content.decode()

    assert "Le modèle est enregistré." in page
    assert MessageTemplate.objects.get().text == TYPED["text"]


def test_template_is_changed(diane, template):
    diane.post(f"{PAGE}{template.public_id}/", {**TYPED, "text": "Merci."})

    template.refresh_from_db()
    assert template.text == "Merci."


def test_template_is_removed(diane, template):
    page = diane.post(f"{PAGE}{template.public_id}/retirer/", follow=True).content.decode()

    assert "Le modèle est retiré." in page
    assert not MessageTemplate.objects.exists()


def test_name_is_taken_once(diane, template):
    assert "Ce nom est déjà pris" in diane.post(f"{PAGE}ajouter/", TYPED).content.decode()


def test_empty_template_is_refused(diane):
    assert "Écrivez le texte du modèle." in diane.post(f"{PAGE}ajouter/", {"name": "Passage"}).content.decode()


def test_template_of_another_agency_does_not_exist(diane):
    stranger = MessageTemplate.objects.create(agency=AgencyFactory(), **TYPED)

    assert diane.get(f"{PAGE}{stranger.public_id}/").status_code == 404
