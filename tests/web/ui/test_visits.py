"""« Voir comme ce client »: the same pages, for half an hour, nothing done, and the client reads why."""

import datetime as dt

import pytest
from django.test import Client as Browser
from django.utils import timezone

from parvis.journal.models import Record
from parvis.people.models import ClientRead, ProfileChange, StaffMember
from parvis.web.ui import visits
from tests.factories import (
    AccountFactory,
    AgencyFactory,
    BuildingAssignmentFactory,
    ClientFactory,
    EntryFactory,
    GrantFactory,
    OwnershipFactory,
    StaffMemberFactory,
    UserFactory,
)
from tests.matrix.addresses import every_address
from tests.people.cast import just_signed_in, staff_session

pytestmark = pytest.mark.django_db
REASON = "Répondre à votre appel du matin"


@pytest.fixture
def agency():
    return AgencyFactory(host="testserver")


@pytest.fixture
def jeanne(agency):
    grant = GrantFactory(client=ClientFactory(agency=agency, first_name="Jeanne", last_name="Martin"))
    OwnershipFactory(client=grant.client)
    EntryFactory(account=AccountFactory(client=grant.client))
    return grant


def staff(agency, **values):
    user = UserFactory(agency=agency)
    StaffMemberFactory(agency=agency, user=user, **values)
    return staff_session(Browser(), user)


@pytest.fixture
def diane(agency):
    return staff(agency)


def visit(browser, client, reason=REASON):
    return browser.post(f"/gestion/clients/{client.public_id}/voir-comme/", {"reason": reason}, follow=True)


def test_staff_see_the_client_s_own_pages_under_a_banner(diane, jeanne):
    answer = visit(diane, jeanne.client)

    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == "/"
    assert "Bonjour Madame Martin" in page
    assert "Vous voyez l’espace de <strong>Jeanne Martin</strong>" in page
    for path in ("/comptes/", "/biens/", "/documents/", "/interventions/", "/agence/", "/autres/"):
        assert "Revenir à la gestion" in diane.get(path).content.decode()


def test_client_reads_who_looked_and_why(diane, jeanne):
    visit(diane, jeanne.client)

    theirs = just_signed_in(Browser(), jeanne.user)
    page = theirs.get("/profil/consultations/").content.decode()
    fact = Record.objects.get(verb="client.viewed-as")
    assert "Diane Hamon" in page
    assert f"Votre espace, comme vous le voyez. Motif\u00a0: {REASON}" in page
    assert (fact.actor_kind, fact.object_id) == ("user", jeanne.client.public_id)


def test_nothing_is_shown_without_a_reason(diane, jeanne):
    answer = visit(diane, jeanne.client, reason="  ")

    assert "Dites pourquoi" in answer.content.decode()
    assert diane.get("/").status_code == 302
    assert not ClientRead.objects.filter(part__contains="Motif").exists()


def test_no_gesture_is_taken(diane, jeanne):
    visit(diane, jeanne.client)

    path = f"/profil/{jeanne.client.public_id}/telephones/"
    answers = [diane.post(path, {"mobile_phone": "0612345678"}), diane.post("/documents/selection/")]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert "Rien ne peut être changé pendant une visite" in answers[0].content.decode()
    assert not ProfileChange.objects.exists()


@pytest.mark.parametrize("path", ["/profil/", "/profil/consultations/", "/notifications/", "/agence/messages/ecrire/"])
def test_pages_of_the_login_are_not_shown(diane, jeanne, path):
    visit(diane, jeanne.client)

    answer = diane.get(path)

    assert answer.status_code == 403
    assert "Cette page n’est pas montrée pendant une visite" in answer.content.decode()
    assert "Revenir à la gestion" in answer.content.decode()


def test_security_page_stays_that_of_the_visitor(diane, jeanne):
    visit(diane, jeanne.client)

    assert jeanne.user.email not in diane.get("/profil/connexion/").content.decode()


def test_visit_ends_when_asked_and_after_half_an_hour(diane, jeanne, agency):
    visit(diane, jeanne.client)
    card = diane.post("/gestion/visite/fin/")
    assert card.url == f"/gestion/clients/{jeanne.client.public_id}/"
    assert diane.get("/").status_code == 302

    visit(diane, jeanne.client)
    session = diane.session
    held = session[visits.KEY]
    session[visits.KEY] = {**held, "until": (timezone.now() - dt.timedelta(seconds=1)).timestamp()}
    session.save()

    assert diane.get("/").status_code == 302


def test_who_loses_the_role_or_the_building_sees_no_more(agency, jeanne):
    lot = jeanne.client.ownerships.get().lot
    ines = staff(agency, scope="buildings")
    member = StaffMember.objects.get()
    held = BuildingAssignmentFactory(building=lot.building, staff_member=member)
    visit(ines, jeanne.client)
    assert ines.get("/").status_code == 200

    held.delete()
    assert ines.get("/").status_code == 302

    BuildingAssignmentFactory(building=lot.building, staff_member=member)
    assert ines.get("/").status_code == 200
    StaffMember.objects.update(desk_role="assistant")
    assert ines.get("/").status_code == 302


def test_space_of_who_holds_elsewhere_too_is_not_opened(agency, jeanne):
    ines = staff(agency, scope="buildings")
    building = jeanne.client.ownerships.get().lot.building
    BuildingAssignmentFactory(building=building, staff_member=StaffMember.objects.get())
    visit(ines, jeanne.client)
    assert ines.get("/").status_code == 200

    OwnershipFactory(client=jeanne.client, lot__building__agency=agency)

    assert ines.get("/").status_code == 302
    assert visit(ines, jeanne.client).status_code == 404


def test_photos_of_a_case_are_shown():
    assert {"interventions-picture", "interventions-photo", "interventions-thumbnail"} <= visits.SHOWN


def test_a_client_s_session_cannot_hold_a_visit(jeanne, agency):
    stranger = GrantFactory(client=ClientFactory(agency=agency, last_name="Perrin")).user
    browser = just_signed_in(Browser(), stranger)
    session = browser.session
    until = (timezone.now() + dt.timedelta(hours=1)).timestamp()
    session[visits.KEY] = {"client": jeanne.client.public_id, "until": until}
    session.save()

    assert "Martin" not in browser.get("/").content.decode()


def test_staff_who_are_clients_too_see_the_other_s_space_then_their_own(agency, jeanne):
    own = GrantFactory(client=ClientFactory(agency=agency, last_name="Hamon"))
    StaffMemberFactory(agency=agency, user=own.user)
    browser = staff_session(Browser(), own.user)

    visit(browser, jeanne.client)
    assert "Bonjour Madame Martin" in browser.get("/").content.decode()

    browser.post("/gestion/visite/fin/")
    assert "Bonjour Madame Hamon" in browser.get("/").content.decode()


def test_visit_is_shown_on_the_host_of_the_staff(agency, jeanne, settings):
    own = GrantFactory(client=ClientFactory(agency=agency, last_name="Hamon"))
    StaffMemberFactory(agency=agency, user=own.user)
    settings.STAFF_HOST = "gestion.exemple.fr"
    settings.ALLOWED_HOSTS = ["gestion.exemple.fr", "testserver"]
    browser = staff_session(Browser(headers={"host": "gestion.exemple.fr"}), own.user)

    assert "Bonjour Madame Martin" in visit(browser, jeanne.client).content.decode()


def test_every_page_of_the_list_exists():
    names = {address.name.removeprefix("client:") for address in every_address() if address.name.startswith("client:")}

    assert visits.SHOWN - names == set()
