"""The desk of interventions: from a call to the end of a case, with a colleague at the same time."""

import re

import pytest

from tests.browser.inspection import Inspection

BOARD = "/gestion/interventions/"
RESEMBLING = "Un problème semblable est déjà signalé."
DECLARED = "La déclaration est enregistrée sous le numéro"
pytestmark = pytest.mark.browser
with_and_without_scripts = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


@pytest.fixture
def diane(at_work):
    """Somebody of the cabinet who works on cases."""
    return at_work("administrator")


def finds_a_client(diane):
    """Two letters, then the first client found."""
    diane.opens(f"{BOARD}declarer/")
    diane.is_on("Déclarer pour un client")
    diane.types("Rechercher un client", "ma")
    if not diane.has_script:
        diane.presses("Rechercher")
    diane.page.locator("#clients a.row").first.click()
    diane.page.wait_for_url(re.compile(r"/declarer/\w+/$"))


def declares(diane, title):
    finds_a_client(diane)
    diane.types("Objet", title)
    diane.page.get_by_label("De quoi s’agit-il").select_option("heating")
    diane.types("Que se passe-t-il\u202f? Depuis quand\u202f?", "Le radiateur reste froid depuis lundi.")
    diane.presses("Enregistrer la déclaration")
    resembling, declared = diane.page.get_by_text(RESEMBLING), diane.page.get_by_text(DECLARED)
    resembling.or_(declared).first.wait_for()
    if resembling.count():
        diane.presses("Enregistrer la déclaration")
    diane.is_on(title)
    diane.reads(DECLARED)


def does(diane, label):
    """Open that gesture, and press its button."""
    diane.follows(label)
    diane.is_on(label)


@with_and_without_scripts
def test_call_becomes_a_case_that_goes_to_its_end(diane, size, scripts):
    title = f"Radiateur froid, {size} {scripts}"
    declares(diane, title)

    does(diane, "Prendre en charge")
    diane.presses("Prendre en charge")
    diane.reads("L’intervention est prise en charge.")
    does(diane, "Mettre en attente")
    diane.presses("Mettre en attente")
    diane.reads("Renseignez un motif.")
    diane.types("Motif", "Pièce commandée")
    diane.types("Jusqu’au", "2032-01-15")
    diane.presses("Mettre en attente")
    diane.reads("Pièce commandée")
    diane.reads("15 janvier 2032")
    does(diane, "Reprendre")
    diane.presses("Reprendre")
    does(diane, "Refuser")
    diane.types("Motif", "Chauffage collectif coupé pour travaux")
    diane.presses("Refuser")

    diane.reads("Cette intervention est terminée.")


@with_and_without_scripts
def test_note_stays_apart_and_message_uses_a_template(diane, size, scripts):
    name = f"Passage {size} {scripts}"
    diane.opens("/gestion/modeles/ajouter/")
    diane.types("Nom", name)
    diane.types("Texte", "Merci de laisser l’accès libre.")
    diane.presses("Enregistrer le modèle")
    declares(diane, f"Volet bloqué, {size} {scripts}")

    diane.types("Message", "Bonjour,")
    diane.page.get_by_label("Modèle (facultatif)").select_option(label=name)
    diane.presses("Insérer le modèle")
    assert diane.page.get_by_label("Message", exact=True).input_value() == "Bonjour,\n\nMerci de laisser l’accès libre."
    diane.presses("Envoyer le message")
    diane.reads("Le message est envoyé.")
    diane.types("Note interne", "Rappeler après 18 h")
    diane.presses("Ajouter la note")

    inside = diane.page.locator(".inside")
    assert "Rappeler après 18 h" in inside.inner_text()
    assert "Bonjour," not in inside.inner_text()


@with_and_without_scripts
def test_second_of_two_colleagues_is_told_and_keeps_what_they_typed(diane, at_work, size, scripts):
    declares(diane, f"Deux à la fois, {size} {scripts}")
    colleague = at_work("manager")
    colleague.opens(diane.page.url)
    does(colleague, "Refuser")
    colleague.types("Motif", "Déjà traité par le voisin")

    does(diane, "Prendre en charge")
    diane.presses("Prendre en charge")
    diane.reads("L’intervention est prise en charge.")
    colleague.presses("Refuser")

    colleague.reads("Ce dossier a changé pendant que vous écriviez")
    colleague.reads("Prise en charge")
    assert colleague.page.get_by_label("Motif", exact=True).input_value() == "Déjà traité par le voisin"


@pytest.mark.parametrize("scripts", [True], ids=["scripts"])
def test_list_is_walked_through_from_the_keyboard(diane, size):
    declares(diane, f"Au clavier, {size}")
    diane.opens(f"{BOARD}liste/")
    titles = diane.page.locator("[data-lines] a.row-title")
    titles.first.focus()

    diane.page.keyboard.press("ArrowDown")
    diane.page.keyboard.press("ArrowUp")
    diane.page.keyboard.press("x")
    assert diane.page.locator("[data-lines] input:checked").count() == 1

    diane.page.keyboard.press("Enter")
    diane.page.wait_for_url(re.compile(rf"{BOARD}\w+/$"))


@with_and_without_scripts
def test_several_are_taken_up_at_once(diane, size, scripts):
    title = f"En nombre, {size} {scripts}"
    declares(diane, title)
    diane.opens(f"{BOARD}liste/?q={title}")
    diane.page.locator("[data-lines] input[type=checkbox]").first.check()
    diane.page.get_by_label("Que faire").select_option("prendre-en-charge")

    diane.presses("Appliquer")

    diane.reads("1 intervention est prise en charge.")


def asks_the_agency(diane, case):
    """A quote that the agency decides, and the page where what was decided is noted."""
    diane.opens(f"{case}devis/")
    diane.page.get_by_label("Entreprise", exact=True).select_option(index=1)
    diane.types("Travaux", "Remplacement du radiateur")
    diane.types("Montant TTC, en euros", "412,35")
    diane.page.get_by_label("Qui donne son accord").select_option("agency")
    diane.presses("Ajouter le devis")
    diane.reads("412,35")
    diane.page.get_by_role("link", name=re.compile("Noter la décision")).first.click()
    diane.is_on("Noter la décision")


@pytest.mark.parametrize(("size", "scripts"), [("desktop", True)], ids=["desktop"])
def test_pages_of_the_desk_are_accessible_in_both_themes(diane):
    inspection = Inspection()
    finds_a_client(diane)
    inspection.look(diane)
    declares(diane, "Dégât à regarder")
    case = diane.page.url
    inspection.look(diane)
    rest = ["faire/mettre-en-attente/", "faire/prendre-en-charge/", "regrouper/", "fiche/", "devis/", "sinistre/"]
    asks_the_agency(diane, case)
    inspection.look(diane)
    lists = [
        BOARD,
        f"{BOARD}liste/",
        f"{BOARD}declarer/?q=ma",
        "/gestion/entreprises/",
        "/gestion/entreprises/ajouter/",
    ]
    for address in [*(f"{case}{page}" for page in rest), *lists, "/gestion/modeles/", "/gestion/modeles/ajouter/"]:
        diane.opens(address)
        inspection.look(diane, address.strip("/").rpartition("/")[2])

    assert "\n".join(inspection.faults) == ""
