"""The worklist of the legal documents: worst first, across the buildings of the agency."""

import csv
import datetime as dt
import io

import pytest

from parvis.compliance.actions.states import refresh_buildings
from parvis.compliance.models import Waiver
from parvis.documents.models import Kind
from tests.compliance.factories import DocumentFactory, FiscalYearFactory

pytestmark = pytest.mark.django_db
LIST = "/gestion/documents-legaux/"
NIGHT = dt.date(2026, 9, 1)


@pytest.fixture
def building(agency):
    return FiscalYearFactory(building__agency=agency, building__name="Les Acacias").building


def text(response):
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ").replace("&nbsp;", " ")


def test_the_building_that_lacks_most_comes_first(diane, agency, building):
    better = FiscalYearFactory(building__agency=agency, building__name="Les Bleuets").building
    DocumentFactory(building=better, kind=Kind.BYLAWS)
    FiscalYearFactory(building__name="Ailleurs")
    refresh_buildings(agency=agency, day=NIGHT)
    diane.post(f"{LIST}examiner/")

    page = text(diane.get(LIST))

    assert page.index("Les Acacias") < page.index("Les Bleuets")
    assert "manquant depuis le 1er septembre 2026" in page
    assert "Ailleurs" not in page


def test_list_is_a_file_for_a_spreadsheet(diane, agency, building):
    refresh_buildings(agency=agency, day=NIGHT)

    rows = list(csv.reader(io.StringIO(diane.get(f"{LIST}liste.csv").content.decode("utf-8-sig")), delimiter=";"))

    assert rows[0][0] == "Immeuble"
    assert [rows[1][0], *rows[1][3:5]] == ["Les Acacias", "Manquant", "01/09/2026"]


def test_examining_again_sees_a_publication(diane, agency, building):
    refresh_buildings(agency=agency, day=NIGHT)
    DocumentFactory(building=building, kind=Kind.MAINTENANCE_LOG)

    diane.post(f"{LIST}examiner/")

    assert "Carnet d’entretien de l’immeuble : manquant" not in text(diane.get(LIST))


def test_staff_say_what_has_no_object_and_take_it_back(diane, building):
    path = f"{LIST}{building.public_id}/"

    diane.post(f"{path}sans-objet/", {"code": "maintenance_contracts"})
    assert "Sans objet" in text(diane.get(path))
    assert Waiver.objects.current().count() == 1

    diane.post(f"{path}attendu/", {"code": "maintenance_contracts"})
    assert not Waiver.objects.current().exists()


def test_what_the_law_always_asks_for_stays_asked_for(diane, building):
    response = diane.post(f"{LIST}{building.public_id}/sans-objet/", {"code": "bylaws"}, follow=True)

    assert "Ce document est toujours exigé" in text(response)
    assert not Waiver.objects.exists()


def test_history_of_a_building_is_shown(diane, agency, building):
    refresh_buildings(agency=agency, day=NIGHT)
    DocumentFactory(building=building, kind=Kind.MAINTENANCE_LOG, dated_on=dt.date(2026, 10, 1))
    refresh_buildings(agency=agency, day=dt.date(2026, 11, 1))

    assert "Manquant du" in text(diane.get(f"{LIST}{building.public_id}/"))


def test_building_of_another_agency_is_not_there(diane):
    other = FiscalYearFactory().building

    assert diane.get(f"{LIST}{other.public_id}/").status_code == 404
    assert diane.post(f"{LIST}{other.public_id}/sans-objet/", {"code": "minutes"}).status_code == 404


def test_cost_does_not_grow_with_the_buildings(diane, agency, building, assert_flat):
    refresh_buildings(agency=agency, day=NIGHT)

    def grow():
        for _rank in range(10):
            FiscalYearFactory(building__agency=agency)
        refresh_buildings(agency=agency, day=NIGHT)

    assert_flat(LIST, grow)


def test_home_of_the_staff_leads_there(diane):
    assert f'href="{LIST}"' in text(diane.get("/gestion/"))
