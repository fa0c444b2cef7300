"""Who works here: arriving, being invited, opening what the role says, being away, leaving."""

import datetime as dt

import pytest
from django.test import Client as Browser
from django.utils import timezone

from parvis.journal.models import Record
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


def details_of(member, **changes):
    names = ("civility", "first_name", "last_name", "role", "phone", "email")
    return {name: getattr(member, name) for name in names} | changes


def test_details_are_seen_by_who_edits_before_clients_see_them(diane, agency, karim):
    BuildingAssignmentFactory(staff_member=karim, building__agency=agency, duty="Gestionnaire locatif")

    page = diane.post(of(karim, "coordonnees/"), details_of(karim, last_name="Zinzolin", apercu="1")).content.decode()

    karim.refresh_from_db()
    assert "Rien n’est encore enregistré" in page
    assert "Karim Zinzolin" in page
    assert "Gestionnaire locatif" in page
    assert karim.last_name == "Benali"


def test_details_are_kept_journalled_and_leave_the_sign_in_alone(diane, karim):
    address = karim.user.email
    diane.post(of(karim, "coordonnees/"), details_of(karim, phone="06 12 34 56 78", email="Accueil@Exemple.fr"))

    karim.refresh_from_db()
    karim.user.refresh_from_db()
    assert (karim.phone, karim.email) == ("0612345678", "accueil@exemple.fr")
    assert karim.user.email == address
    assert {kept.name for kept in karim.kept_details.all()} == {"phone", "email"}
    assert Record.objects.get(verb="staff.details-changed").object_id == karim.public_id


def test_what_is_kept_here_is_told_and_given_back_to_the_books(diane, karim):
    before = karim.email
    diane.post(of(karim, "coordonnees/"), details_of(karim, email="accueil@exemple.fr"))

    page = diane.get(of(karim, "coordonnees/")).content.decode()
    diane.post(of(karim, "coordonnees/donnees/"), {"detail": "email"})

    karim.refresh_from_db()
    assert "Modifié ici le" in page
    assert f"à la place de «&nbsp;{before}&nbsp;»" in page
    assert karim.email == before
    assert "Modifié ici le" not in diane.get(of(karim, "coordonnees/")).content.decode()


@pytest.mark.parametrize(
    "wrong", [{"last_name": ""}, {"role": "chef"}, {"phone": "douze"}, {"email": "nulle part"}, {"civility": "x"}]
)
def test_details_that_reach_nobody_are_refused(diane, karim, wrong):
    page = diane.post(of(karim, "coordonnees/"), details_of(karim, **wrong)).content.decode()

    assert "Il y a un problème" in page
    assert not karim.kept_details.exists()


def test_detail_that_is_not_kept_is_left_alone(diane, karim):
    diane.post(of(karim, "coordonnees/donnees/"), {"detail": "password"})

    assert not Record.objects.filter(verb="staff.details-from-books").exists()


def test_departure_said_here_is_taken_back_on_the_page(diane, karim):
    diane.post(of(karim, "terminer/"))
    assert "Ce départ est décidé ici" in diane.get(of(karim)).content.decode()

    diane.post(of(karim, "coordonnees/donnees/"), {"detail": "left_on"})

    karim.refresh_from_db()
    assert karim.left_on is None


def test_absence_is_seen_as_clients_will_read_it(diane, agency, karim):
    BuildingAssignmentFactory(staff_member=karim, building__agency=agency)
    stand_in = StaffMemberFactory(agency=agency, first_name="Zoé", last_name="Zinzolin")
    asked = {"starts_on": "2026-12-01", "ends_on": "2026-12-10", "replacement": stand_in.pk, "apercu": "1"}

    page = diane.post(of(karim, "absence/"), asked).content.decode()

    assert "jusqu’au 10 décembre 2026" in page.replace("\u00a0", " ")
    assert "Remplacement\u00a0: Zoé Zinzolin" in page
    assert not StaffAbsence.objects.exists()
    assert not Record.objects.filter(verb="staff.away").exists()
