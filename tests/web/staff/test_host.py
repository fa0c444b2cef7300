"""Where STAFF_HOST says so, the pages of the staff stand at a host of their own, and nothing else does."""

import pytest
from django.test import Client as Browser

from parvis.people.access import agencies_at
from tests.factories import AgencyFactory, ClientFactory, GrantFactory, StaffMemberFactory, UserFactory
from tests.people.cast import staff_session
from tests.people.software_authenticator import SoftwareAuthenticator
from tests.web.entrance.test_passkeys import asked

pytestmark = pytest.mark.django_db
THERE = {"host": "gestion.exemple.fr"}


@pytest.fixture(autouse=True)
def staff_host(settings):
    settings.STAFF_HOST = "gestion.exemple.fr"
    settings.ALLOWED_HOSTS = ["testserver", "gestion.exemple.fr", "ailleurs.exemple.fr"]


@pytest.fixture
def worker(agency):
    user = UserFactory(agency=agency, email="diane@exemple.fr")
    StaffMemberFactory(agency=agency, user=user)
    return user


@pytest.fixture
def at_work(worker):
    return staff_session(Browser(), worker)


@pytest.fixture
def alice(agency):
    browser = Browser()
    browser.force_login(GrantFactory(client=ClientFactory(agency=agency)).user)
    return browser


def test_staff_pages_are_at_their_host(at_work):
    assert at_work.get("/gestion/", headers=THERE).status_code == 200
    assert at_work.get("/aide/", headers=THERE).status_code == 200


def test_staff_pages_are_missing_elsewhere(agency, alice):
    for browser in (Browser(), alice):
        assert browser.get("/gestion/").status_code == 404


def test_staff_who_come_to_the_clients_host_are_sent_to_theirs(at_work):
    for path in ("/gestion/", "/", "/profil/comptes-associes/"):
        assert at_work.get(path).url == "http://gestion.exemple.fr/connexion/"


def test_clients_find_nothing_at_the_staff_host(alice):
    for path in ("/", "/comptes/", "/profil/comptes-associes/", "/gestion/"):
        assert alice.get(path, headers=THERE).status_code == 404


def test_who_works_there_and_owns_a_flat_has_each_at_its_host(agency, worker, at_work):
    GrantFactory(user=worker, client=ClientFactory(agency=agency))

    assert at_work.get("/").status_code == 200
    assert at_work.get("/gestion/").url == "/"
    assert at_work.get("/gestion/", headers=THERE).status_code == 200
    assert at_work.get("/comptes/", headers=THERE).url == "http://testserver/"


def test_the_staff_of_every_agency_sign_in_there(agency):
    elsewhere = AgencyFactory(host="ailleurs.exemple.fr")

    assert agencies_at("gestion.exemple.fr") == [agency, elsewhere]


def test_passkeys_of_the_staff_are_made_for_their_host(worker, at_work):
    options = at_work.post("/profil/connexion/cles/defi/", headers=THERE).json()
    device = SoftwareAuthenticator(origin="http://gestion.exemple.fr", rp_id="gestion.exemple.fr")
    at_work.post("/profil/connexion/cles/ajouter/", {"name": "Poste", "answer": device.makes(options)}, headers=THERE)
    later = Browser()

    answer = device.proves(asked(later, "/connexion/cle/defi/", headers=THERE))
    response = later.post("/connexion/cle/", {"answer": answer}, headers=THERE)

    assert options["rp"]["id"] == "gestion.exemple.fr"
    assert response.url == "/gestion/"


def test_links_may_lead_to_the_staff_host_and_to_no_forged_one(agency):
    assert agency.link("/c/x", asked_host="gestion.exemple.fr") == "http://gestion.exemple.fr/c/x"
    assert agency.link("/c/x", asked_host="exemple.org") == "http://testserver/c/x"


def test_without_the_setting_the_pages_stand_together(settings, at_work):
    settings.STAFF_HOST = ""

    assert at_work.get("/gestion/").status_code == 200
