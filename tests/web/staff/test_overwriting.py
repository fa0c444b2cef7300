"""Two people change the same thing at the same time: the second one is told, keeps their words, and decides."""

import re

import pytest

from parvis.interventions.models import MessageTemplate, Supplier
from parvis.web.staff.settings.details_page import initial_of as details_of
from parvis.web.staff.settings.forms import initial_of
from tests.factories import StaffMemberFactory
from tests.interventions.factories import SupplierFactory

pytestmark = pytest.mark.django_db
ARTICLE = {"title": "Nos chèques", "answer": "À l’ordre du Cabinet.", "body": "À l’accueil."}


def of_supplier(agency):
    firm = SupplierFactory(agency=agency, name="Plomberie Martel", email="martel@exemple.fr", phone="01 00 00 00 31")
    typed = {name: getattr(firm, name) for name in ("name", "email", "phone")}
    return f"/gestion/entreprises/{firm.public_id}/", typed, "name", lambda: Supplier.objects.get().name


def of_template(agency):
    template = MessageTemplate.objects.create(agency=agency, name="Passage", text="Merci.")
    typed = {"name": template.name, "text": template.text}
    return f"/gestion/modeles/{template.public_id}/", typed, "text", lambda: MessageTemplate.objects.get().text


def of_agency(agency):
    def welcome():
        agency.refresh_from_db()
        return agency.legal_name

    return "/gestion/reglages/agence/", initial_of(agency), "legal_name", welcome


def of_look(agency):
    def welcome():
        agency.refresh_from_db()
        return agency.welcome

    return "/gestion/reglages/apparence/", {"hue": agency.hue, "welcome": ""}, "welcome", welcome


def of_article(agency):
    return "/gestion/reglages/aide/payer-par-cheque/", ARTICLE, "title", lambda: agency.ownarticle_set.get().title


def of_colleague(agency):
    colleague = StaffMemberFactory(agency=agency)

    def name():
        colleague.refresh_from_db()
        return colleague.last_name

    return (
        f"/gestion/reglages/collaborateurs/{colleague.public_id}/coordonnees/",
        details_of(colleague),
        "last_name",
        name,
    )


@pytest.mark.parametrize("thing", [of_supplier, of_template, of_agency, of_look, of_article, of_colleague])
def test_second_of_two_people_is_told_and_their_words_are_kept(diane, agency, thing):
    path, typed, field, kept = thing(agency)
    shown = shown_on(diane.get(path))
    diane.post(path, {**typed, field: "Les premiers mots", "shown": shown})

    refused = diane.post(path, {**typed, field: "Les mots suivants", "shown": shown})

    assert "Quelqu’un d’autre a enregistré cette page" in refused.content.decode()
    assert "Les mots suivants" in refused.content.decode()
    assert kept() == "Les premiers mots"
    assert diane.post(path, {**typed, field: "Les mots suivants", "shown": shown_on(refused)}).status_code == 302
    assert kept() == "Les mots suivants"


def shown_on(response):
    return re.search(r'name="shown" value="(\w+)"', response.content.decode())[1]
