"""§ Connexion: the identifiant however it is typed, the confirmed courriel, one neutral error."""

import dataclasses

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

REFUSED = "Identifiant ou mot de passe incorrect."


def test_identifiant_is_accepted_with_spaces_dots_and_any_case(alice, demonstration):
    letter = demonstration.active()
    spelled = f" {letter.identifier[:2].lower()} {letter.identifier[2:5]}.{letter.identifier[5:].upper()} "

    alice.comes_in(dataclasses.replace(letter, identifier=spelled))

    alice.is_home()
    alice.keeps("accueil")


def test_confirmed_courriel_signs_in(alice, demonstration):
    letter = demonstration.active()

    alice.comes_in(dataclasses.replace(letter, identifier=letter.email.upper()))

    alice.is_home()


def test_known_and_unknown_identifiant_are_refused_alike(alice, demonstration):
    letter = demonstration.active()
    refusals = []

    for identifier in (letter.identifier, "98 765 432"):
        alice.signs_in(identifier, "Pas-celui-la-1")
        alice.reads(REFUSED)
        alice.reads("choisissez « Première Connexion »")
        expect(alice.button("Afficher")).to_be_visible()
        refusals.append(alice.page.inner_text("main").replace(identifier, "…"))
        alice.keeps("connexion-refusee")

    assert refusals[0] == refusals[1]
    assert alice.page.title().startswith("Erreur\u00a0: ")
    assert alice.page.get_by_label("Mot de passe", exact=True).input_value() == ""


def test_empty_form_says_what_to_type(alice):
    alice.opens("/connexion/")

    alice.presses("Connexion")

    alice.reads("Renseignez votre identifiant.")
    alice.reads("Renseignez votre mot de passe.")


def test_unfinished_first_connection_goes_on_at_its_next_step_by_this_door_too(alice, demonstration):
    letter = demonstration.letter("letter")

    alice.signs_in(letter.identifier, letter.password)
    alice.is_on("Votre courriel")
    alice.gives_address("porte.alice@exemple.fr")
    alice.signs_in(letter.identifier, letter.password)

    alice.is_on("Consultez votre boîte mail")
    alice.reads("porte.alice@exemple.fr")


def test_signing_out_from_mon_profil(alice, demonstration):
    letter = demonstration.active()
    alice.comes_in(letter)
    alice.is_home()

    if alice.page.viewport_size["width"] < 900:
        alice.follows("Autres")
    alice.page.get_by_role("link", name="Mon profil").locator("visible=true").first.click()
    alice.is_on("Mon profil")
    alice.keeps("mon-profil")
    leave = alice.page.get_by_role("button", name="Se déconnecter").first
    assert leave.locator("svg").count() == 1
    leave.click()

    alice.reads("Vous êtes déconnecté.")
    alice.opens("/")
    alice.is_on("Espace client")
    alice.page.go_back()
    alice.does_not_read("Vos comptes")


def test_internet_explorer_reads_a_page_of_its_own(person_at, size):
    explorer = "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko"
    person = person_at(size, user_agent=explorer, java_script_enabled=False)

    person.opens("/connexion/")

    person.is_on("Votre navigateur n’est pas compatible")
    person.reads("N’utilisez pas Internet Explorer.")
    for browser in ("Firefox", "Safari", "Chrome", "Edge"):
        person.reads(browser)
    assert person.page.locator("form").count() == 0
    person.keeps("navigateur-non-compatible")
