"""« Consultez votre boîte mail »: wait, send again, learn that the link was used elsewhere."""

from parvis.mail.models import OutboxMessage
from parvis.people.models import Activation
from tests.web.entrance.cast import (
    EMAIL,
    give_address,
    last_link,
    messages_to,
    start,
)

EMAIL_STEP = "/premiere-connexion/courriel/"
MAILBOX = "/premiere-connexion/messagerie/"
PASSWORD_STEP = "/premiere-connexion/mot-de-passe/"


def page_at(browser, path):
    response = browser.get(path)
    assert response.status_code == 200, response
    return response.content.decode()


def let_a_minute_pass():
    for activation in Activation.objects.all():
        activation.last_message_at = activation.started_at.replace(year=2020)
        activation.save(update_fields=["last_message_at"])


def test_message_may_be_sent_again_after_a_minute_and_the_earlier_link_stops(browser, alice):
    start(browser, alice)
    give_address(browser)
    first = last_link()
    early = browser.post(MAILBOX).content.decode()
    let_a_minute_pass()

    late = browser.post(MAILBOX, follow=True).content.decode()

    assert "Le message vient d’être envoyé. Vous pourrez le renvoyer dans" in early
    assert "Le lien précédent n’est plus valable." in late
    assert len(messages_to(EMAIL)) == 2
    assert "Un lien plus récent vous a été envoyé." in page_at(browser, first)


def test_five_messages_more_a_day_and_no_sixth_whatever_is_started_again(browser, other_browser, alice):
    start(browser, alice)
    give_address(browser)
    for _ in range(5):
        let_a_minute_pass()
        assert browser.post(MAILBOX).status_code == 302
    let_a_minute_pass()

    page = browser.post(MAILBOX).content.decode()
    start(other_browser, alice)
    restarted = give_address(other_browser).content.decode()

    sentence = "Vous avez demandé 5 messages aujourd’hui. Réessayez demain ou appelez votre agence."
    assert sentence in page
    assert sentence in restarted
    assert len(messages_to(EMAIL)) == 6


def test_message_that_came_back_is_said(browser, alice):
    start(browser, alice)
    give_address(browser)
    OutboxMessage.objects.update(state="refused", next_attempt_at=None, ended_at="2026-11-23T10:00Z")

    page = page_at(browser, MAILBOX)

    assert "Le message n’a pas pu être remis à cette adresse. Vérifiez-la." in page


def test_page_that_waits_learns_that_the_link_was_used_elsewhere(browser, other_browser, alice):
    start(browser, alice)
    give_address(browser)
    status = "/premiere-connexion/messagerie/etat/"
    before = browser.get(status).json()

    other_browser.post(last_link())

    assert before == {"confirmed": False}
    assert browser.get(status).json() == {"confirmed": True}
    assert other_browser.get(status).json() == {"confirmed": False}
    assert browser.post("/premiere-connexion/suite/").url == PASSWORD_STEP
