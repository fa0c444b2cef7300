"""From a paper letter to the Accueil, step by step, through the pages."""

import pytest

from parvis.mail.models import OutboxMessage
from parvis.people.models import Activation, FormerPassword, Grant, Letter
from tests.factories import ClientFactory
from tests.web.entrance.cast import (
    EMAIL,
    NEW,
    OWN,
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


def let_a_minute_pass():
    for activation in Activation.objects.all():
        activation.last_message_at = activation.started_at.replace(year=2020)
        activation.save(update_fields=["last_message_at"])


def test_letter_leads_to_the_accueil(browser, alice):
    assert start(browser, alice).url == EMAIL_STEP
    assert give_address(browser).url == MAILBOX
    assert browser.post(last_link()).url == PASSWORD_STEP

    response = choose_password(browser)

    assert response.url == "/"
    assert is_signed_in(browser)
    user = Grant.objects.get(client=alice, ended_at=None).user
    assert (user.email, user.check_password(NEW)) == (EMAIL, True)
    assert Letter.objects.get(client=alice).ending == Letter.Ending.ACTIVATED
    assert Activation.objects.get(client=alice).state == Activation.State.FINISHED


def test_accueil_of_the_new_client_says_that_the_password_is_saved(browser, alice):
    start(browser, alice)
    give_address(browser)
    browser.post(last_link())

    choose_password(browser)

    assert "Votre mot de passe est enregistré." in page_at(browser, "/")


def test_own_password_of_the_former_portal_leads_straight_to_the_accueil(browser, bob):
    start(browser, bob, password=OWN)
    give_address(browser)

    response = browser.post(last_link())

    assert response.url == "/"
    assert is_signed_in(browser)


def test_former_password_becomes_the_clients_own_and_its_old_hash_disappears(browser, bob):
    start(browser, bob, password=OWN)
    give_address(browser)
    browser.post(last_link())

    user = Grant.objects.get(client=bob).user
    assert user.password.startswith("argon2$argon2id$")
    assert user.check_password(OWN)
    assert not FormerPassword.objects.exists()
    assert Activation.objects.get(client=bob).own_password_hash == ""


def test_each_page_of_the_way_carries_the_words_of_the_help_page(browser, alice):
    first = page_at(browser, "/premiere-connexion/")
    start(browser, alice)
    second = page_at(browser, EMAIL_STEP)
    give_address(browser)
    mailbox = page_at(browser, MAILBOX)
    link = page_at(browser, last_link())
    browser.post(last_link())
    third = page_at(browser, PASSWORD_STEP)

    for words in ("Première Connexion", "Identifiant", "Mot de passe", ">Connexion<", ">Annuler<"):
        assert words in first
    assert "Votre ancien mot de passe ou le provisoire à 6\u00a0chiffres." in first
    assert "Pour vous connecter, merci de renseigner un courriel" in second
    assert ">Courriel<" in second
    assert ">Soumettre<" in second
    assert "Consultez votre boîte mail" in mailbox
    assert "courriers indésirables ou spams" in mailbox
    assert ">Confirmer mon adresse email<" in link
    assert "Vous devez changer votre mot de passe." in third
    assert "Merci de renseigner un nouveau mot de passe ayant\u00a0:" in third


@pytest.mark.parametrize("step", [EMAIL_STEP, MAILBOX, PASSWORD_STEP, "/", "/comptes/", "/profil/"])
def test_nothing_is_open_before_the_secret_is_known(browser, agency, step):
    assert browser.get(step).url.startswith("/connexion/")


@pytest.mark.parametrize(
    "path", ["/", "/biens/", "/comptes/", "/interventions/", "/autres/", "/profil/", "/agence/", "/recherches/"]
)
def test_limited_session_opens_no_page_of_the_client(browser, alice, path):
    start(browser, alice)
    give_address(browser)
    browser.post(last_link())

    assert browser.get(path).url.startswith("/connexion/")


@pytest.mark.parametrize("path", [MAILBOX, PASSWORD_STEP])
def test_no_step_is_skipped(browser, alice, path):
    start(browser, alice)

    assert browser.get(path).url == EMAIL_STEP
    assert browser.post(path, {"new_password": NEW, "confirmation": NEW}).url == EMAIL_STEP
    assert not Grant.objects.exists()


def test_password_cannot_be_chosen_before_the_address_is_confirmed(browser, alice):
    start(browser, alice)
    give_address(browser)

    assert choose_password(browser).url == MAILBOX
    assert browser.post("/premiere-connexion/suite/").url == MAILBOX
    assert not Grant.objects.exists()


def test_client_of_the_former_portal_cannot_finish_before_the_address_is_confirmed(browser, bob):
    start(browser, bob, password=OWN)
    give_address(browser)

    browser.post("/premiere-connexion/suite/")

    assert not is_signed_in(browser)


def test_signing_in_again_before_confirming_returns_to_the_mailbox_page(browser, alice):
    start(browser, alice)
    give_address(browser)

    assert start(browser, alice).url == MAILBOX
    assert browser.post(last_link()).url == PASSWORD_STEP


def test_signing_in_again_before_choosing_the_password_returns_to_that_step(browser, alice):
    start(browser, alice)
    give_address(browser)
    browser.post(last_link())

    assert start(browser, alice, door="/connexion/").url == PASSWORD_STEP


# The courriel


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


# The mailbox page


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


# The message


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


def test_client_activated_meanwhile_is_not_activated_twice(browser, other_browser, alice):
    start(browser, alice)
    give_address(browser)
    browser.post(last_link())
    Grant.objects.create(client=alice, user=active_client(alice.agency, customer_reference="1"))

    response = choose_password(browser)

    assert response.url == "/connexion/"
    assert Grant.objects.filter(client=alice).count() == 1


def test_client_of_a_closed_file_starts_nothing(browser, agency):
    client = client_with_letter(agency, closed_on="2026-01-31")

    assert "Identifiant ou mot de passe incorrect." in start(browser, client).content.decode()


def test_two_clients_of_one_name_do_not_meet(browser, agency, alice):
    ClientFactory(agency=agency, customer_reference="10427888")
    start(browser, alice)
    give_address(browser)
    browser.post(last_link())
    choose_password(browser)

    assert Grant.objects.get().client == alice
