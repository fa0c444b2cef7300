"""Every address of the URLconf that shows a page, on both sizes, in both themes, and narrow."""

import re
from urllib.parse import urlsplit

import pyotp
import pytest

from tests.browser import looking_at_cases, looking_at_desk
from tests.browser.demonstration import fetch
from tests.browser.inspection import Inspection
from tests.browser.not_pages import NOT_PAGES
from tests.browser.visitor import CONFIRM, OWN_PASSWORD, WHO
from tests.exchange.books import owed, write_fec
from tests.matrix.addresses import every_address

pytestmark = pytest.mark.browser


def test_every_page_is_accessible(person_at, demonstration, tmp_path):
    alice, elsewhere = person_at("desktop"), person_at("desktop")
    inspection = Inspection(seen=NOT_PAGES | looking_at_cases.NOT_PAGES | looking_at_desk.NOT_PAGES)

    look_at_the_threshold(inspection, elsewhere)
    walk_in(inspection, alice, elsewhere, demonstration)
    ask_elsewhere(inspection, person_at("desktop"), elsewhere, demonstration)
    forget(inspection, elsewhere, demonstration)
    look_at_refusals(inspection, elsewhere)
    say_it_was_somebody_else(inspection, person_at("desktop"), elsewhere, demonstration)
    change_what_opens(inspection, person_at("desktop"), elsewhere, demonstration)
    look_at_factors(inspection, alice, elsewhere)
    inspection.crawl(alice, "/profil/connexion/")
    inspection.crawl(alice, "/")
    write_to_the_agency(inspection, alice)
    share_a_home(inspection, person_at("desktop"), person_at("desktop"), demonstration)
    for profile in ("owner", "tenant"):
        letter = demonstration.active(profile)
        elsewhere.comes_in(letter)
        elsewhere.is_home()
        inspection.look(elsewhere, profile)
        elsewhere.context.clear_cookies()
    looking_at_cases.look_at_cases(inspection, elsewhere, demonstration)
    look_at_calls(inspection, elsewhere, demonstration)
    look_at_rents(inspection, elsewhere, demonstration)
    look_at_lettings(inspection, elsewhere, demonstration)
    look_at_the_gate(inspection, elsewhere, demonstration)
    elsewhere.comes_to_work(demonstration.staff())
    elsewhere.page.wait_for_url("**/gestion/")
    give_the_staff_something_to_read(demonstration, tmp_path)
    inspection.look(elsewhere)
    inspection.crawl(elsewhere, "/gestion/")
    look_at_clients(inspection, elsewhere, demonstration)
    look_at_frozen_accesses(inspection, elsewhere)
    answer_a_client(inspection, elsewhere, demonstration)

    assert "\n".join(inspection.faults) == ""
    assert forgotten_by(inspection, demonstration) == set()


def look_at_calls(inspection, person, demonstration):
    """What a co-owner alone has: the calls, why each asks what it asks, the charges."""
    person.comes_in(demonstration.active("owner"))
    person.is_home()
    person.opens("/comptes/")
    person.page.get_by_role("link", name="du solde copropriétaire").first.click()
    person.page.wait_for_url(re.compile(r"/comptes/\w+/$"))
    inspection.crawl(person, urlsplit(person.page.url).path)
    person.context.clear_cookies()


def look_at_rents(inspection, person, demonstration):
    """What a tenant alone has: the rents, a quittance to be made, all of them."""
    person.comes_in(demonstration.active("tenant"))
    person.is_home()
    person.opens("/comptes/")
    person.page.get_by_role("link", name="du loyer").first.click()
    person.follows("Loyers, quittances et attestation pour la CAF")
    inspection.look(person)
    person.page.get_by_role("link", name="Quittance sur demande").last.click()
    inspection.look(person)
    person.opens("/quittances/")
    inspection.look(person)
    person.context.clear_cookies()


