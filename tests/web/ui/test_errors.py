"""Error pages: what happened, one way forward, the phone; never blank, never a code alone."""

import re
from importlib import import_module

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connections
from django.forms import PasswordInput
from django.test import Client, RequestFactory

from parvis.web.ui import branding, errors
from parvis.web.ui.forms import PageForm
from tests.factories import AgencyFactory, GrantFactory

PHONE = 'href="tel:+33100000000"'

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def agency():
    return AgencyFactory(host="testserver", emergency_phone="01 00 00 00 09")


@pytest.fixture
def request_of_a_visitor():
    return RequestFactory().get("/quelque-part/")


def test_unknown_address_says_so_and_leads_home(client: Client):
    response = client.get("/nulle-part/")
    page = response.content.decode()

    assert response.status_code == 404
    assert "Cette page n’existe pas" in page
    assert "Retour à l’accueil" in page
    assert PHONE in page


def test_forbidden_page_says_so(request_of_a_visitor):
    response = errors.permission_denied(request_of_a_visitor, PermissionDenied())

    assert response.status_code == 403
    assert "Vous n’avez pas accès à cette page" in response.content.decode()


def test_unreadable_request_says_so(client: Client):
    response = client.get("/aide/", headers={"host": "ailleurs.exemple.fr"})
    page = response.content.decode()

    assert response.status_code == 400
    assert "Cette demande n’est pas lisible" in page
    assert "Tilleuls" not in page


def test_too_many_tries_says_how_long_to_wait(request_of_a_visitor):
    response = errors.too_many_attempts(request_of_a_visitor, wait="15 minutes")

    assert response.status_code == 429
    assert "Réessayez dans 15 minutes." in response.content.decode()


@pytest.fixture
def closed_site(settings):
    settings.MAINTENANCE = "23 novembre 2026 à 14 h"
    return Client()  # its middleware is made now, with that setting


@pytest.mark.parametrize("path", ["/", "/connexion/", "/aide/"])
def test_every_page_says_when_the_maintenance_ends(closed_site, path):
    response = closed_site.get(path)

    assert response.status_code == 503
    assert "L’espace client est en maintenance" in response.content.decode()


@pytest.mark.parametrize("path", ["/sante/vivante", "/style/000000000000-222.css"])
def test_what_machines_ask_for_goes_on_during_a_maintenance(closed_site, path):
    assert closed_site.get(path).status_code == 200


def test_maintenance_says_when_it_ends_and_whom_to_call(request_of_a_visitor):
    response = errors.maintenance(request_of_a_visitor, until="23 novembre 2026 à 14 h")
    page = response.content.decode()

    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert "Retour prévu le 23 novembre 2026 à 14 h." in page
    assert "tel:+33100000009" in page


@pytest.mark.parametrize("path", ["/deconnexion/", "/profil/affichage/"])
def test_address_of_a_button_shows_a_page_to_who_types_it(path):
    person = Client()
    person.force_login(GrantFactory().user)

    response = person.get(path)

    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"
    assert "Cette page ne s’ouvre pas ainsi" in response.content.decode()


def test_form_that_was_open_for_too_long_keeps_the_answers():
    strict = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})

    response = strict.post("/profil/affichage/?a=1", {"theme": "dark", "password": "Secret-1234"})
    page = response.content.decode()

    assert response.status_code == 403
    assert "La page était ouverte depuis trop longtemps" in page
    assert 'action="/profil/affichage/?a=1"' in page
    assert 'name="theme" value="dark"' in page
    assert "Secret-1234" not in page
    assert PHONE in page


def forms_under(form: type[PageForm]) -> list[type[PageForm]]:
    return [form, *(leaf for child in form.__subclasses__() for leaf in forms_under(child))]


def test_fields_of_passwords_are_named_so_that_no_page_prints_them_back():
    import_module("config.urls")
    secrets = {
        name
        for form in forms_under(PageForm)
        for name, field in form.base_fields.items()
        if isinstance(field.widget, PasswordInput)
    }

    assert {"password", "new_password", "new_password_again"} <= secrets
    assert all("password" in name for name in secrets)


def test_answers_kept_can_be_sent_again():
    person = GrantFactory().user
    strict = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    strict.force_login(person)
    refused = strict.post("/profil/affichage/", {"theme": "dark"}).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', refused).group(1)

    again = strict.post("/profil/affichage/", {"theme": "dark", "csrfmiddlewaretoken": token})

    assert again.status_code == 302
    assert strict.cookies["theme"].value == "dark"


@pytest.mark.parametrize("headers", [{}, {"origin": "https://ailleurs.exemple.fr"}])
def test_form_of_another_site_is_offered_nothing(headers):
    strict = Client(enforce_csrf_checks=True, headers=headers)

    page = strict.post("/profil/affichage/", {"theme": "dark"}).content.decode()

    assert "<form" not in page
    assert "Retour à l’accueil" in page


def test_page_is_whole_even_when_the_database_is_away(request_of_a_visitor, monkeypatch):
    def away(_host):
        raise OperationalError("the database is away")

    monkeypatch.setattr(branding, "agency_at", away)

    response = errors.server_error(request_of_a_visitor)

    assert response.status_code == 500
    assert "Le service ne répond pas" in response.content.decode()


@pytest.fixture
def no_database():
    def refuse(*_arguments):
        raise OperationalError("connection refused")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connections["default"], "cursor", refuse)
        yield


@pytest.mark.parametrize("path", ["/", "/connexion/", "/comptes/", "/aide/"])
@pytest.mark.usefixtures("no_database")
def test_site_without_its_database_says_when_to_come_back(path):
    visitor = Client(raise_request_exception=False)
    visitor.cookies["session"] = "abcdefghijklmnopqrstuvwxyz012345"

    response = visitor.get(path)

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "10"
    assert "Le service ne répond pas" in response.content.decode()
    assert "Référence" not in response.content.decode()


def test_fault_of_ours_is_no_outage(request_of_a_visitor):
    try:
        raise ValueError
    except ValueError:
        response = errors.server_error(request_of_a_visitor)

    assert response.status_code == 500
    assert "Référence" in response.content.decode()
