"""What the benchmarks measure is the real Accueil, of clients who hold what they say."""

import pytest
from django.conf import settings
from django.test import Client

from bench.population import fill
from parvis.people.models import Client as AgencyClient

QUERIES_ALLOWED = 6


@pytest.fixture
def sessions(db):
    return fill(clients=80, signed_in=3, host="testserver")


def sign_in(client: Client, session: str) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = session


def test_typical_client_holds_two_accounts_an_intervention_and_a_file(client: Client, sessions):
    sign_in(client, sessions["typical"]["product"])

    page = client.get("/").content.decode()

    assert page.count("412,35\u202f€") == 2
    assert "Fuite au plafond du parking" in page
    assert "Candidature en cours" in page
    assert "Hamon 1" in page


def test_agency_has_as_many_clients_as_asked_for(client: Client, sessions):
    assert AgencyClient.objects.count() > 80
    for session in sessions["some"]:
        sign_in(client, session)

        assert "Vos comptes" in client.get("/").content.decode()


@pytest.mark.parametrize("who", ["little", "typical", "much", "guardian"])
def test_accueil_costs_few_queries_whatever_the_client_holds(client: Client, sessions, queries_of, who):
    sign_in(client, sessions[who]["product"])
    client.get("/")  # the first of the day notes, for whom somebody represents, that it was read

    assert len(queries_of("/")) <= QUERIES_ALLOWED
