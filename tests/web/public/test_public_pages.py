"""Pages that anyone may open: legal texts, help, errors, old browsers."""

import pytest
from django.test import Client

from tests.factories import AgencyFactory

PAGES = ("/aide/", "/aide/connexion/", "/a-propos/", "/accessibilite/", "/mentions-legales/", "/donnees-personnelles/")


@pytest.fixture
def agency(db: None) -> object:
    return AgencyFactory(host="testserver", legal_name="Tilleuls SARL", mediator="Médiateur des Tilleuls")


@pytest.mark.parametrize("path", PAGES)
def test_page_is_open_to_all_and_names_the_agency_of_the_host(client: Client, agency: object, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 200
    assert "Cabinet des Tilleuls" in response.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_page_of_an_unknown_host_names_nobody(client: Client, agency: object, path: str) -> None:
    response = client.get(path, headers={"host": "127.0.0.1"})

    assert response.status_code == 200
    assert "Tilleuls" not in response.content.decode()
