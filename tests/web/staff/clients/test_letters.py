"""Letters for a building or a selection: who, who not and why, one file, followed as a campaign."""

import io

import pyrage
import pytest
from pdfminer.high_level import extract_text

from parvis.people.actions import letters
from parvis.people.models import Campaign, Letter
from tests.factories import BuildingFactory, ClientFactory, GrantFactory, OwnershipFactory

pytestmark = pytest.mark.django_db
PAGE = "/gestion/clients/lettres/"


@pytest.fixture
def building(agency):
    return BuildingFactory(agency=agency, name="Résidence Les Tilleuls")


@pytest.fixture
def holders(building):
    """Two who can be written to, three who cannot."""

    def holder(name, **values):
        kept = {"street": "4 rue des Lilas", "postal_code": "75017", "city": "Paris", **values}
        client = ClientFactory(agency=building.agency, first_name=name, last_name="Petit", **kept)
        OwnershipFactory(client=client, lot__building=building)
        return client

    found = {name: holder(name) for name in ("Anne", "Bob", "Claire", "Denis")}
    GrantFactory(client=found["Claire"])
    letters.draw_letter(client=found["Denis"])
    return {**found, "Émile": holder("Émile", street="")}


def address(building):
    return f"{PAGE}?immeuble={building.public_id}"


def test_building_is_chosen_among_those_of_the_agency(diane, building):
    page = diane.get(PAGE).content.decode()

    assert "Résidence Les Tilleuls" in page


def test_page_says_who_is_written_to_and_who_is_not_and_why(diane, building, holders):
    page = diane.get(address(building)).content.decode()

    assert "2 lettres partent dans un seul fichier" in page
    for words in ("Ce client a déjà choisi son mot de passe", "Sa lettre est encore valable.", "postale de ce client"):
        assert words in page
    assert Letter.objects.count() == 1


def test_letters_of_a_building_are_one_pdf_and_one_campaign(diane, building, holders):
    answer = diane.post(address(building), {"content": "pdf"})

    text = extract_text(io.BytesIO(answer.content))
    campaign = Campaign.objects.with_numbers().get()
    assert [name in text for name in holders] == [True, True, False, False, False]
    assert campaign.name.startswith("Résidence Les Tilleuls, ")
    assert campaign.sent == 2
    assert "Aucun de ces clients" in diane.post(address(building), {"content": "pdf"}).content.decode()


def test_selection_for_a_mailing_firm_is_encrypted(diane, holders):
    firm = pyrage.x25519.Identity.generate()
    chosen = "&".join(f"client={holders[name].public_id}" for name in ("Anne", "Claire"))

    answer = diane.post(f"{PAGE}?{chosen}", {"content": "csv", "recipient": str(firm.to_public())})

    rows = pyrage.decrypt(answer.content, [firm]).decode().splitlines()
    assert answer.headers["Content-Disposition"].endswith('.csv.age"')
    assert len(rows) == 2
    assert "Anne Petit" in rows[1]


@pytest.mark.parametrize(("recipient", "words"), [("", "toujours chiffré"), ("clé", "n’est pas une clé publique age")])
def test_rows_in_clear_are_refused(diane, building, holders, recipient, words):
    page = diane.post(address(building), {"content": "csv", "recipient": recipient}).content.decode()

    assert words in page
    assert Letter.objects.count() == 1


def test_what_is_no_identifier_and_what_is_of_another_agency_choose_nobody(diane):
    elsewhere = OwnershipFactory()

    for asked in ("immeuble=%00", f"immeuble={elsewhere.lot.building.public_id}", "client=%00"):
        assert "Choisissez" in diane.get(f"{PAGE}?{asked}").content.decode()
    page = diane.get(f"{PAGE}?client={elsewhere.client.public_id}").content.decode()
    assert "Aucun de ces clients" in page
