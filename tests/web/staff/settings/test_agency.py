"""The agency's details, its look and its logo: seen first, kept then, left alone by imports."""

import base64
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from parvis.agencies.actions import change
from parvis.agencies.models import AgencyLogo
from parvis.exchange.actions.agency import apply_agency
from parvis.exchange.actions.report import Report
from parvis.exchange.rules.tables import load_table
from parvis.journal.models import Record
from parvis.web.staff.settings.forms import LARGEST_LOGO, LookForm, initial_of
from tests.factories import AgencyFactory

pytestmark = pytest.mark.django_db
PAGE, LOOK, LOGO = "/gestion/reglages/agence/", "/gestion/reglages/apparence/", "/gestion/reglages/logo/"

SEEN_LOGO, DRAFT = r'src="data:image/jpeg;base64,([^"]+)"', r'name="draft" value="([^"]+)"'


def picture(kind="PNG", **saved):
    target = io.BytesIO()
    Image.new("RGB", (900, 300), "navy").save(target, kind, **saved)
    return SimpleUploadedFile("logo", target.getvalue())


def looking(agency, **changes):
    return {"hue": agency.hue, "welcome": agency.welcome, **changes}


def typed(agency, **changes):
    return {**initial_of(agency), **changes}


def test_details_are_seen_before_they_are_kept(diane, agency):
    asked = typed(agency, weekly_hours="lundi-vendredi 09:00-12:00", closures="2026-12-24", apercu="1")

    page = diane.post(PAGE, asked).content.decode()

    agency.refresh_from_db()
    assert "Rien n’est encore enregistré" in page
    assert "9\u00a0h à 12\u00a0h" in page
    assert "Le 24\u00a0décembre 2026" in page
    assert agency.weekly_hours == ""


def test_details_are_kept_and_journalled(diane, agency):
    diane.post(PAGE, typed(agency, phone="01 99 00 00 99"))

    agency.refresh_from_db()
    assert agency.phone == "01 99 00 00 99"
    assert agency.kept_here == ["phone"]
    assert Record.objects.get(verb="agency.changed").actor_kind == "user"


@pytest.mark.parametrize("change", [{"weekly_hours": "tous les jours"}, {"closures": "Noël"}, {"name": ""}])
def test_bad_details_are_refused(diane, agency, change):
    page = diane.post(PAGE, typed(agency, **change)).content.decode()

    assert "Il y a un problème" in page
    agency.refresh_from_db()
    assert agency.kept_here == []


def test_import_leaves_what_was_decided_here(agency):
    change(agency=agency, values={"phone": "01 99 00 00 99"}, by=("user", "x"))
    agency.refresh_from_db()
    columns = [field.name for field in load_table("agency").fields]
    values = dict.fromkeys(columns) | {"phone": "01 00 00 00 00", "city": "Pantin", "email": "a@exemple.fr"}

    apply_agency(values, agency=agency, create=False, given=frozenset({"phone", "city"}), report=Report())

    agency.refresh_from_db()
    assert (agency.phone, agency.city) == ("01 99 00 00 99", "Pantin")


def test_page_is_shown_in_the_hue_that_was_typed(diane, agency):
    page = diane.post(LOOK, {"hue": "10", "welcome": "Bienvenue chez vous", "apercu": "1"}).content.decode()

    agency.refresh_from_db()
    assert "-10.css" in page
    assert "Bienvenue chez vous" in page
    assert agency.hue != 10


def test_hue_and_welcome_are_kept_and_shown_at_the_door(diane, agency, client):
    diane.post(LOOK, {"hue": "10", "welcome": "Bienvenue chez vous"})

    client.logout()
    agency.refresh_from_db()
    assert agency.hue == 10
    assert "Bienvenue chez vous" in client.get("/connexion/").content.decode()


@pytest.mark.parametrize("hue", ["361", "-1", "bleu", ""])
def test_hue_that_is_none_is_refused(diane, hue):
    assert "0 à 360" in diane.post(LOOK, {"hue": hue, "welcome": ""}).content.decode()


def test_logo_is_drawn_again_small_and_shown(diane, agency):
    exif = Image.Exif()
    exif[0x010E] = "secret"
    diane.post(LOOK, looking(agency, logo=picture("JPEG", exif=exif)))

    agency.refresh_from_db()
    shown = diane.get(f"/logo/{agency.logo_digest}.jpg")
    drawn = Image.open(io.BytesIO(shown.content))
    assert max(drawn.size) <= 320
    assert not drawn.getexif()
    assert b"secret" not in shown.content
    assert f"/logo/{agency.logo_digest}.jpg" in diane.get("/gestion/").content.decode()


def test_logo_is_taken_away(diane, agency):
    diane.post(LOOK, looking(agency, logo=picture()))
    diane.post(LOGO)

    agency.refresh_from_db()
    assert agency.logo_digest == ""
    assert not AgencyLogo.objects.exists()


@pytest.mark.parametrize("content", [b"<svg onload=alert(1)>", b"%PDF-1.7", b"GIF89a"])
def test_what_is_no_picture_is_refused(diane, agency, content):
    page = diane.post(LOOK, looking(agency, logo=SimpleUploadedFile("logo.png", content))).content.decode()

    assert "ni un JPEG ni un PNG" in page
    assert not AgencyLogo.objects.exists()


def test_logo_that_is_too_heavy_is_told_its_weight(diane, agency):
    heavy = SimpleUploadedFile("logo.png", b"\x89PNG" + bytes(LARGEST_LOGO))

    page = diane.post(LOOK, looking(agency, logo=heavy)).content.decode()

    assert "Cette image pèse 6\u00a0Mo" in page


def test_logo_is_seen_with_the_hue_and_the_words_then_kept_without_choosing_it_again(diane, agency):
    asked = {"hue": "10", "welcome": "Bienvenue chez vous"}
    page = diane.post(LOOK, asked | {"logo": picture(), "apercu": "1"}).content.decode()
    seen, draft = (re.search(pattern, page)[1] for pattern in (SEEN_LOGO, DRAFT))
    assert "-10.css" in page
    assert not AgencyLogo.objects.exists()

    diane.post(LOOK, asked | {"draft": draft})

    assert bytes(AgencyLogo.objects.get(agency=agency).content) == base64.b64decode(seen)


def test_draft_of_another_agency_is_no_logo(diane, agency):
    other = AgencyFactory(host="ailleurs.exemple.fr")
    form = LookForm(looking(other), {"logo": picture()}, agency=other)

    page = diane.post(LOOK, looking(agency, draft=form.draft)).content.decode()

    assert "choisissez l’image" in page
    assert not AgencyLogo.objects.exists()
