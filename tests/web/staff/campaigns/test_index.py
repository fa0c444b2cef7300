"""The campaigns in figures, and the letters that came back."""

import pytest

from parvis.people.actions import campaigns
from parvis.people.actions.letters import draw_letter
from parvis.people.models import Letter, LetterBatch
from tests.factories import AgencyFactory, ClientFactory

pytestmark = pytest.mark.django_db
PAGE = "/gestion/campagnes/"


def campaign_of(agency, *, name="Ouverture", sent=4, activated=3, returned=1):
    campaign = campaigns.start_campaign(agency=agency, name=name, batch_size=10, daily_limit=10)
    LetterBatch.objects.create(
        campaign=campaign,
        number=1,
        drawn_at=campaign.started_at,
        sent=sent,
        activated=activated,
        returned=returned,
    )
    return campaign


def test_staff_read_what_became_of_the_letters(diane, agency):
    campaign = campaign_of(agency)

    pages = [diane.get(path).content.decode() for path in (PAGE, f"{PAGE}{campaign.public_id}/")]

    for page in pages:
        assert "3 (75\u202f%)" in page
        assert "1 (25\u202f%)" in page
    assert "Lot 1" in pages[1]


def test_campaigns_of_another_agency_do_not_exist(diane):
    campaign = campaign_of(AgencyFactory(), name="Ailleurs")

    assert "Ailleurs" not in diane.get(PAGE).content.decode()
    assert diane.get(f"{PAGE}{campaign.public_id}/").status_code == 404


def test_page_of_a_campaign_costs_the_same_for_one_batch_and_for_many(diane, agency, django_assert_num_queries):
    campaign = campaign_of(agency)
    for number in range(2, 60):
        LetterBatch.objects.create(campaign=campaign, number=number, drawn_at=campaign.started_at, sent=1)

    with django_assert_num_queries(6):
        diane.get(f"{PAGE}{campaign.public_id}/")


def test_letters_that_came_back_are_noted_by_their_identifiants(diane, agency):
    client = ClientFactory(agency=agency, customer_reference="10427835")
    draw_letter(client=client)

    page = diane.post(PAGE, {"identifiers": "10 427 835\r\n\r\n99"}, follow=True).content.decode()

    assert Letter.objects.get().ending == Letter.Ending.RETURNED
    assert "1 lettre notée revenue." in page
    assert "Sans lettre en attente\u00a0: 99." in page


def test_empty_list_gets_a_sentence(diane):
    assert "Renseignez au moins un identifiant." in diane.post(PAGE, {"identifiers": " "}).content.decode()