def look_at_lettings(inspection, person, demonstration):
    """What a landlord alone has."""
    person.comes_in(demonstration.active("landlord"))
    person.is_home()
    person.opens("/comptes/")
    person.page.get_by_role("link", name="du solde propriétaire").first.click()
    person.follows("Loyers, honoraires, comptes rendus et déclaration de revenus")
    inspection.look(person)
    inspection.crawl(person, urlsplit(person.page.url).path)
    person.context.clear_cookies()


def look_at_the_threshold(inspection, person):
    person.opens("/connexion/")
    inspection.look(person)
    inspection.crawl(person, "/connexion/")
    person.opens("/connexion/")
    person.presses("Connexion")
    inspection.look(person, "refused")
    for path in ("/navigateur/", "/hors-ligne/"):
        person.opens(path)
        inspection.look(person)


def walk_in(inspection, alice, elsewhere, demonstration):
    letter = demonstration.letter("letter", profiles=5)
    alice.begins(letter)
    inspection.look(alice)
    first = alice.gives_address(f"premiere.{letter.identifier}@exemple.fr")
    inspection.look(alice)
    alice.follows("Modifier mon adresse")
    second = alice.gives_address(f"seconde.{letter.identifier}@exemple.fr")
    elsewhere.opens(first.link)
    inspection.look(elsewhere, "superseded")
    alice.opens(second.link)
    inspection.look(alice)
    alice.presses(CONFIRM)
    inspection.look(alice)
    alice.chooses("trop court")
    inspection.look(alice, "refused")
    alice.holds_a_device()
    alice.chooses(OWN_PASSWORD)
    inspection.look(alice)
    alice.arrives()
    inspection.look(alice, "welcome")
    elsewhere.opens(second.link)
    inspection.look(elsewhere, "used")
    elsewhere.opens(second.link[:-3])
    inspection.look(elsewhere, "broken")


def ask_elsewhere(inspection, alice, elsewhere, demonstration):
    """The link opened in a browser that did not begin; too late, then in time; then a forgotten password."""
    letter = demonstration.letter("letter")
    email = f"ailleurs.{letter.identifier}@exemple.fr"
    alice.begins(letter)
    message = alice.gives_address(email)
    demonstration.expire_links(email)
    elsewhere.opens(message.link)
    inspection.look(elsewhere, "expired")
    elsewhere.presses("Recevoir un nouveau lien")
    elsewhere.is_on("Consultez votre boîte mail")
    inspection.look(elsewhere, "renewed")
    elsewhere.confirms(demonstration.message(email, "Confirmez votre adresse email", after=1))
    inspection.look(elsewhere)


def forget(inspection, person, demonstration):
    letter, subject = demonstration.active("owner"), "Choisissez un nouveau mot de passe"
    received = len(demonstration.arrived(letter.email, subject))
    person.opens("/mot-de-passe-oublie/")
    person.types("Identifiant", letter.identifier)
    person.presses("Recevoir le lien")
    inspection.look(person)
    person.opens(demonstration.message(letter.email, subject, after=received).link)
    inspection.look(person)


CONFIRMING = ("/profil/connexion/application/supprimer/", "/connexion/confirmer/", "/connexion/confirmer/application/")


def look_at_factors(inspection, alice, elsewhere):
    """A passkey, an application, the codes on paper; then what asks for them."""
    alice.opens("/profil/connexion/cles/ajouter/")
    inspection.look(alice)
    alice.presses("Ajouter cet appareil")
    alice.is_on("Codes de secours")
    inspection.look(alice)
    alice.presses("Créer mes codes de secours")
    alice.is_on("Vos codes de secours")
    inspection.look(alice, "shown")
    alice.opens("/profil/connexion/application/")
    inspection.look(alice)
    secret = alice.page.locator(".key").inner_text().replace(" ", "")
    alice.types("Code à 6 chiffres", pyotp.TOTP(secret).now())
    alice.presses("Ajouter l’application")
    alice.is_on("Connexion et sécurité")
    inspection.look(alice, "with-factors")
    for path in (
        "/profil/connexion/application/supprimer/",
        "/connexion/confirmer/",
        "/connexion/confirmer/application/",
    ):
        alice.opens(path)
        inspection.look(alice)
    alice.opens("/profil/connexion/")
    for name in ("Chrome sur Linux", "Supprimer cette clé d’accès"):
        alice.page.locator("main a", has_text=name).first.click()
        inspection.look(alice)
    alice.opens("/profil/")
    identifier = alice.page.locator("main .facts .number").first.inner_text()
    elsewhere.signs_in(identifier, OWN_PASSWORD)
    elsewhere.is_on(WHO)
    inspection.look(elsewhere, "with-factors")
    for path in ("/connexion/verification/application/", "/connexion/verification/secours/"):
        elsewhere.opens(path)
        inspection.look(elsewhere)


