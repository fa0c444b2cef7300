"""Mon agence: find out who answers, write, be answered by mail, read it again; notifications read one by one."""

import pytest
from playwright.sync_api import expect

from tests.browser.inspection import Inspection

pytestmark = pytest.mark.browser

QUESTION = "Bonjour, le badge de la porte du garage ne répond plus depuis hier. <b>Merci</b>"
ANSWER = "Bonjour, un badge neuf vous attend à l’accueil de l’agence."


@pytest.fixture
def letter(demonstration):
    """Somebody who came in long ago, and whose conversations are theirs alone."""
    return demonstration.letter("active")


def test_a_question_without_javascript_and_its_answer(person_at, demonstration, size, letter):
    alice, diane = (person_at(size, java_script_enabled=False) for _ in range(2))
    alice.comes_in(letter)
    alice.is_home()

    asks(alice)
    reference = alice.page.locator(".facts .number").first.inner_text()
    assert reference in demonstration.message(letter.email, "Nous avons reçu votre message").text
    thread = alice.page.url.rstrip("/").rpartition("/")[2]
    answers(diane, thread, demonstration)

    assert ANSWER in demonstration.message(letter.email, "Réponse de votre agence").text
    alice.opens(f"/vers/message/{thread}/")
    alice.reads(ANSWER)
    alice.opens("/notifications/")
    alice.reads("non lue")
    alice.keeps("notifications")
    alice.page.get_by_role("button", name="Ouvrir").first.click()
    expect(alice.page).to_have_url(f"{demonstration.origin}/agence/messages/{thread}/")


def asks(alice):
    """From Mon agence, once refused for want of words."""
    alice.opens("/agence/")
    alice.keeps("agence")
    alice.reads("Urgence dans l’immeuble")
    alice.goes_to("/agence/messages/ecrire/")
    alice.presses("Envoyer")
    alice.reads("Écrivez votre message.")
    alice.keeps("ecrire-refuse")
    alice.page.get_by_label("Sujet").select_option(label="Mon logement, mon immeuble")
    alice.types("Message", QUESTION)
    alice.presses("Envoyer")
    alice.reads("Message envoyé. Réponse sous 2\u00a0jours ouvrés.")
    alice.reads(QUESTION)
    alice.keeps("accuse-de-reception")


def answers(diane, thread, demonstration):
    diane.comes_to_work(demonstration.staff())
    diane.page.wait_for_url("**/gestion/")
    diane.opens("/gestion/messages/")
    diane.keeps("messages-des-clients")
    diane.opens(f"/gestion/messages/{thread}/")
    diane.reads(QUESTION)
    diane.types("Réponse", ANSWER)
    diane.presses("Envoyer la réponse")
    diane.reads("La réponse est envoyée au client.")


def test_mails_of_a_kind_are_left_from_the_page_or_from_the_mail(person_at, demonstration, size, letter):
    alice = person_at(size, java_script_enabled=False)
    alice.comes_in(letter)
    alice.is_home()
    alice.opens("/notifications/reglages/")
    alice.keeps("notifications-par-courriel")
    alice.page.get_by_label("Assemblée générale").uncheck()
    alice.presses("Enregistrer")
    alice.reads("Vos choix sont enregistrés.")
    expect(alice.page.get_by_label("Assemblée générale")).not_to_be_checked()

    alice.opens("/notifications/")
    if alice.page.get_by_role("button", name="Tout marquer comme lu").count():
        alice.presses("Tout marquer comme lu")
        alice.reads("Tout est lu.")
    bell = alice.page.get_by_role("link", name="Notifications", exact=True)
    expect(bell.locator("visible=true").first).to_be_visible()


def test_pages_are_accessible(person_at, letter):
    alice, inspection = person_at("desktop"), Inspection()
    alice.comes_in(letter)
    alice.is_home()

    for path in (
        "/agence/",
        "/agence/messages/",
        "/agence/messages/ecrire/",
        "/notifications/",
        "/notifications/reglages/",
    ):
        alice.opens(path)
        inspection.look(alice)
    alice.presses("Enregistrer")
    alice.opens("/agence/messages/ecrire/")
    alice.presses("Envoyer")
    inspection.look(alice, "refused")

    assert "\n".join(inspection.faults) == ""
