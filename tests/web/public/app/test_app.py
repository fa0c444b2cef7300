"""The site as an application of the device: what it keeps, and what it never keeps."""

import json
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from tests.factories import AgencyFactory, GrantFactory

ADDRESSES = ("/manifest.webmanifest", "/icone.svg", "/service-worker.js", "/hors-ligne/")


@pytest.fixture(autouse=True)
def agency(db):
    return AgencyFactory(host="testserver", emergency_phone="01 00 00 00 09")


def test_manifest_names_the_agency_and_its_colour(client: Client):
    response = client.get("/manifest.webmanifest")
    described = json.loads(response.content)

    assert response.headers["Content-Type"].startswith("application/manifest+json")
    assert described["name"] == "Espace client Cabinet des Tilleuls"
    assert described["display"] == "standalone"
    assert {icon["purpose"] for icon in described["icons"]} == {"any", "maskable"}
    assert described["theme_color"].startswith("#")


def test_icon_bears_the_initials(client: Client):
    drawing = ET.fromstring(client.get("/icone.svg").content)  # noqa: S314 -- our own drawing

    assert "".join(drawing.itertext()) == "CT"


def test_icon_of_a_name_full_of_signs_is_still_a_drawing(client: Client, agency):
    agency.name = "<Évil> & Fils"
    agency.save()

    assert ET.fromstring(client.get("/icone.svg").content) is not None  # noqa: S314 -- our own drawing


def test_service_worker_keeps_no_page_of_anybody(client: Client):
    script = client.get("/service-worker.js").content.decode()
    kept = json.loads(script.partition("const kept = ")[2].partition(";")[0])

    assert "/hors-ligne/" in kept
    assert all(path.startswith(("/hors-ligne/", "/style/", "/icone.svg", "/aide/")) for path in kept)
    assert all(client.get(path).status_code == 200 for path in kept)


def test_service_worker_changes_with_the_telephone_of_the_agency(client: Client, agency):
    before = client.get("/service-worker.js").content
    agency.phone = "01 99 99 99 99"
    agency.save()

    assert client.get("/service-worker.js").content != before
    assert client.get("/service-worker.js").headers["Cache-Control"] == "no-cache"


def test_offline_page_gives_the_telephone_and_the_emergency(client: Client):
    page = client.get("/hors-ligne/").content.decode()

    assert "Vous n’êtes pas connecté à internet" in page
    assert "Vérifiez le wifi ou les données mobiles." in page
    assert "01 00 00 00 09".replace(" ", "\u00a0") in page


@pytest.mark.parametrize("path", ADDRESSES)
def test_who_is_signed_in_changes_nothing(client: Client, path):
    anonymous = client.get(path).content
    client.force_login(GrantFactory(client__agency=AgencyFactory(name="Régie du Port", host="port.exemple.fr")).user)

    assert client.get(path).content == anonymous


def test_pages_of_the_client_lead_to_the_manifest(client: Client, agency):
    client.force_login(GrantFactory(client__agency=agency).user)

    page = client.get("/").content.decode()

    assert 'rel="manifest"' in page
    assert "ui/js/app.js" in page