def look_at_the_gate(inspection, person, demonstration):
    """The staff before they have a second proof."""
    person.comes_in(demonstration.staff_without_telephone())
    person.is_on("Protégez votre accès")
    inspection.look(person)
    person.presses("Se déconnecter")


def say_it_was_somebody_else(inspection, thief, person, demonstration):
    """The known address of a client blocks the access that somebody else is opening."""
    letter, subject = demonstration.letter("letter", with_email=True), "Une autre adresse vient d’être confirmée"
    thief.begins(letter)
    thief.confirms(thief.gives_address(f"voleur.{letter.identifier}@exemple.fr"))
    message = demonstration.message(letter.email, subject)
    person.opens(message.link)
    inspection.look(person)
    person.presses("Bloquer l’accès")
    inspection.look(person, "frozen")
    person.opens(message.link[:-3])
    inspection.look(person, "broken")


def give_the_staff_something_to_read(demonstration, folder):
    """A campaign of letters, the key of a program, and books whose accounts are nobody's yet."""
    agency = demonstration.staff().agency
    demonstration.manage("make_api_key", "--agency", agency, "--name", "Logiciel", "--scope", "changes:read")
    demonstration.manage("letter_campaign", "--agency", agency, "start", "Ouverture")
    path = write_fec(folder, owed("20260105", "450INCONNU", "Appel de charges", "120,00"))
    demonstration.manage("import_fec", str(path), "--agency", agency)


def look_at_clients(inspection, person, demonstration):
    """Somebody found, their card and what is done about their access, the letters of one, their space visited."""
    letter = demonstration.letter("letter")
    person.opens(f"/gestion/clients/?q={letter.identifier}")
    inspection.look(person, "found")
    card = urlsplit(str(person.page.locator("main a.row-title").get_attribute("href"))).path
    chosen = card.rstrip("/").rpartition("/")[2]
    inspection.crawl(person, card)
    for gesture in ("lettre", "retour", "debloquer", "courriel", "fermer"):
        person.opens(f"{card}{gesture}/")
        inspection.look(person)
    person.opens(f"/gestion/clients/lettres/?client={chosen}")
    inspection.look(person, "chosen")
    person.opens(f"{card}voir-comme/")
    inspection.look(person)
    person.types("Motif", "Préparer votre rendez-vous")
    person.presses("Voir son espace")
    person.is_home()
    inspection.look(person, "visited")
    person.opens("/profil/")
    inspection.look(person, "not shown")
    person.presses("Revenir à la gestion")


def look_at_frozen_accesses(inspection, person):
    """What the staff decides, once somebody has said that it was not them."""
    for gesture in ("", "rouvrir/", "fermer/"):
        person.opens("/gestion/acces/")
        if gesture:
            person.page.locator(f'a[href$="{gesture}"]').first.click()
        inspection.look(person)


