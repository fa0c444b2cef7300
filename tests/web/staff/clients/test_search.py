"""Clients: found in two letters, with where they live and whether they come in."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parvis.people.models import ClientRead
from parvis.property import actions
from tests.factories import ClientFactory, GrantFactory, OwnershipFactory

pytestmark = pytest.mark.django_db
PAGE = "/gestion/clients/"


def test_two_letters_name_the_client_where_they_are_and_whether_they_came_in(diane, jeanne):
    page = diane.get(PAGE, {"q": "ma"}).content.decode()

    assert "1 client</h2>" in page
    assert "Jeanne Martin" in page
    assert "Appartement T3, lot\u00a012, Résidence Les Acacias" in page
    assert "Jamais connecté" in page


def test_whoever_is_not_found_is_said(diane, jeanne):
    page = diane.get(PAGE, {"q": "zzz\0"}).content.decode()

    assert "Aucun client ne répond à" in page


def test_search_is_noted_for_those_whom_it_shows(diane, jeanne):
    diane.get(PAGE, {"q": "martin"})

    assert [read.part for read in ClientRead.objects.filter(client=jeanne)] == ["Recherche d’un client"]


def test_list_asks_as_many_queries_for_many_as_for_one(diane, agency, jeanne):
    path = f"{PAGE}?q=martin"
    diane.get(path)
    before = queries_of(diane, path)
    for number in range(15):
        holder = ClientFactory(agency=agency, last_name="Martin", first_name=f"Zoé {number}")
        OwnershipFactory(client=holder, lot__building__agency=agency)
        GrantFactory(client=holder)
    actions.index_agency(agency=agency)
    diane.get(path)

    assert queries_of(diane, path) == before


def queries_of(browser, path):
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(path).status_code == 200
    return len(captured)
