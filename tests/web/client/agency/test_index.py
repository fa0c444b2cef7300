"""Mon agence: where it is, when it answers, who looks after the client's buildings."""

import datetime as dt

from tests.factories import BuildingAssignmentFactory


def test_agency_can_be_reached(signed_in, home):
    BuildingAssignmentFactory(building=home.building)

    page = signed_in.get("/agence/").content.decode()

    assert "3 rue des Tilleuls" in page
    assert "Du lundi au vendredi" in page
    assert 'href="tel:+33100000000"' in page
    assert "Diane Hamon" in page


def test_who_left_the_building_keeps_the_agency_alone(signed_in, home, today):
    BuildingAssignmentFactory(building=home.building)
    home.ownerships.update(starts_on=today - dt.timedelta(days=400), ends_on=today - dt.timedelta(days=1))

    page = signed_in.get("/agence/").content.decode()

    assert "Diane Hamon" not in page
    assert 'href="tel:+33100000000"' in page


def test_contact_of_another_building_is_not_there(signed_in):
    BuildingAssignmentFactory()

    assert "Diane Hamon" not in signed_in.get("/agence/").content.decode()
