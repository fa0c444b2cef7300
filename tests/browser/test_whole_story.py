"""The whole story of a leak, with three people at once: a client, a colleague of the agency, a plumber."""

import re

import pytest

from parvis.kit.identifiers import new_public_id

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])]


def test_leak_goes_from_a_telephone_to_its_end(person_at, demonstration, size, scripts):
    alice, diane, plumber = (person_at(size, java_script_enabled=scripts) for _ in range(3))
    firm = f"plombier.{new_public_id()[:8]}@exemple.fr"
    letter = demonstration.active("owner")
    alice.comes_in(letter)
    alice.is_home()
    diane.comes_to_work(demonstration.staff("manager"))
    diane.page.wait_for_url("**/gestion/")
    knows_the_firm(diane, firm)

    number = declares(alice, f"Fuite sous le lavabo, {size} {scripts}")
    takes_it_up(diane, number)
    alice.opens(case_of(alice))
    alice.reads("Prise en charge")

    sends_the_firm(diane, firm)
    order = demonstration.message(firm, "Ordre de service")
    plumber.opens(order.link)
    plumber.reads("Réparer la fuite sous le lavabo.")
    plumber.page.locator("input[name=slots]").first.check()
    plumber.presses("Proposer ces créneaux")
    plumber.reads("créneaux sont envoyés")

    chooses_a_time(alice)
    diane.page.reload()
    diane.reads("Rendez-vous fixé")
    plumber.opens(order.link)
    plumber.reads("Rendez-vous")
    plumber.follows("Les travaux sont terminés")
    plumber.presses("Oui, ils sont terminés")

    diane.page.reload()
    diane.reads("Résolue, à confirmer")
    confirms(alice)
    diane.page.reload()
    diane.reads("Résolue")
    alice.does_not_read("Joint à commander")
    diane.keeps("histoire-dossier")
    alice.keeps("histoire-client")


def knows_the_firm(diane, email):
    """The firm is added to the directory, under its courriel."""
    diane.opens("/gestion/entreprises/ajouter/")
    diane.types("Nom", f"Plomberie {email}")
    diane.types("Courriel", email)
    diane.presses("Enregistrer l’entreprise")
    diane.reads("L’entreprise est enregistrée.")


def declares(alice, words):
    """From the first question to the receipt, one question a page; the number of the case."""
    alice.opens("/interventions/declarer/")
    alice.is_on("Est-ce une urgence\u202f?")
    alice.presses("Ce n’est pas une urgence")
    alice.is_on("Où est le problème\u202f?")
    alice.page.locator("input[name=spot]").first.check()
    alice.presses("Continuer")
    alice.page.get_by_label("Eau", exact=True).check()
    alice.presses("Continuer")
    resembling, describing = alice.page.get_by_text("Déclarer quand même"), alice.page.locator("textarea")
    resembling.or_(describing).first.wait_for()
    if resembling.count():
        alice.follows("Déclarer quand même")
    alice.is_on("Décrivez le problème")
    alice.types("Que se passe-t-il\u202f? Depuis quand\u202f?", words)
    alice.presses("Continuer")
    alice.is_on("Quand peut-on venir\u202f?")
    alice.types("Téléphone à rappeler\u00a0(facultatif)", "06 12 34 56 78")
    alice.presses("Continuer")
    alice.is_on("Vérifiez votre déclaration")
    alice.presses("Envoyer ma déclaration")
    alice.is_on("Votre déclaration est enregistrée")
    number = re.search(r"\d{4}-\d+", alice.page.locator("main").inner_text())
    assert number
    alice.follows("Suivre l’intervention")
    return number.group()


def case_of(alice):
    return alice.page.url


def takes_it_up(diane, number):
    """Found by its number, taken up, with a word that stays inside."""
    diane.opens(f"/gestion/interventions/liste/?q={number}")
    diane.page.locator("[data-lines] a.row-title").first.click()
    diane.follows("Prendre en charge")
    diane.presses("Prendre en charge")
    diane.reads("L’intervention est prise en charge.")
    diane.types("Note interne", "Joint à commander")
    diane.presses("Ajouter la note")
    diane.reads("La note est ajoutée.")


def sends_the_firm(diane, email):
    diane.follows("Mandater une entreprise")
    diane.page.get_by_label("Entreprise", exact=True).select_option(label=f"Plomberie {email}")
    diane.types("Ce que l’entreprise doit faire", "Réparer la fuite sous le lavabo.")
    diane.presses("Mandater une entreprise")
    diane.reads("L’ordre de service est envoyé.")


def chooses_a_time(alice):
    alice.page.reload()
    alice.follows("Choisir un créneau")
    alice.page.locator("input[name=slot]").first.check()
    alice.presses("Choisir ce rendez-vous")
    alice.reads("Rendez-vous fixé")


def confirms(alice):
    alice.page.reload()
    alice.follows("Le problème est résolu")
    alice.presses("Oui, il est résolu")
    alice.reads("Résolue")
