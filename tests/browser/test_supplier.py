"""A firm, a caretaker, an announcement: what happens around a case to those who are no clients, and to all at once."""

import datetime as dt
import re
from pathlib import Path

import pytest

from parvis.kit.days import paris_day
from tests.browser.demonstration import wait_for
from tests.browser.inspection import Inspection, violations

UPLOADS = Path("tests/data/uploads")
PHOTO, PDF = UPLOADS / "photo_canon_40D.jpg", UPLOADS / "pdf_minimal.pdf"
CASE = re.compile(r"/loge/(\w{26})/")
pytestmark = pytest.mark.browser
with_and_without_scripts = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


def tomorrow():
    return (paris_day(dt.datetime.now(dt.UTC)) + dt.timedelta(days=1)).isoformat()


def declares(gaston, words):
    """A problem of the common parts; the public id of its case."""
    gaston.opens("/gestion/loge/declarer/")
    gaston.page.get_by_label("Où est le problème\u202f?").select_option(index=0)
    gaston.page.get_by_label("De quoi s’agit-il\u202f?").select_option("lift")
    gaston.presses("Envoyer la déclaration")
    gaston.reads("Décrivez le problème.")
    gaston.types("Que se passe-t-il\u202f? Depuis quand\u202f?", words)
    gaston.presses("Envoyer la déclaration")
    gaston.reads("Votre déclaration est enregistrée sous le numéro")
    return CASE.search(gaston.page.url).group(1)


def sends_a_firm(diane, case):
    """Acknowledge the case, order the first firm."""
    diane.opens(f"/gestion/interventions/{case}/")
    diane.follows("Prendre en charge")
    diane.presses("Prendre en charge")
    diane.follows("Mandater une entreprise")
    diane.page.get_by_label("Entreprise", exact=True).select_option(index=1)
    diane.types("Ce que l’entreprise doit faire", f"Réparer l’évier, dossier {case}.")
    diane.presses("Mandater une entreprise")
    diane.reads("L’ordre de service est envoyé.")


def order_about(demonstration, case):
    """The message that the firm received for that case, once it has arrived."""
    arrived = [
        one for one in demonstration.messages() if one.subject.startswith("Ordre de service") and case in one.text
    ]
    return arrived[0] if arrived else None


@with_and_without_scripts
def test_firm_answers_for_what_a_caretaker_declared(person_at, at_work, demonstration, size, scripts):
    gaston, diane = at_work("caretaker"), at_work("administrator")
    martel = person_at(size, java_script_enabled=scripts)
    case = declares(gaston, "L’ascenseur est bloqué au 3e étage.")
    sends_a_firm(diane, case)
    order = wait_for(lambda: order_about(demonstration, case), "The order")

    martel.opens(order.link)  # first tap: the link
    martel.page.locator("input[name=slots]").first.check()  # second
    martel.presses("Proposer ces créneaux")  # third
    martel.reads("Vos créneaux sont envoyés.")
    martel.keeps("ordre-creneaux-proposes")
    diane.opens(f"/gestion/interventions/{case}/")
    diane.page.get_by_role("button", name="Choisir ce rendez-vous").first.click()
    diane.reads("Le rendez-vous est fixé.")
    martel.opens(order.link)
    martel.reads("Rendez-vous\u00a0:")
    gaston.opens(f"/gestion/loge/{case}/")
    gaston.reads("Rendez-vous fixé")

    martel.follows("Je commence les travaux")
    martel.presses("Oui, je commence")
    martel.reads("Les travaux ont commencé.")
    martel.keeps("ordre-commence")
    gaston.page.reload()
    gaston.reads("Début des travaux")

    martel.follows("Les travaux sont terminés")
    martel.page.get_by_label("Photos\u00a0(facultatif)").set_input_files([PHOTO])
    martel.page.get_by_label("Facture\u00a0(facultatif)").set_input_files([PDF])
    martel.presses("Oui, ils sont terminés")
    martel.reads("2\u00a0fichiers, dont la facture")
    martel.keeps("ordre-termine")
    diane.page.reload()
    diane.reads("Facture")
    gaston.page.reload()
    gaston.page.get_by_alt_text("Photo de l’entreprise, en grand").wait_for()
    gaston.does_not_read("Facture")


