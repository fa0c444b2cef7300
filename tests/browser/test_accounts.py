"""The ledger of an account: chosen, followed to its past, kept as a file; with a script and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.inspection import violations
from tests.browser.person import Person

pytestmark = pytest.mark.browser

ASKED = re.compile(r"/comptes/\w+/\?")
WHOLE = "Depuis l’ouverture du compte"


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def has_script(request) -> bool:
    return request.param


@pytest.fixture
def reader(person_at, demonstration, size, has_script) -> Person:
    """A co-owner in front of their ledger."""
    person = person_at(size, java_script_enabled=has_script, accept_downloads=True)
    person.comes_in(demonstration.active("owner"))
    person.is_home()
    person.opens("/comptes/")
    person.page.get_by_role("link", name="du solde copropriétaire").first.click()
    expect(caption(person)).to_have_text("Opérations des 12 derniers mois")
    return person


def caption(person):
    return person.page.locator("#releve")


def lines(person):
    return person.page.locator(".ledger-what")


def test_operations_are_chosen_and_the_focus_tells(reader, has_script):
    if has_script:
        reader.page.evaluate("window.stayed = true")

    reader.page.get_by_label("Période").select_option(label=WHOLE)
    reader.page.get_by_label("Opérations", exact=True).select_option(label="Règlements")
    reader.presses("Filtrer")

    expect(caption(reader)).to_have_text("Règlements depuis l’ouverture du compte")
    assert lines(reader).count() > 0
    assert "operations=payment" in reader.page.url
    if has_script:
        expect(reader.page.locator("#operations")).to_be_focused()  # its name is the caption
        assert reader.page.evaluate("window.stayed") is True
        assert reader.page.locator("#operations").get_attribute("aria-busy") is None
        assert violations(reader) == []
    reader.keeps(f"releve-filtre-{'script' if has_script else 'sans-script'}")
    reader.page.go_back()
    expect(caption(reader)).to_have_text("Opérations des 12 derniers mois")


def test_past_is_reached_and_left(reader):
    reader.page.get_by_label("Période").select_option(label=WHOLE)
    reader.presses("Filtrer")
    expect(caption(reader)).to_have_text("Opérations depuis l’ouverture du compte")
    newest = lines(reader).first.inner_text()

    reader.follows("Opérations plus anciennes")

    expect(reader.link("Revenir aux plus récentes")).to_be_visible()
    reader.follows("Revenir aux plus récentes")
    expect(reader.link("Opérations plus anciennes")).to_be_visible()
    assert lines(reader).first.inner_text() == newest
    reader.follows("Effacer les filtres")
    expect(caption(reader)).to_have_text("Opérations des 12 derniers mois")


def test_refused_dates_are_told_and_kept(reader, has_script):
    reader.page.get_by_text("Chercher un mot ou choisir des dates").click()
    reader.types("Du (facultatif)", "2026-03-01")
    reader.types("Au (facultatif)", "2026-01-01")
    reader.presses("Filtrer")

    reader.reads("La fin de la période précède son début.")
    expect(reader.page.get_by_label("Du (facultatif)")).to_have_value("2026-03-01")
    if has_script:
        assert violations(reader) == []


def test_statement_is_kept_as_a_file(reader):
    with reader.page.expect_download() as download:
        reader.follows("Format tableur (CSV)")
    address = reader.link("Télécharger le relevé (PDF)").get_attribute("href")
    paper = reader.context.request.get(reader.demonstration.origin + address)

    assert download.value.suggested_filename.endswith(".csv")
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.body().startswith(b"%PDF")


def test_failure_is_told_in_the_zone_with_a_way_on(person_at, demonstration):
    person = person_at("phone")
    person.comes_in(demonstration.active("owner"))
    person.is_home()
    person.opens("/comptes/")
    person.page.get_by_role("link", name="du solde copropriétaire").first.click()
    person.page.wait_for_url("**/comptes/*/")
    person.page.wait_for_load_state()
    person.page.route(ASKED, lambda route: route.fulfill(status=503, body="indisponible"))

    person.presses("Filtrer")

    person.reads("La page n’a pas pu être mise à jour.")
    expect(person.link("Réessayer")).to_be_focused()
    person.page.unroute(ASKED)
    person.follows("Réessayer")
    expect(caption(person)).to_have_text("Opérations des 12 derniers mois")


def test_session_that_ended_leads_to_the_sign_in(person_at, demonstration):
    person = person_at("desktop")
    person.comes_in(demonstration.active("owner"))
    person.is_home()
    person.opens("/comptes/")
    person.page.get_by_role("link", name="du solde copropriétaire").first.click()
    person.context.clear_cookies()

    person.presses("Filtrer")

    person.page.wait_for_url("**/connexion/**")
