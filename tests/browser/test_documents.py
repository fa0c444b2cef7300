"""Mes documents on a phone and on a desk, with a script and without: find, narrow, open, choose."""

import zipfile

import pytest
from playwright.sync_api import expect

from tests.browser.inspection import violations
from tests.browser.person import SIZES, Person

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def has_script(request) -> bool:
    return request.param


@pytest.fixture(params=SIZES)
def reader(request, person_at, demonstration, has_script) -> Person:
    """A co-owner who sits on the council, in front of their documents."""
    person = person_at(request.param, java_script_enabled=has_script, accept_downloads=True)
    person.comes_in(demonstration.active("council"))
    person.is_home()
    person.opens("/documents/")
    return person


def titles(person):
    return person.page.locator("#documents .row-title")


def search(person, words):
    person.page.get_by_label("Rechercher un document").fill(words)
    person.presses("Rechercher")


def test_a_paper_is_found_in_spite_of_a_wrong_letter(reader, has_script):
    if has_script:
        reader.page.evaluate("window.stayed = true")

    search(reader, "reglment")

    reader.reads("Vouliez-vous dire")
    expect(titles(reader).first).to_have_text("Règlement de copropriété")
    if has_script:
        assert reader.page.evaluate("window.stayed") is True
        assert violations(reader) == []
    reader.keeps(f"documents-recherche-{'script' if has_script else 'sans-script'}")
    reader.follows("« règlement »")
    reader.does_not_read("Vouliez-vous dire")


def test_nothing_found_leads_back_to_everything(reader):
    search(reader, "hippocampe")

    reader.reads("Aucun document pour « hippocampe ».")
    reader.follows("Voir tous les documents")
    expect(titles(reader).nth(3)).to_be_visible()


def test_a_heading_narrows_and_back_returns(reader):
    reader.page.get_by_role("navigation", name="Catégories").get_by_role("link", name="Conseil syndical").click()

    expect(titles(reader).first).to_be_visible()
    reader.page.wait_for_url("**categorie=conseil")
    reader.does_not_read("Appel de charges")
    reader.page.go_back()
    expect(reader.page.locator("[aria-current=true]", has_text="Tous")).to_be_visible()


def test_several_leave_in_one_file_and_one_opens_under_its_name(reader, has_script, tmp_path):
    boxes = reader.page.get_by_role("checkbox")
    boxes.nth(0).check()
    boxes.nth(1).check()
    if has_script:
        reader.reads("2 documents sélectionnés")

    with reader.page.expect_download() as awaited:
        reader.presses("Télécharger la sélection (.zip)")

    awaited.value.save_as(tmp_path / "selection.zip")
    with zipfile.ZipFile(tmp_path / "selection.zip") as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == 2
    address = titles(reader).first.get_attribute("href")
    answer = reader.page.request.get(f"{reader.demonstration.origin}{address}", headers={"Range": "bytes=0-4"})
    assert (answer.status, answer.body()) == (206, b"%PDF-")


def test_choosing_nothing_is_told(reader):
    reader.presses("Télécharger la sélection (.zip)")

    reader.reads("Choisissez au moins un document.")


def test_a_copied_link_is_nothing_for_somebody_else(reader, person_at, demonstration):
    address = titles(reader).first.get_attribute("href")
    other = person_at("desktop")
    other.comes_in(demonstration.active("tenant"))
    other.is_home()

    answer = other.page.request.get(f"{demonstration.origin}{address}")

    assert answer.status == 404


def test_phone_and_desk_pages_are_accessible(reader, has_script):
    reader.keeps(f"documents-{'script' if has_script else 'sans-script'}")
    if has_script:  # axe-core is a script
        assert violations(reader) == []