@with_and_without_scripts
def test_firm_declines_and_the_agency_sends_another(person_at, at_work, demonstration, size, scripts):
    gaston, diane = at_work("caretaker"), at_work("administrator")
    martel = person_at(size, java_script_enabled=scripts)
    case = declares(gaston, "La porte de l’ascenseur ne ferme plus.")
    sends_a_firm(diane, case)
    order = wait_for(lambda: order_about(demonstration, case), "The order")

    martel.opens(order.link)
    martel.follows("Je ne peux pas intervenir")
    martel.keeps("ordre-refus")
    martel.types("Pourquoi\u202f?\u00a0(facultatif)", "Trop loin pour nous.")
    martel.presses("Oui, je refuse cet ordre")
    martel.reads("que vous ne pouvez pas intervenir.")
    martel.keeps("ordre-refuse")

    gaston.opens(f"/gestion/loge/{case}/")
    gaston.reads("Votre gestionnaire choisit une autre entreprise")
    gaston.does_not_read("Trop loin pour nous.")
    diane.opens("/gestion/")
    diane.reads("Refusé par l’entreprise")
    diane.opens(f"/gestion/interventions/{case}/")
    diane.reads("Trop loin pour nous.")
    diane.follows("Mandater une entreprise")


@with_and_without_scripts
def test_dead_link_says_whom_to_call(person_at, size, scripts):
    martel = person_at(size, java_script_enabled=scripts)

    martel.opens(f"/o/{'a' * 26}/")

    martel.is_on("Ce lien n’est plus valable")
    martel.reads("Demandez-lui un nouveau lien.")
    martel.keeps("ordre-lien-mort")


@with_and_without_scripts
def test_caretaker_writes_to_the_agency_with_a_photo(at_work, size, scripts):
    gaston = at_work("caretaker")
    gaston.opens("/gestion/")
    gaston.is_on("Loge")
    gaston.reads("Coupure d’eau froide")
    gaston.keeps("loge")

    declares(gaston, "L’ascenseur fait du bruit.")
    gaston.types("Votre message", "J’ai posé une affiche.")
    gaston.page.get_by_label("Photos\u00a0(facultatif)").set_input_files([PHOTO])
    gaston.presses("Envoyer")
    gaston.reads("Votre message est envoyé à l’agence.")
    gaston.reads("J’ai posé une affiche.")
    gaston.keeps("loge-dossier")


@with_and_without_scripts
def test_announcement_is_counted_published_read_and_withdrawn(person_at, at_work, demonstration, size, scripts):
    title = f"Ravalement {size} {'avec' if scripts else 'sans'}"
    alice, diane = person_at(size, java_script_enabled=scripts), at_work("administrator")
    alice.comes_in(demonstration.active("owner"))
    alice.is_home()
    alice.follows("Biens")
    building = alice.page.locator("section[aria-labelledby^=groupe] .row-title").first.inner_text()

    diane.opens("/gestion/annonces/ecrire/")
    diane.page.get_by_label("Immeuble", exact=True).select_option(label=building)
    diane.types("Titre", title)
    for label, day in (("Commence le", "2031-03-03"), ("Finit le", "2031-03-01")):
        diane.types(label, day)
    diane.presses("Voir avant de publier")
    diane.reads("La fin doit suivre le début.")
    for label in ("Commence le", "Finit le"):
        diane.types(label, tomorrow())
    diane.presses("Voir avant de publier")
    diane.reads("visible par")
    diane.keeps("annonce-avant-de-publier")
    diane.presses("Publier")
    diane.reads("L’annonce est publiée.")
    alice.opens("/")
    alice.page.locator("a.row", has_text=title).click()
    alice.is_on(title)
    alice.keeps("annonce")
    assert not alice.has_script or violations(alice) == []

    diane.presses("Retirer cette annonce")
    diane.reads("L’annonce est retirée.")
    alice.opens("/biens/")
    alice.does_not_read(title)


def test_pages_of_a_firm_and_of_a_caretaker_pass_inspection(person_at, demonstration):
    order = next(one for one in demonstration.messages() if one.subject.startswith("Ordre de service"))
    martel, gaston, inspection = person_at("desktop"), person_at("desktop"), Inspection()
    gaston.comes_to_work(demonstration.staff("caretaker"))
    gaston.is_on("Loge")
    pages = [(martel, order.link + path) for path in ("", "refus/", "debut/", "terminee/", "fichiers/")]
    pages += [(martel, f"/o/{'a' * 26}/"), (gaston, "/gestion/loge/"), (gaston, "/gestion/loge/declarer/")]
    for person, address in pages:
        person.opens(address)
        inspection.look(person, state=address.rpartition("/o/")[2][27:])
    gaston.opens("/gestion/loge/")
    gaston.page.locator('a.row[href^="/gestion/loge/"]').first.click()
    inspection.look(gaston)

    assert inspection.faults == []