def change_what_opens(inspection, alice, elsewhere, demonstration):
    """Another courriel, another identifiant: with the address that the agency knows, nothing has to wait."""
    letter, other = demonstration.letter("letter", with_email=True), demonstration.letter("letter")
    new = f"nouveau.{letter.identifier}@exemple.fr"
    alice.begins(letter)
    alice.confirms(alice.gives_address(letter.email))
    alice.chooses(OWN_PASSWORD)
    alice.opens("/profil/connexion/courriel/")
    alice.types("Nouveau courriel", new)
    alice.presses("Envoyer le lien")
    inspection.look(alice, "pending")
    alice.opens(demonstration.message(new, "Confirmez votre nouveau courriel").link)
    inspection.look(alice)
    alice.presses("Confirmer mon nouveau courriel")
    alice.opens("/profil/connexion/courriel/")
    inspection.look(alice, "held")
    alice.opens("/profil/connexion/identifiants/rattacher/")
    inspection.look(alice)
    alice.types("Identifiant", other.identifier)
    alice.types("Mot de passe de cet identifiant", other.password)
    alice.presses("Rattacher")
    inspection.look(alice, "two")
    alice.follows(f"Détacher l’identifiant {other.identifier}")
    inspection.look(alice)
    elsewhere.opens(demonstration.message(letter.email, "Un changement de courriel est demandé").link)
    inspection.look(elsewhere)
    elsewhere.presses("Annuler le changement")
    inspection.look(elsewhere, "cancelled")


def write_to_the_agency(inspection, alice):
    """A message refused, then its receipt."""
    alice.opens("/agence/messages/ecrire/")
    alice.presses("Envoyer")
    inspection.look(alice, "refused")
    alice.page.get_by_label("Sujet").select_option(label="Un document")
    alice.types("Message", "Bonjour, où est le procès-verbal de 2025 ?")
    alice.presses("Envoyer")
    alice.is_on("Un document")
    inspection.look(alice)


def answer_a_client(inspection, person, demonstration):
    """What the staff reads and answers; at the end of the mail, the way out of such mails."""
    person.opens("/gestion/messages/")
    person.page.locator("main a.row").first.click()
    inspection.look(person)
    identifier = person.page.locator("main .facts .number").first.inner_text()
    person.types("Réponse", "Bonjour, il est en ligne.")
    person.presses("Envoyer la réponse")
    person.is_on("Messages des clients")
    email = next(letter.email for letter in demonstration.letters if letter.identifier == identifier)
    message = demonstration.message(email, "Réponse de votre agence")
    person.opens(re.search(r"\S+/stop/\S+", message.text).group())
    inspection.look(person)
    person.presses("Ne plus recevoir ces messages")
    inspection.look(person, "left")


def share_a_home(inspection, alice, gaby, demonstration):
    """Somebody is invited, opens their own access, and the page where they leave it."""
    alice.comes_in(demonstration.active("owner"))
    alice.is_home()
    alice.opens("/profil/")
    alice.page.get_by_role("link", name="Personnes du foyer").first.click()
    alice.page.get_by_role("link", name="Inviter une personne").click()
    inspection.look(alice, "invite")
    alice.types("Prénom et nom", "Gaby Fontaine")
    alice.types("Son courriel", "gaby.partout@exemple.fr")
    alice.presses("Envoyer l’invitation")
    inspection.look(alice, "waiting")
    gaby.opens(demonstration.message("gaby.partout@exemple.fr", "Vous êtes invité").link)
    inspection.look(gaby)
    gaby.chooses(OWN_PASSWORD)
    gaby.page.wait_for_url(lambda url: "/f/" not in url)
    gaby.opens("/profil/")
    inspection.look(gaby, "household")
    gaby.page.get_by_role("link", name="Quitter cet accès").click()
    inspection.look(gaby)


def look_at_refusals(inspection, person):
    person.opens("/cette-page-n-existe-pas/")
    inspection.look(person)


def forgotten_by(inspection, demonstration):
    """The addresses that show a page and were not looked at."""
    seen = inspection.seen | NOT_PAGES
    unseen = [one for one in every_address() if one.name not in seen and not one.name.startswith("api:")]
    return {address.name for address in unseen if shows_a_page(demonstration, address.route)}


def shows_a_page(demonstration, route):
    """Whether a visitor may ask for it: not an address for buttons only, nor one that answers programs."""
    if "<" in route:
        return True
    answer = fetch(f"{demonstration.origin}/{route}")
    return answer.status_code != 405 and answer.headers["Content-Type"].startswith("text/html")
