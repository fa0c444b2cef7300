"""What the law gives co-owners and their council, on a phone and on a desk, without a script."""

import zipfile

import pytest
from playwright.sync_api import expect

from tests.browser.inspection import sideways, violations
from tests.browser.person import SIZES, Person

pytestmark = pytest.mark.browser
LEGAL_LIST = "Les documents que la loi prévoit"


@pytest.fixture(params=SIZES)
def member(request, person_at, demonstration) -> Person:
    """A co-owner who sits on the council, on the page of everything else."""
    person = person_at(request.param, java_script_enabled=False, accept_downloads=True)
    person.comes_in(demonstration.active("council"))
    person.is_home()
    person.opens("/autres/")
    return person


def is_sound(person, name):
    person.keeps(name)
    assert sideways(person) == []


def enters_the_room(person):
    person.goes_to("/conseil-syndical/")
    person.is_on("Conseil syndical")
    person.page.locator("main .rows a.row").first.click()
    person.reads("Réservé aux membres du conseil syndical")


def test_owner_reads_what_is_there_and_what_is_missing_since_when(member):
    member.goes_to("/documents-legaux/")
    member.is_on(LEGAL_LIST)
    is_sound(member, "documents-legaux")
    member.page.locator("main .rows a.row").first.click()

    member.is_on(LEGAL_LIST)
    member.reads("Pour tous les copropriétaires")
    member.reads("Pour vous seul")
    member.reads("Pour le conseil syndical")
    member.reads("En ligne depuis le")
    member.reads("Décret\u00a02019-502, art.\u00a01, 1°")
    is_sound(member, "documents-legaux-immeuble")


def test_member_finds_the_room_and_the_list_of_owners(member):
    enters_the_room(member)
    member.reads("Impayés de l’immeuble")
    is_sound(member, "conseil-syndical")

    member.follows("Voir la liste")
    member.is_on("Copropriétaires")
    is_sound(member, "conseil-syndical-coproprietaires")
    with member.page.expect_download() as awaited:
        member.follows("Télécharger la liste (CSV)")
    assert awaited.value.suggested_filename.endswith(".csv")


def test_member_checks_a_line_and_asks_about_it(member):
    enters_the_room(member)
    member.page.locator("a.row[href*='/exercices/']").nth(1).click()
    member.is_on("Contrôle des comptes")
    is_sound(member, "controle-des-comptes")
    box = member.page.get_by_role("checkbox").last
    box.set_checked(not box.is_checked())
    member.presses("Enregistrer ce que j’ai vu")
    member.reads("Ce que vous avez vu est noté.")

    member.page.get_by_role("link", name="Poser une question").first.click()
    member.reads("visibles par l’agence et par tous les membres")
    member.presses("Envoyer")
    member.reads("Écrivez votre question.")
    member.types("Votre message", "Pourquoi deux passages ce mois-là ?")
    member.presses("Envoyer")
    member.reads("Votre question est envoyée à l’agence.")
    member.reads("L’agence n’a pas encore répondu.")
    is_sound(member, "controle-des-comptes-question")


def test_seller_leaves_with_one_file(member, tmp_path):
    member.goes_to("/documents-legaux/")
    member.follows("Vous vendez\u00a0? Kit de vente")
    member.is_on("Kit de vente")
    member.page.locator("main .rows a.row").first.click()
    member.reads("Ce que contient le kit")
    is_sound(member, "kit-de-vente")

    with member.page.expect_download() as awaited:
        member.follows("Télécharger le kit (.zip)")

    awaited.value.save_as(tmp_path / "kit.zip")
    with zipfile.ZipFile(tmp_path / "kit.zip") as kit:
        assert kit.testzip() is None
        assert kit.namelist()[0] == "LISTE.txt"
        assert any(name.startswith("04 ") for name in kit.namelist())


def test_pages_break_no_rule_of_accessibility(person_at, demonstration):
    """axe-core needs a script: the same pages, with one."""
    person = person_at("phone")
    person.comes_in(demonstration.active("council"))
    person.is_home()

    for path in ("/documents-legaux/", "/conseil-syndical/", "/kit-de-vente/"):
        person.opens(path)
        person.opens(str(person.page.locator("main .rows a.row").first.get_attribute("href")))
        assert violations(person) == []
    person.opens("/conseil-syndical/")
    person.page.locator("main .rows a.row").first.click()
    person.page.locator("a.row[href*='/exercices/']").nth(1).click()
    person.is_on("Contrôle des comptes")
    assert violations(person) == []
    person.page.locator("main a[href*='/depenses/']").first.click()
    person.reads("Question à l’agence")
    assert violations(person) == []


@pytest.mark.parametrize("size", SIZES)
def test_staff_read_the_worklist_and_answer_a_council(person_at, demonstration, size):
    diane = person_at(size, java_script_enabled=False)
    diane.comes_to_work(demonstration.staff())
    diane.page.wait_for_url("**/gestion/")

    diane.opens("/gestion/documents-legaux/")
    diane.is_on("Documents légaux")
    diane.reads("expiré depuis le")
    is_sound(diane, "gestion-documents-legaux")
    diane.page.locator("main h2 a").first.click()
    diane.reads("Ce qui n’a pas d’objet dans cet immeuble")
    is_sound(diane, "gestion-documents-legaux-immeuble")

    diane.opens("/gestion/conseils-syndicaux/")
    diane.page.locator("main a.row").first.click()
    diane.types("Votre réponse", "La facture du second passage sera corrigée.")
    diane.presses("Répondre")
    diane.reads("La réponse est enregistrée.")
    expect(diane.page.get_by_text("La facture du second passage sera corrigée.")).to_be_visible()
    is_sound(diane, "gestion-conseil-question")
