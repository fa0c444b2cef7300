"""The campaigns in figures, and the letters that came back."""

import re

import pytest

from parvis.people.actions import campaigns
from parvis.people.actions.letters import draw_letter
from parvis.people.models import Campaign, Letter, LetterBatch
from tests.factories import AgencyFactory, ClientFactory

pytestmark = pytest.mark.django_db
PAGE = "/gestion/campagnes/"


@pytest.fixture
def holders(agency):
    """Three whom a campaign writes to."""
    return [ClientFactory(agency=agency, street="4 rue des Lilas", city="Paris") for _ in range(3)]


def next_batch(browser, path):
    """What the page's form sends when its button is pressed."""
    key = re.search(r'name="sending_key" value="(\w+)"', browser.get(path).content.decode()).group(1)
    return {"which": "suivant", "content": "pdf", "sending_key": key}


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

    with django_assert_num_queries(7):
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


def test_campaign_is_begun_and_drawn_batch_by_batch(diane, agency, holders):
    began = diane.post(f"{PAGE}nouvelle/", {"name": "Ouverture", "batch_size": "2", "daily_limit": "10"})
    page = diane.get(began.url).content.decode()

    first, second = (diane.post(began.url, next_batch(diane, began.url)) for _ in range(2))

    assert "3 clients n’ont ni accès ni lettre encore valable" in page
    assert [answer["Content-Type"] for answer in (first, second)] == ["application/pdf"] * 2
    assert list(LetterBatch.objects.order_by("number").values_list("number", "sent")) == [(1, 2), (2, 1)]
    assert Letter.objects.values("client").distinct().count() == 3
    assert "Il ne reste personne" in diane.post(began.url, next_batch(diane, began.url)).content.decode()


def test_batch_pressed_twice_is_drawn_once(diane, agency, holders):
    campaign = campaigns.start_campaign(agency=agency, name="Ouverture", batch_size=1, daily_limit=10)
    path = f"{PAGE}{campaign.public_id}/"
    asked = next_batch(diane, path)

    answers = [diane.post(path, asked) for _ in range(2)]

    assert answers[0]["Content-Type"] == "application/pdf"
    assert "Ce lot vient d’être tiré" in answers[1].content.decode()
    assert Letter.objects.count() == 1


def test_lost_file_is_drawn_again_and_its_letters_open_nothing(diane, agency, holders):
    campaign = campaigns.start_campaign(agency=agency, name="Ouverture", batch_size=2, daily_limit=10)
    path = f"{PAGE}{campaign.public_id}/"
    diane.post(path, next_batch(diane, path))
    lost = set(Letter.objects.values_list("pk", flat=True))

    diane.post(path, {**next_batch(diane, path), "which": "dernier"})

    assert set(Letter.objects.usable_by_code().values_list("client", flat=True)) == set(
        Letter.objects.filter(pk__in=lost).values_list("client", flat=True)
    )
    assert not Letter.objects.usable_by_code().filter(pk__in=lost).exists()
    assert list(LetterBatch.objects.order_by("number").values_list("sent", flat=True)) == [2, 2]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"batch_size": "201"}, "Un lot compte de 1 à 200 lettres."),
        ({"batch_size": "50", "daily_limit": "20"}, "La limite d’un jour est au moins la taille d’un lot."),
        ({"name": ""}, "Donnez un nom à la campagne."),
        ({"name": "Déjà là"}, "porte déjà ce nom"),
    ],
)
def test_campaign_that_makes_no_sense_is_refused(diane, agency, typed, words):
    campaigns.start_campaign(agency=agency, name="Déjà là", batch_size=1, daily_limit=1)

    page = diane.post(f"{PAGE}nouvelle/", {"name": "Été", "batch_size": "5", "daily_limit": "10", **typed})

    assert words in page.content.decode()
    assert Campaign.objects.count() == 1


def test_mailing_firm_without_a_key_gets_nothing(diane, agency, holders):
    campaign = campaigns.start_campaign(agency=agency, name="Ouverture", batch_size=2, daily_limit=10)
    path = f"{PAGE}{campaign.public_id}/"

    page = diane.post(path, {**next_batch(diane, path), "content": "csv"}).content.decode()

    assert "Donnez la clé publique du routeur" in page
    assert not Letter.objects.exists()
