"""Écarts: the agency learns of each call that is not what its detail explains, as its client does."""

import re
from html import unescape

from parvis.ledger.actions.differences import note_differences
from parvis.ledger.models import BudgetLine
from parvis.people.models import ClientRead
from tests.factories import AgencyFactory, ClientFactory
from tests.ledger.syndicats import Syndicat


def shown(diane):
    response = diane.get("/gestion/ecarts/")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", response.content.decode())).replace("\u202f", " "))


def test_a_difference_is_listed_with_both_sums(diane, agency):
    syndicat = Syndicat(ClientFactory(agency=agency))
    year = syndicat.year(2026)
    syndicat.quarter(year, 1)
    wrong = syndicat.quarter(year, 2, more=1_240)
    note_differences(agency=agency)

    page = shown(diane)

    assert "1 appel ne fait pas la somme" in page
    assert f"Compte {syndicat.account.reference}, appel {wrong.reference}." in page
    assert "Appelé : 492,41 €. Expliqué : 480,01 €. Écart : 12,40 €." in page.replace("\u00a0", " ")


def test_the_clients_learn_that_the_agency_read_their_calls(diane, agency):
    syndicat = Syndicat(ClientFactory(agency=agency))
    syndicat.quarter(syndicat.year(2026), 1, more=1_240)
    note_differences(agency=agency)

    shown(diane)

    read = ClientRead.objects.get()
    assert (read.client, read.part, read.quality) == (syndicat.client, "Appels de fonds", "staff")


def test_a_corrected_budget_takes_the_difference_away(diane, agency):
    syndicat = Syndicat(ClientFactory(agency=agency))
    year = syndicat.year(2026, budget_cents=1)
    syndicat.quarter(year, 1)
    first = note_differences(agency=agency)
    BudgetLine.objects.update(amount_cents=5_700_000)

    assert (first, note_differences(agency=agency)) == (1, 0)
    assert "Aucun" in shown(diane)


def test_what_cannot_be_explained_is_no_difference(diane, agency):
    syndicat = Syndicat(ClientFactory(agency=agency))
    year = syndicat.year(2026)
    year.budget_lines.all().delete()
    syndicat.quarter(year, 1)

    assert note_differences(agency=agency) == 0


def test_another_agency_s_differences_are_not_listed(diane):
    elsewhere = AgencyFactory()
    syndicat = Syndicat(ClientFactory(agency=elsewhere))
    syndicat.quarter(syndicat.year(2026), 1, more=1_240)
    note_differences(agency=elsewhere)

    assert "Aucun" in shown(diane)


def test_the_list_asks_the_same_for_one_and_many(diane, agency, django_assert_num_queries):
    syndicat = Syndicat(ClientFactory(agency=agency))
    years = [syndicat.year(2026, budget_cents=1)]
    syndicat.quarter(years[0], 1)
    note_differences(agency=agency)
    diane.get("/gestion/ecarts/")

    with django_assert_num_queries(QUERIES):
        diane.get("/gestion/ecarts/")
    for begins in range(1990, 2020):
        syndicat.quarter(syndicat.year(begins, budget_cents=1), 1)
    note_differences(agency=agency)
    with django_assert_num_queries(QUERIES):
        diane.get("/gestion/ecarts/")


def test_the_first_page_of_the_staff_leads_there(diane):
    assert b'href="/gestion/ecarts/"' in diane.get("/gestion/").content


QUERIES = 8
