"""Step 2: the courriel that a client gives, and the messages that follow from it."""

import pytest

from parvis.mail.models import OutboxMessage
from parvis.people.models import Activation
from tests.web.entrance.cast import (
    EMAIL,
    active_client,
    choose_password,
    client_with_letter,
    give_address,
    is_signed_in,
    last_link,
    link_in,
    messages_to,
    start,
    text_of,
)

EMAIL_STEP = "/premiere-connexion/courriel/"
MAILBOX = "/premiere-connexion/messagerie/"
PASSWORD_STEP = "/premiere-connexion/mot-de-passe/"


def page_at(browser, path):
    response = browser.get(path)
    assert response.status_code == 200, response
    return response.content.decode()


def test_known_address_is_proposed_masked_and_never_shown_in_full(browser, agency):
    client = client_with_letter(agency, known_email="jeanne@exemple.fr")

    start(browser, client)
    page = page_at(browser, EMAIL_STEP)
    browser.post(EMAIL_STEP, {"use_known": "1"})
    mailbox = page_at(browser, MAILBOX)

    assert "Votre agence connaît l’adresse j•••e@exemple.fr." in page
    assert "j•••e@exemple.fr" in mailbox
    assert "jeanne@exemple.fr" not in page + mailbox
    assert messages_to("jeanne@exemple.fr", "confirm-address")


@pytest.mark.parametrize(
    "typed",
    ["", "jeanne", "jeanne@", "jeanne@exemple", "a b@exemple.fr", "x@y.fr\r\nBcc: z@y.fr", "x" * 250 + "@exemple.fr"],
)
def test_incomplete_courriel_is_refused_next_to_its_field(browser, alice, typed):
    start(browser, alice)

    page = give_address(browser, typed).content.decode()

    assert "Renseignez" in page
    assert "Il y a un problème" in page
    assert not OutboxMessage.objects.exists()


def test_slip_in_a_common_domain_is_pointed_out_and_one_press_corrects_it(browser, alice):
    start(browser, alice)

    page = give_address(browser, "jeanne@orangr.fr").content.decode()
    assert "Vouliez-vous dire jeanne@orange.fr\u202f?" in page
    assert not OutboxMessage.objects.exists()

    assert give_address(browser, "jeanne@orange.fr").url == MAILBOX


def test_unusual_domain_is_accepted_when_given_twice(browser, alice):
    start(browser, alice)
    give_address(browser, "jeanne@orangr.fr")

    response = browser.post(EMAIL_STEP, {"email": "jeanne@orangr.fr", "as_typed": "jeanne@orangr.fr"})

    assert response.url == MAILBOX
    assert messages_to("jeanne@orangr.fr")


def test_couple_shares_one_address_each_with_an_access_of_their_own(browser, other_browser, agency, alice):
    active_client(agency, email=EMAIL)

    start(browser, alice)
    assert give_address(browser).url == MAILBOX
    browser.post(last_link())
    choose_password(browser)

    assert is_signed_in(browser)


def test_agency_that_wants_one_address_a_client_refuses_a_taken_one(browser, agency, alice):
    agency.allows_shared_email = False
    agency.save(update_fields=["allows_shared_email"])
    active_client(agency, email=EMAIL)

    start(browser, alice)
    page = give_address(browser, EMAIL.upper()).content.decode()

    assert "Cette adresse est déjà utilisée. Choisissez-en une autre ou appelez votre agence" in page
    assert not OutboxMessage.objects.exists()


def test_button_pressed_twice_sends_one_message(browser, alice):
    start(browser, alice)
    give_address(browser)

    assert give_address(browser).url == MAILBOX
    assert len(messages_to(EMAIL)) == 1


def test_corrected_address_gets_its_own_link_and_the_first_one_stops_working(browser, alice):
    start(browser, alice)
    give_address(browser, "faute@exemple.fr")
    wrong_link = last_link("faute@exemple.fr")

    give_address(browser)

    assert "Ce lien n’est plus valable" in page_at(browser, wrong_link)
    assert browser.post(wrong_link).status_code == 200
    assert browser.post(last_link()).url == PASSWORD_STEP


def test_address_may_still_be_corrected_once_confirmed_by_somebody_else(browser, other_browser, alice):
    start(browser, alice)
    give_address(browser, "inconnu@exemple.fr")
    other_browser.post(last_link("inconnu@exemple.fr"))

    assert give_address(browser).url == MAILBOX
    assert Activation.objects.get(client=alice).state == Activation.State.ADDRESS_GIVEN


def test_confirmation_message_says_what_the_design_says(browser, alice):
    start(browser, alice)
    give_address(browser)

    (message,) = messages_to(EMAIL)
    text = text_of(message)

    assert message.subject == "Confirmez votre adresse email"
    assert "Bonjour Madame Fontaine," in text
    assert "Pour activer votre compte, confirmez votre adresse\u00a0:" in text
    assert "Il ne sert qu’une fois." in text
    assert "Vous n’avez rien demandé\u202f? Ne faites rien\u00a0: sans clic, rien ne change." in text
    assert alice.customer_reference not in text


def test_link_stands_alone_on_a_short_line_from_the_configured_host(browser, alice):
    start(browser, alice)
    browser.post(EMAIL_STEP, {"email": EMAIL}, headers={"x-forwarded-host": "mal.example"})

    (message,) = messages_to(EMAIL)
    path = link_in(message)

    assert f"\nhttp://testserver{path}\n" in text_of(message)
    assert len(f"http://testserver{path}") <= 76
    assert len(path.removeprefix("/c/")) * 5 >= 128


def test_known_address_is_told_when_another_one_is_confirmed_and_when_the_access_opens(browser, agency):
    client = client_with_letter(agency, known_email="connue@exemple.fr")
    start(browser, client)
    give_address(browser)
    assert not messages_to("connue@exemple.fr")

    browser.post(last_link())
    told_at_once = [message.kind for message in messages_to("connue@exemple.fr")]
    choose_password(browser)

    assert told_at_once == ["other-address-confirmed"]
    assert [message.kind for message in messages_to("connue@exemple.fr")] == [*told_at_once, "access-opened"]
    assert [message.kind for message in messages_to(EMAIL)] == ["confirm-address", "access-opened"]
    assert EMAIL not in text_of(messages_to("connue@exemple.fr")[0])
    assert "01\u00a000\u00a000\u00a000\u00a000" in text_of(messages_to("connue@exemple.fr")[0])


def test_agency_is_told_when_it_knew_no_address(browser, alice):
    start(browser, alice)
    give_address(browser)
    browser.post(last_link())
    choose_password(browser)

    (message,) = messages_to(alice.agency.email)
    assert alice.customer_reference in text_of(message)
