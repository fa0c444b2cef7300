"""Who works here: arriving, being invited, opening what the role says, being away, leaving."""

import datetime as dt

import pytest
from django.test import Client as Browser
from django.utils import timezone

from parvis.kit.days import paris_day
from parvis.mail.models import OutboxMessage
from parvis.people.models import StaffAbsence, StaffMember, User
from tests.factories import AgencyFactory, BuildingAssignmentFactory, BuildingFactory, StaffMemberFactory, UserFactory
from tests.people.cast import staff_session

pytestmark = pytest.mark.django_db
LIST = "/gestion/reglages/collaborateurs/"
ARRIVES = {
    "first_name": "Karim",
    "last_name": "Benali",
    "reference": "KB",
    "role": "assistant",
    "email": "K.Benali@exemple.fr",
    "phone": "",
}


@pytest.fixture
def karim(agency):
    user = UserFactory(agency=agency, password="argon2$x")
    return StaffMemberFactory(agency=agency, user=user, first_name="Karim", last_name="Benali", role="assistant")


def of(member, gesture=""):
    return f"{LIST}{member.public_id}/{gesture}"


def test_colleague_is_added_then_invited_by_a_message(diane, agency):
    diane.post(f"{LIST}ajouter/", ARRIVES)
    karim = StaffMember.objects.get(reference="KB")
    diane.post(of(karim), {"role": "accountant", "scope": "agency", "buildings": []})
    diane.post(of(karim, "inviter/"))

    karim.refresh_from_db()
    assert OutboxMessage.objects.get().to_address == "k.benali@exemple.fr"
    assert (karim.desk_role, karim.scope) == ("accountant", "agency")
    assert "Invité" in diane.get(LIST).content.decode()


def test_reference_of_another_is_refused(diane, karim):
    page = diane.post(f"{LIST}ajouter/", ARRIVES | {"reference": karim.reference}).content.decode()

    assert "déjà celle d’un collaborateur" in page


def test_role_and_buildings_are_what_they_open_from_then_on(diane, agency, karim):
    building = BuildingFactory(agency=agency)
    former = BuildingAssignmentFactory(staff_member=karim, building__agency=agency, starts_on=dt.date(2020, 1, 1))
    at_work = staff_session(Browser(), karim.user)
    assert at_work.get("/gestion/ecarts/").status_code == 404

    diane.post(of(karim), {"role": "manager", "scope": "buildings", "buildings": [building.pk]})

    karim.refresh_from_db()
    former.refresh_from_db()
    yesterday = paris_day(timezone.now()) - dt.timedelta(days=1)
    assert karim.scope == "buildings"
    assert former.ends_on == yesterday
    assert karim.assignments.get(ends_on=None).building == building
    assert at_work.get("/gestion/ecarts/").status_code == 200
    assert at_work.get("/gestion/campagnes/").status_code == 404


def test_building_of_another_agency_cannot_be_given(diane, karim):
    elsewhere = BuildingFactory(agency=AgencyFactory(host="ailleurs.exemple.fr"))

    page = diane.post(of(karim), {"role": "manager", "scope": "buildings", "buildings": [elsewhere.pk]})

    assert "Choisissez dans la liste" in page.content.decode()
    assert not karim.assignments.exists()


def test_caretaker_never_sees_more_than_buildings(diane, karim):
    diane.post(of(karim), {"role": "caretaker", "scope": "agency", "buildings": []})

    karim.refresh_from_db()
    assert karim.scope == "buildings"


def test_nobody_changes_or_ends_their_own_post(diane):
    me = User.objects.get(staffmember__isnull=False).staffmember

    page = diane.post(of(me), {"role": "assistant", "scope": "agency", "buildings": []}).content.decode()
    diane.post(of(me, "terminer/"))

    me.refresh_from_db()
    assert "votre propre rôle" in page
    assert (me.desk_role, me.left_on) == ("administrator", None)


def test_administrator_leaves_while_another_stays(diane, agency):
    other = StaffMemberFactory(agency=agency, user=UserFactory(agency=agency), role="administrator")

    assert "Ses sessions s’arrêtent" in diane.get(of(other, "terminer/")).content.decode()
    diane.post(of(other, "terminer/"))

    other.refresh_from_db()
    assert other.left_on == paris_day(timezone.now())


def test_who_leaves_is_out_at_once(diane, karim):
    at_work = staff_session(Browser(), karim.user)
    assert at_work.get("/gestion/").status_code == 200

    diane.post(of(karim, "terminer/"))

    assert at_work.get("/gestion/").status_code == 302
    assert "Parti" in diane.get(LIST).content.decode()


def test_second_proof_is_told(diane, karim):
    assert "Sans seconde preuve" in diane.get(LIST).content.decode()


def test_absence_is_noted_and_taken_back(diane, agency, karim):
    stand_in = StaffMemberFactory(agency=agency)
    asked = {"starts_on": "2026-12-01", "ends_on": "2026-12-10", "replacement": stand_in.pk}

    diane.post(of(karim, "absence/"), asked)
    absence = StaffAbsence.objects.get()
    twice = diane.post(of(karim, "absence/"), asked).content.decode()
    diane.post(f"/gestion/reglages/absences/{absence.public_id}/retirer/")

    assert absence.replacement == stand_in
    assert "déjà notée" in twice
    assert not StaffAbsence.objects.exists()


@pytest.mark.parametrize("days", [("2026-12-10", "2026-12-01"), ("", "2026-12-01"), ("hier", "demain")])
def test_absence_without_its_days_is_refused(diane, karim, days):
    page = diane.post(of(karim, "absence/"), {"starts_on": days[0], "ends_on": days[1]}).content.decode()

    assert "Il y a un problème" in page
    assert not StaffAbsence.objects.exists()


def test_staff_of_another_agency_do_not_exist(diane):
    stranger = StaffMemberFactory(agency=AgencyFactory(host="ailleurs.exemple.fr"))

    assert diane.get(of(stranger)).status_code == 404
    assert diane.post(of(stranger, "terminer/")).status_code == 404
