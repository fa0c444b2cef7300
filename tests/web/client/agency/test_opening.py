"""Mon agence: its hours as data, the absences of its staff."""

import datetime as dt

import pytest

from parvis.people.models import StaffAbsence
from tests.factories import BuildingAssignmentFactory, StaffMemberFactory


@pytest.fixture
def agency(alice):
    agency = alice.agency
    agency.weekly_hours = "lundi-vendredi 09:00-12:00 14:00-18:00"
    agency.save(update_fields=["weekly_hours"])
    return agency


@pytest.fixture
def diane(home):
    return BuildingAssignmentFactory(building=home.building, staff_member__civility="madam").staff_member


def away(member, today, **changes):
    facts = {"starts_on": today, "ends_on": today + dt.timedelta(days=7), "replacement": None}
    return StaffAbsence.objects.create(agency=member.agency, staff_member=member, **(facts | changes))


def text_of(response):
    return response.content.decode()


def test_hours_are_said_by_day_and_now(signed_in, agency):
    page = text_of(signed_in.get("/agence/"))

    assert "Lundi au vendredi" in page
    assert "9\u00a0h à 12\u00a0h, 14\u00a0h à 18\u00a0h" in page
    assert "Ouvert maintenant" in page or "Fermé, ouvre" in page


def test_a_coming_closure_is_announced(signed_in, agency, today):
    agency.closures = (today + dt.timedelta(days=20)).isoformat()
    agency.save(update_fields=["closures"])

    assert "Fermetures à venir" in text_of(signed_in.get("/agence/"))


def test_who_is_away_is_said_with_who_answers_on_both_pages(signed_in, diane, today):
    karim = StaffMemberFactory(agency=diane.agency, first_name="Karim", last_name="Benali", phone="0199001412")
    away(diane, today, ends_on=dt.date(2099, 11, 30), replacement=karim)

    for path in ("/agence/", "/"):
        page = text_of(signed_in.get(path))
        assert "Absente jusqu’au 30\u00a0novembre 2099." in page
        assert "Remplacée par Karim Benali, 01\u00a099\u00a000\u00a014\u00a012." in page


def test_nothing_is_guessed_of_who_has_no_civility(signed_in, diane, today):
    diane.civility = ""
    diane.save(update_fields=["civility"])
    away(diane, today)

    page = text_of(signed_in.get("/agence/"))

    assert "Absence jusqu’au" in page
    assert "Remplacé" not in page


@pytest.mark.parametrize(("starts", "ends"), [(-9, -1), (1, 9)])
def test_an_absence_of_before_or_after_is_not_said(signed_in, diane, today, starts, ends):
    away(diane, today, starts_on=today + dt.timedelta(days=starts), ends_on=today + dt.timedelta(days=ends))

    assert "Absen" not in text_of(signed_in.get("/agence/"))


def test_two_absences_of_one_person_make_one_contact(signed_in, diane, today):
    away(diane, today)
    away(diane, today, starts_on=today - dt.timedelta(days=1), ends_on=dt.date(2099, 1, 1))

    page = text_of(signed_in.get("/agence/"))

    assert page.count('row-title">Diane Hamon<') == 1
    assert "1er\u00a0janvier 2099" in page


@pytest.mark.usefixtures("signed_in")
def test_cost_is_the_same_whatever_is_said(assert_flat, home, today):
    def grow():
        for _ in range(20):
            away(BuildingAssignmentFactory(building=home.building).staff_member, today)

    grow()
    assert_flat("/agence/", grow)
